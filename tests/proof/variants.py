"""What an asset may be that is to be packed: its files, the options that `add` gets, and what comes of it."""


class Variant:
    """files: {name: bytes}. refused: None if the asset can be packed, else the ids of which one is the reason. tile_size and palettes (names in
    their order) are what a declaration written by hand says; palettes is None where none are declared. declared: that declaration lies there
    before `add`, which gets no options."""

    def __init__(self, name, files, refused=None, options=(), tile_size=16, palettes=None, pipeline=None, declared=False):
        self.name, self.files, self.options, self.declared = name, files, options, declared
        self.refused = (refused,) if isinstance(refused, str) else refused
        self.tile_size, self.palettes, self.pipeline = tile_size, palettes, pipeline or {}

    is_sound = False

    def declaration(self, uuid, name, preload):
        inputs = {"sprites": [file for file in self.files if file not in (self.palettes or ()) and not file.endswith(".aseprite")]}
        if self.palettes:
            inputs["palettes"] = [{"index": index, "path": path} for index, path in enumerate(self.palettes)]
        output = {"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": self.tile_size}, "pipeline": self.pipeline}
        return {"schema_version": 1, "asset_uuid": uuid, "name": name, "type": "glyph_bank", "inputs": inputs, "output": output, "preload": preload}


class Sound(Variant):
    """One file."""

    is_sound = True

    def __init__(self, name, file, content, refused=None, channels=None, declared=False):
        super().__init__(name, {file: content}, refused, ("--channels", channels) if channels and not declared else (),
                         pipeline={"channels": channels} if channels else None, declared=declared)

    def declaration(self, uuid, name, preload):
        output = {"format": "SOUNDS/pcm16le_v1", "codec": "NONE", "pipeline": self.pipeline}
        return {"schema_version": 1, "asset_uuid": uuid, "name": name, "type": "sound_bank", "inputs": {"sources": list(self.files)},
                "output": output, "preload": preload}
