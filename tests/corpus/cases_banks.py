"""corpus/packs/invalid, metadata and banks: section 2, rules metadata-*, glyph-* and sound-*."""

from builder import (SCENE, SOUND, entry, glyph, glyph_metadata, header, one_glyph, one_scene, one_sound, pack, palette,
                     sheet, sound, sound_metadata)
from case import after, at

GLYPH_END = 32 + len(header([glyph()]))  # where the payload of one_glyph() begins
PALETTES = GLYPH_END + 32_768


def add(cases):
    _metadata(cases)
    _glyph_metadata(cases)
    _glyph_size(cases)
    _glyph_palettes(cases)
    _sound_metadata(cases)
    _sound_size(cases)
    _several(cases)


def _metadata(cases):
    taken = cases.taken
    for variant, number in (("fraction", "1.5"), ("whole", "1.0"), ("exponent", "1e3"), ("exponent-upper-case", "1E3"),
                            ("exponent-negative", "5e-1"), ("exponent-large", "1e308"), ("minus-zero", "-0.0"),
                            ("long", "0." + "1" * 50)):
        taken(f"metadata-float.{variant}", one_scene(metadata=f'{{"x":{number}}}'), after('"x":'),
              f"{number} in metadata")
    taken("metadata-float.nested", one_scene(metadata='{"list":[1,{"x":0.5}]}'), after('"x":'),
          "a fraction deep in metadata")
    # A number that is metadata-float is not the wrong value of a rule, too: one fault, one finding.
    taken("metadata-float.tile-size", one_glyph(metadata=glyph_metadata(tile_size="16.0")), after('"tile_size":'),
          "tile_size has a fraction")
    taken("metadata-float.sample-rate", one_sound(metadata=sound_metadata(sample_rate="8e3")), after('"sample_rate":'),
          "sample_rate has an exponent")
    taken("metadata-float.frames", one_sound(metadata=sound_metadata(frames="4.0")), after('"frames":'),
          "frames has a fraction: the size cannot be asked")
    # 2^1024 - 2^970 is half-way between the largest double and 2^1024.
    edge = 2**1024 - 2**970
    refused = cases.refused
    for variant, number in (("exponent", "1e400"), ("exponent-upper-case", "1E+400"), ("exponent-negative", "-1e400"),
                            ("fraction", "1.8e308"), ("edge", str(edge)), ("edge-fraction", f"{edge}.0"),
                            ("edge-exponent", f"0.{edge}e309"), ("small-digits-last", f"0.{'0' * 100}1e500"),
                            ("digits-309", "9" * 309), ("digits-4000", "1" + "0" * 3999),
                            ("exponent-endless", "1e" + "9" * 100)):
        refused(f"metadata-range.{variant}", one_scene(metadata=f'{{"x":{number}}}'), after('"x":'),
                "no double holds the number")
    refused("metadata-range.nested", one_scene(metadata='{"list":[1,{"x":1e999}]}'), after('"x":'),
            "a number deep in metadata that no double holds")
    refused("metadata-range.tile-size", one_glyph(metadata=glyph_metadata(tile_size="1e309")), after('"tile_size":'),
            "one fault, one finding: the rules of the bank say nothing of the number")
    for variant, number in (("below-edge", f"{edge - 1}.9"), ("largest", str(2**1024 - 2**971) + ".0"),
                            ("zero", "0e999"), ("zero-point", "-0.0E+999"), ("tiny", "1e-999"),
                            ("shifted", "1" + "0" * 400 + "e-100")):
        taken(f"metadata-float.range-{variant}", one_scene(metadata=f'{{"x":{number}}}'), after('"x":'),
              "its nearest double is finite")
    taken("entry-range-exact.metadata-below-edge", one_scene(metadata=f'{{"x":{edge - 1}}}'), after('"x":'),
          "309 digits, and the nearest double is finite")
    cases.several("metadata.number-in-unknown-member",
                  pack(header([entry()]).replace('"size":', '"rate":1e400,"size":'), SCENE), True,
                  "header-unknown-member:C,json-not-canonical:C",
                  "a member that v1 does not know is skipped, whatever its number")
    for variant, value in (("object", '{"format":"GLYPH/indexed_v1"}'), ("null", "null"), ("empty", "{}"),
                           ("string", '"x"')):
        taken(f"metadata-pipeline.{variant}", one_scene(metadata=f'{{"pipeline":{value}}}'), at('"pipeline":'),
              f"metadata.pipeline is {value}")
    taken("metadata-pipeline.sounds", one_sound(metadata=sound_metadata(extra=[("pipeline", "{}")])), at('"pipeline":'),
          "metadata.pipeline of a sound")
    taken("metadata-nul.string", one_scene(metadata='{"x":"a\\u0000b"}'), after('"x":'), "U+0000 in a string")
    taken("metadata-nul.key", one_scene(metadata='{"a\\u0000b":1}'), after('"metadata":{'), "U+0000 in a key")
    taken("metadata-nul.deep", one_scene(metadata='{"x":[{"y":["","\\u0000"]}]}'), at('"\\u0000'), "U+0000 deep in metadata")
    taken("metadata-nul.deep-key", one_glyph(metadata=glyph_metadata(extra=[("x", '{"\\u0000":[]}')])), at('"\\u0000'),
          "U+0000 in a key inside the metadata of a GLYPH")
    for variant, value in (("other", "5"), ("string", '"4"'), ("null", "null"), ("negative", "-4"), ("object", "{}")):
        taken(f"metadata-decoded-size.{variant}", one_scene(metadata=f'{{"decoded_size":{value}}}'),
              after('"metadata":{"decoded_size":'), f"decoded_size in the metadata of a SCENE of 4 bytes is {value}")
    cases.several("metadata.decoded-size-float", one_scene(metadata='{"decoded_size":4.5}'), True, "metadata-float:C",
                  "a number that is metadata-float already is not compared", after('"metadata":{"decoded_size":'))
    cases.several("metadata.decoded-size-of-entry-inexact", one_scene(decoded_size=2**53,
                                                                      metadata='{"decoded_size":4}'), True,
                  "entry-range-exact:C", "it is not compared with a number that is entry-range-exact",
                  after('"codec":"NONE","decoded_size":'))
    # The shortest declaration of this entry has 1,048,577 bytes (4.4): 204 and 1, a name of 7, 20 around the x.
    taken("entry-too-long.metadata", one_scene(metadata='{"x":"' + "x" * (2**20 + 1 - 204 - 1 - 7 - 20) + '"}'),
          after('"asset_table":['), "the shortest declaration of the entry has 1,048,577 bytes")


def _glyph_metadata(cases):
    taken = cases.taken
    names = ("height", "palette_authored", "palette_count", "tile_size", "width")
    for name in names:
        taken(f"glyph-metadata.no-{name.replace('_', '-')}", one_glyph(metadata=glyph_metadata(drop=(name,))),
              after('"metadata":'), f"no {name}")
    taken("glyph-metadata.empty", one_glyph(metadata="{}"), after('"metadata":'),
          "nothing at all: one finding a member")
    for name, variant, value in (
            ("tile_size", "zero", "0"), ("tile_size", "12", "12"), ("tile_size", "64", "64"),
            ("tile_size", "string", '"16"'),
            ("tile_size", "negative", "-8"),
            ("width", "255", "255"), ("width", "512", "512"), ("width", "null", "null"),
            ("height", "128", "128"), ("height", "zero", "0"),
            ("palette_count", "63", "63"), ("palette_count", "zero", "0"), ("palette_count", "true", "true"),
            ("palette_count", "257", "257"),
            ("palette_authored", "zero", "0"), ("palette_authored", "65", "65"), ("palette_authored", "array", "[1]"),
    ):
        taken(f"glyph-metadata.{name.replace('_', '-')}-{variant}", one_glyph(metadata=glyph_metadata(**{name: value})),
              after(f'"{name}":'), f"{name} is {value}; size and decoded_size are those of a sheet")
    taken("glyph-metadata.palette-count-256", one_glyph(metadata=glyph_metadata(palette_count=256)),
          after('"palette_count":'),
          "the generation that had 256 palettes (4.2.8)")
    # 128 x 128 pixels: 8,192 + 2,048 bytes stored, 16,384 + 2,048 decoded. The declared numbers fit each other (4.2.7).
    taken("glyph-metadata.small-sheet",
          one_glyph(payload=bytes(10_240), size=10_240, decoded_size=18_432,
                    metadata=glyph_metadata(width=128, height=128)),
          after('"height":'), "a smaller sheet whose sizes fit its declared numbers")
    # 3 x 5 pixels: an odd number, so the last byte of the plane is half full.
    taken("glyph-metadata.odd-sheet",
          one_glyph(payload=bytes(2_056), size=2_056, decoded_size=2_063,
                    metadata=glyph_metadata(tile_size=8, width=3, height=5)),
          after('"height":'), "an odd number of pixels is rounded up to whole bytes")


def _glyph_size(cases):
    taken = cases.taken
    taken("glyph-size.short", one_glyph(payload=sheet()[:-1], size=34_815), after('"size":'),
          "one byte less than a sheet")
    taken("glyph-size.long", one_glyph(payload=sheet() + b"\0", size=34_817), after('"size":'),
          "one byte more than a sheet")
    taken("glyph-size.zero-bytes", one_glyph(payload=b"", size=0), after('"size":'), "no payload")
    taken("glyph-size.pixels-only", one_glyph(payload=bytes(32_768), size=32_768), after('"size":'), "no palettes")
    taken("glyph-size.decoded-as-stored", one_glyph(decoded_size=34_816), after('"decoded_size":'),
          "decoded_size is the stored size")
    taken("glyph-size.decoded-pixels-only", one_glyph(decoded_size=65_536), after('"decoded_size":'),
          "decoded_size without palettes")
    taken("glyph-size.decoded-zero", one_glyph(decoded_size=0), after('"decoded_size":'), "decoded_size is 0")


def _glyph_palettes(cases):
    taken = cases.taken
    taken("glyph-palette-unused.next", one_glyph(payload=sheet({1: palette(1)})), PALETTES + 32,
          "the first byte behind the only authored palette")
    taken("glyph-palette-unused.last-byte", one_glyph(payload=sheet()[:-1] + b"\x01"), GLYPH_END + 34_815,
          "the last byte of palette 63")
    taken("glyph-palette-unused.bare-count",
          one_glyph(payload=sheet({0: palette(0, 0xF800), 5: palette(0, 0x07E0)}),
                    metadata=glyph_metadata(palette_authored=2)),
          PALETTES + 5 * 32 + 2, "palettes at 0 and 5, and palette_authored is their number")
    # The offset of the second sheet decides where its palettes are.
    taken("glyph-palette-unused.second-sheet", pack(header([
        glyph(asset_id=1, asset_name='"a"', offset=0),
        glyph(asset_id=2, asset_name='"b"', offset=34_816),
    ]), sheet() + sheet({63: palette(0x8000)})), at(b"\x80" + bytes(30)), "only the second sheet has a spare palette")


def _sound_metadata(cases):
    taken = cases.taken
    for name in ("sample_rate", "channels", "frames"):
        taken(f"sound-metadata.no-{name.replace('_', '-')}", one_sound(metadata=sound_metadata(drop=(name,))),
              after('"metadata":'), f"no {name}")
    taken("sound-metadata.empty", one_sound(metadata="{}"), after('"metadata":'),
          "nothing at all: one finding a member")
    for name, variant, value in (
            ("sample_rate", "7999", "7999"), ("sample_rate", "48001", "48001"), ("sample_rate", "zero", "0"),
            ("sample_rate", "string", '"8000"'), ("sample_rate", "negative", "-8000"),
            ("channels", "zero", "0"), ("channels", "2", "2"), ("channels", "3", "3"), ("channels", "null", "null"),
            ("channels", "negative", "-1"),
            ("frames", "negative", "-4"), ("frames", "string", '"4"'), ("frames", "object", "{}"),
    ):
        taken(f"sound-metadata.{name.replace('_', '-')}-{variant}", one_sound(metadata=sound_metadata(**{name: value})),
              after(f'"{name}":'), f"{name} is {value}")
    _loops(cases)


def _loops(cases):
    """Four frames; members of the metadata in canonical order."""
    for variant, end, start, place, note in (
            ("no-start", "4", None, "loop_end", "an end, and no start"),
            ("no-end", None, "0", "loop_start", "a start, and no end"),
            ("end-beyond", "5", "0", "loop_end", "one frame more than there are"),
            ("empty", "2", "2", "loop_start", "it begins where it ends"),
            ("backward", "1", "3", "loop_start", "it ends before it begins"),
            ("start-negative", "4", "-1", "loop_start", "the start is -1"),
            ("end-string", '"4"', "0", "loop_end", "the end is a string"),
            ("start-null", "4", "null", "loop_start", "the start is null"),
    ):
        extra = [(name, value) for name, value in (("loop_end", end), ("loop_start", start)) if value is not None]
        cases.taken(f"sound-metadata.loop-{variant}", one_sound(metadata=sound_metadata(extra=extra)),
                    after(f'"{place}":'), note)


def _sound_size(cases):
    taken = cases.taken
    taken("sound-size.odd", one_sound(payload=SOUND[:7], size=7), after('"size":'), "half a sample at the end")
    taken("sound-size.long", one_sound(payload=SOUND + b"\0\0", size=10), after('"size":'),
          "one frame more than declared")
    taken("sound-size.zero-bytes", one_sound(payload=b"", size=0), after('"size":'), "four frames, and no payload")
    taken("sound-size.decoded", one_sound(decoded_size=16), after('"decoded_size":'), "decoded_size of 32-bit samples")
    taken("sound-size.decoded-zero", one_sound(decoded_size=0), after('"decoded_size":'), "decoded_size is 0")
    taken("sound-size.frames", one_sound(metadata=sound_metadata(frames=5)), "*", "frames is 5: neither size fits")
    taken("sound-size.frames-huge", one_sound(metadata=sound_metadata(frames=2**53 - 1)), "*",
          "frames is 2^53-1: the product does not fit 53 bits")


def _several(cases):
    several = cases.several
    several("glyph.unknown-bank-hides-rules", one_scene(bank_type='"GLYPHS"', metadata='{"width":1}'), False,
            "bank-unknown:L",
            "the rules of a bank are asked only when the bank is known", after('"bank_type":'))
    several("glyph.sizes-fit-nothing",
            one_glyph(payload=bytes(100), size=100, decoded_size=200, metadata=glyph_metadata(width=128, height=128)),
            True, "glyph-metadata:C,glyph-size:C",
            "a smaller sheet whose sizes fit neither the fixed sheet nor its declared numbers")
    several("glyph.size-hides-palettes", one_glyph(payload=sheet({9: palette(1)}) + b"\0", size=34_817), True,
            "glyph-size:C",
            "unused palettes need a valid size", after('"size":'))
    several("glyph.metadata-hides-palettes",
            one_glyph(payload=sheet({9: palette(1)}), metadata=glyph_metadata(tile_size=5)), True,
            "glyph-metadata:C", "unused palettes need valid metadata", after('"tile_size":'))
    several("glyph.range-hides-palettes", one_glyph(payload=sheet({9: palette(1)})[:-1]), False, "slice-range:L",
            "unused palettes need a slice inside the file", after('"size":'))
    several("glyph.decoded-size-beyond-exact", one_glyph(decoded_size=2**53), True, "entry-range-exact:C",
            "a number beyond 2^53-1 is not judged further (4.2.9)", after('"decoded_size":'))
    several("sound.metadata-hides-size", one_sound(size=7, payload=SOUND[:7], metadata=sound_metadata(channels=5)),
            True, "sound-metadata:C",
            "the size is not asked when channels are broken", after('"channels":'))
    several("sound.loop-does-not-hide-size",
            one_sound(size=7, payload=SOUND[:7], metadata=sound_metadata(extra=[("loop_end", 9), ("loop_start", 0)])), True,
            "sound-metadata:C,sound-size:C", "the size does not depend on the loop")
    several("sound.loop-both-ends", one_sound(metadata=sound_metadata(extra=[("loop_end", "true"), ("loop_start", "-1")])),
            True, "sound-metadata:C", "each end that is not an integer from 0 up is a finding", "*")
    several("sound.rate-does-not-hide-size",
            one_sound(size=7, payload=SOUND[:7], metadata=sound_metadata(sample_rate=1)), True,
            "sound-metadata:C,sound-size:C", "the size needs frames and channels only")
    several("sound.both-sizes", pack(header([sound(size=4, decoded_size=6), entry(asset_id=2, offset=4)]),
                                     SCENE + SCENE), True, "sound-size:C",
            "size and decoded_size are both wrong: two findings", "*")
