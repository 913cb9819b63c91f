"""corpus/packs/valid: packs that load and conform."""

from builder import (SCENE, SOUND, entry, glyph, glyph_metadata, header, members, one_glyph, one_scene, one_sound, pack,
                     palette,
                     sheet, sound, sound_metadata, two_scenes, wanted)

EXACT = 2**53 - 1


def add(cases):
    _table(cases)
    _names(cases)
    _metadata(cases)
    _glyph(cases)
    _sounds(cases)
    _preload(cases)


def _table(cases):
    valid = cases.valid
    valid("empty-table", pack(header([])),
          "no asset at all: the payload region is empty and stands at the end of the file")
    valid("scene-one", one_scene(), "one raw SCENE")
    valid("glyph-one", one_glyph(), "one sheet, all zero")
    valid("sounds-one", one_sound(), "one sound of four frames")
    valid("one-of-each", pack(
        header([
            glyph(asset_id=1, offset=0),
            sound(asset_id=2, offset=34_816),
            entry(asset_id=3, offset=34_824),
        ], [wanted(1, 0), wanted(2, 0), wanted(3, 0)]),
        sheet({0: palette(0, 0xFFFF)}) + SOUND + SCENE), "one asset of each bank, each in slot 0 of its bank")
    valid("scene-zero-bytes", one_scene(size=0, decoded_size=0, payload=b""), "a raw payload may be empty")
    valid("scene-zero-bytes-between", pack(
        header([
            entry(asset_id=1, asset_name='"one"', offset=0),
            entry(asset_id=2, asset_name='"two"', offset=4, size=0, decoded_size=0),
            entry(asset_id=3, asset_name='"three"', offset=4, size=0, decoded_size=0),
            entry(asset_id=4, asset_name='"four"', offset=4),
        ]), SCENE + SCENE), "empty payloads between two others: three entries have one offset")
    valid("scene-zero-bytes-last", two_scenes(second={"size": 0, "decoded_size": 0}, payload=SCENE),
          "the last payload is empty and starts at the end of the file")
    valid("scene-decoded-size", one_scene(decoded_size=EXACT),
          "the decoded size of a SCENE is declared, and may be 2^53-1")
    valid("scene-decoded-zero", one_scene(decoded_size=0), "the decoded size of a SCENE is declared, and may be 0")
    valid("scene-looks-like-a-pack", one_scene(payload=b"ASPA", size=4), "nothing inside a SCENE is judged")
    valid("id-gaps", pack(header([
        entry(asset_id=3, asset_name='"c"', offset=0),
        entry(asset_id=70, asset_name='"b"', offset=4),
        entry(asset_id=71, asset_name='"a"', offset=8),
    ], [wanted(70, 3)]), SCENE * 3), "ids have gaps and do not start at 1")
    valid("id-max", one_scene(asset_id=2_147_483_647, preload=[wanted(2_147_483_647, 15)]),
          "the highest id and the highest slot")
    valid("entries-200", pack(header([
        entry(asset_id=index + 1, asset_name=f'"scene {index}"', offset=index, size=1, decoded_size=1)
        for index in range(200)
    ]), bytes(range(200))), "two hundred entries of one byte each")


def _names(cases):
    valid = cases.valid
    valid("name-latin", one_scene(asset_name='"Héros ñandú ß"'), "a name outside ASCII, unescaped")
    valid("name-japanese", one_scene(asset_name='"勇者の剣"'), "a name in three-byte characters")
    valid("name-emoji", one_scene(asset_name='"😀🎮"'), "a name outside the basic plane, unescaped")
    valid("name-escapes", one_scene(asset_name='"a\\"b\\\\c/d"'),
          "quotation mark and backslash are escaped, the slash is not")
    valid("name-c1-controls", one_scene(asset_name='"a\u0080\u0085\u009fb"'),
          "U+0080 to U+009F are no control characters in the meaning of name-control")
    valid("name-separators", one_scene(asset_name='"a\u2028b\u2029c\ufeffd"'),
          "U+2028, U+2029 and a U+FEFF inside a string are characters as any other")
    valid("name-last-code-point", one_scene(asset_name='"\U0010ffff\ufffe"'), "the last code point, and a noncharacter")
    valid("name-normal-forms", two_scenes({"asset_name": '"\u00e9"'}, {"asset_name": '"e\u0301"'}),
          "names that look alike: they are compared by code points")
    valid("name-case", two_scenes({"asset_name": '"Hero"'}, {"asset_name": '"hero"'}), "names that differ in case")
    valid("name-space", one_scene(asset_name='" "'), "a name of one space is not empty")
    valid("name-long", one_scene(asset_name='"' + "long name " * 400 + '"'), "a name of 4,000 bytes")
    valid("name-descending", two_scenes({"asset_name": '"z"'}, {"asset_name": '"a"'}), "ids ascend, names need not")


def _metadata(cases):
    valid = cases.valid
    # The root is level 1, asset_table 2, the entry 3, metadata 4: 123 arrays more make 127.
    valid("metadata-depth-127", one_scene(metadata='{"deep":' + "[" * 123 + "]" * 123 + "}"),
          "arrays down to level 127")
    valid("metadata-depth-127-objects", one_scene(metadata='{"a":' * 123 + "{}" + "}" * 123),
          "objects down to level 127")
    valid("metadata-exact-integers", one_scene(metadata=f'{{"high":{EXACT},"low":{-EXACT},"zero":0}}'),
          "the highest and lowest integer that is kept exactly")
    valid("metadata-values", one_scene(
        metadata='{"array":[1,[],{},"x",null,true,false],"empty":{},"false":false,"null":null,"text":"","true":true}'),
          "values of every kind but fractions")
    valid("metadata-string-escapes", one_scene(
        metadata='{"all":"\\u0001\\b\\t\\n\\u000b\\f\\r\\u000e\\u001f \\"\\\\/\u007f"}'),
          "every kind of escape in its canonical spelling; U+007F is not escaped")
    valid("metadata-key-escapes", one_scene(metadata='{"":0,"\\u0001":1,"\\t":2,"\\n":3,"\\"":4,"A":5,"\\\\":6,"a":7}'),
          "keys are sorted by their characters, not by their spelling; one is empty")
    valid("metadata-key-order", one_scene(metadata='{"Z":0,"a":1,"aa":2,"ab":3,"b":4,"é":5,"\uff5e":6,"😀":7}'),
          "keys are sorted by code point: U+FF5E stands before U+1F600, which UTF-16 would turn round")
    valid("metadata-nested-pipeline", one_scene(metadata='{"notes":{"pipeline":1}}'),
          "only metadata itself may not have a member pipeline")
    valid("metadata-known-names", one_scene(metadata='{"asset_id":"x","asset_table":null,"metadata":{},"size":-1}'),
          "names of other members mean nothing inside metadata")
    valid("metadata-of-another-bank", one_scene(metadata='{"channels":9,"height":1,"tile_size":5,"width":1}'),
          "SCENE has no rules for its metadata")
    valid("metadata-decoded-size", one_scene(decoded_size=9, metadata='{"decoded_size":9,"x":{"decoded_size":1}}'),
          "decoded_size in the metadata of a SCENE is that of the entry; inside another member it means nothing")
    valid("metadata-decoded-size-glyph", one_glyph(metadata=glyph_metadata(extra=[("decoded_size", '"any"')])),
          "in a GLYPH decoded_size in metadata is free: the packer computes the size of an indexed sheet")
    valid("metadata-backslash-u0000", one_scene(metadata='{"x":"\\\\u0000"}'), "an escaped backslash, and then u0000")
    valid("metadata-20-kib", one_scene(
        metadata="{" + ",".join(f'"key {index:04}":{index}' for index in range(1_200)) + "}"), "a header of twenty KiB")


def _real_sheet():
    """A drawing that uses the whole sheet: rings in 16 colours, and four palettes."""
    pixels = bytearray()
    for y in range(256):
        for x in range(0, 256, 2):
            left, right = (((x + side - 128) ** 2 + (y - 128) ** 2) // 700 % 16 for side in (0, 1))
            pixels.append(left << 4 | right)  # the high nibble is the left pixel
    ramps = {
        0: palette(*(step * 2 << 11 for step in range(16))),  # reds
        1: palette(*(step * 4 << 5 for step in range(16))),  # greens
        2: palette(*(step * 2 for step in range(16))),  # blues
        3: palette(*((step * 2 << 11 | step * 4 << 5 | step * 2) for step in range(16))),  # greys
    }
    return sheet(ramps, bytes(pixels))


def _glyph(cases):
    valid = cases.valid
    for tile_size in (8, 32):
        valid(f"glyph-tile-{tile_size}", one_glyph(metadata=glyph_metadata(tile_size=tile_size)),
              f"tiles of {tile_size} pixels")
    valid("glyph-real", one_glyph(payload=_real_sheet(), metadata=glyph_metadata(palette_authored=4)),
          "a sheet with a drawing and four palettes")
    valid("glyph-sparse-palettes",
          one_glyph(payload=sheet({0: palette(0, 0xF800), 5: palette(0, 0x07E0)}),
                    metadata=glyph_metadata(palette_authored=6)),
          "palettes at 0 and 5: palette_authored is one more than the highest index")
    valid("glyph-palettes-64",
          one_glyph(payload=sheet({index: b"\xff" * 32 for index in range(64)}),
                    metadata=glyph_metadata(palette_authored=64)),
          "no palette is unused")
    valid("glyph-palette-zero", one_glyph(payload=sheet({0: palette(1)}), metadata=glyph_metadata(palette_authored=3)),
          "an authored palette may be all zero; the colour at index 0 need not be")
    valid("glyph-pixels-beyond-palette", one_glyph(payload=sheet(pixels=b"\xff" * 32_768)),
          "pixels may name unset colours")
    valid("glyph-more-metadata",
          one_glyph(metadata=glyph_metadata(extra=[("author", '"me"'), ("frames", 12), ("zoom", -1)])),
          "further integers and strings of the declaration")
    valid("glyph-two", pack(header([
        glyph(asset_id=1, asset_name='"a"', offset=0),
        glyph(asset_id=2, asset_name='"b"', offset=34_816),
    ]), sheet() + sheet({0: palette(7)})), "the second sheet does not start at 0")


def _sounds(cases):
    valid = cases.valid
    valid("sounds-rate-48000", one_sound(metadata=sound_metadata(sample_rate=48_000)), "the highest rate")
    valid("sounds-rate-odd", one_sound(metadata=sound_metadata(sample_rate=22_051)), "any rate in the range will do")
    valid("sounds-more-metadata", one_sound(metadata=sound_metadata(extra=[("artist", '"me"'), ("loop", 2)])),
          "further members of the declaration")
    valid("sounds-loop", one_sound(metadata=sound_metadata(extra=[("loop_end", 4), ("loop_start", 0)])),
          "the loop is all four frames")
    valid("sounds-loop-one-frame", one_sound(metadata=sound_metadata(extra=[("loop_end", 4), ("loop_start", 3)])),
          "the loop is the last frame")
    valid("sounds-second", pack(header([
        sound(asset_id=1, asset_name='"a"', offset=0),
        sound(asset_id=2, asset_name='"b"', offset=8, metadata=sound_metadata(sample_rate=48_000)),
    ]), SOUND + SOUND), "the second sound does not start at 0")


def _preload(cases):
    valid = cases.valid
    entries, wants, payload = [], [], b""
    for bank in range(3):
        for slot in range(16):
            id_ = bank * 16 + slot + 1
            make, bytes_ = ((glyph, sheet()), (sound, SOUND), (entry, SCENE))[bank]
            entries.append(make(asset_id=id_, asset_name=f'"asset {id_}"', offset=len(payload)))
            wants.append(wanted(id_, slot))
            payload += bytes_
    valid("preload-sixteen-each", pack(header(entries, wants), payload), "sixteen assets of each bank fill every slot")
    valid("preload-by-slot", two_scenes(preload=[wanted(2, 3), wanted(1, 9)]), "slots ascend, ids need not")
    valid("preload-some", two_scenes(preload=[wanted(2, 0)]), "not every asset is preloaded")
    valid("preload-slot-per-bank", pack(header([
        sound(asset_id=1, offset=0),
        entry(asset_id=2, offset=8),
    ], [wanted(1, 7), wanted(2, 7)]), SOUND + SCENE), "one slot number in two banks is no clash")
    valid("preload-name-like-a-number", one_scene(asset_name='"2"', preload=[wanted(1, 1)]),
          "the id decides, never the name")
    valid("entry-from-members", pack('{"asset_table":[' + members((
        ("asset_id", "1"), ("asset_name", '"scene"'), ("bank_type", '"SCENE"'), ("codec", '"NONE"'),
        ("decoded_size", "0"), ("metadata", "{}"), ("offset", "0"), ("size", "0"))) + '],"preload":[]}'),
          "an empty payload region behind a header that is not empty")
