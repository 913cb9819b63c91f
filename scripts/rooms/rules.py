"""The rules that scripts/check-rooms checks: who may know whom. CONTRIBUTING.md, "Rooms and walls", gives the reasons."""

# Room: the rooms that it may know. From the ground up: a room knows only rooms above it in this table.
WALLS = {
    "base": "",
    "json": "base",
    "reader": "base json",
    "workspace": "base json",
    "writer": "base json workspace",
    "verify": "base json reader",
    "palettes": "base",
    "export": "base json reader",
    "service": "base json reader workspace writer verify palettes export",
    "present": "base json service",
    "serve": "base json present service",
    "cli": "base present service serve",
    # These test the rooms, so they may include private headers. No room may know them.
    "fuzz": "base json reader workspace writer verify palettes export service present serve cli",
    "bench": "base json reader workspace writer verify palettes export service present serve cli",
    "tests": "base json reader workspace writer verify palettes export service present serve cli",
}
TESTING = ("fuzz", "bench", "tests")

# Room: its sub-rooms, "NAME/", from the ground up, and with them what matters of the files that lie directly in the room.
# "a/ b/ < c/": c/ may know a/ and b/, but a/ and b/ do not know each other. What has no floor must only be free of circles.
FLOORS = {
    "reader": "layout pack < header decode prelude < header/ names/ < pack/",
    "workspace": "model/ < document/ < declaration/ registry/ < merge/ < edit/",
    "writer": "layout < image/ sound/ < plan/ < probe/ emit/ < encode/ < build check",
    "verify": "core/ flac/ < sound/ < header/ < payloads/ < companions/ < workspace/ < sources/ < pack < cartridge/ < verify",
    "service": "table/ transaction/ palettes/ adding/ < incremental/ history/ < quarantine/ examination/ showing/ < undoing/ building/ cleaning/ extracting/ ids/ watching/ < doctor/ < build < watch < operations",
    "fuzz": "lib/ < naive/ < mutate/ oracle/ < projects/ < targets/",
    "tests": "lib/ < base/ json/ reader/ workspace/ writer/ verify/ palettes/ export/ < service/ present/ serve/ cli/",
}

# Library: (its headers, its symbols, the sources that may use it). Whatever is not listed here is libc.
LIBRARIES = {
    "cJSON": (r"/cjson/", r"cJSON_", "workspace/model/model.c workspace/declaration/output.c workspace/declaration/tree.c "
              "workspace/edit/adopt.c writer/canonical_json.c writer/probe/metadata.c"),
    "libFLAC": (r"/FLAC/", r"FLAC_", "writer/sound/flac_decode.c"),
    "libmd": (r"/md5\.h$", r"MD5", "verify/flac/flac.c verify/sound/sound.c verify/sources/compare_sound.c"),
    "libpng": (r"/png(conf|libconf)?\.h$", r"png_", "export/png.c verify/sources/png_pixels.c writer/image/png.c"),
    "libsndfile": (r"/sndfile\.h$", r"sf_", ""),
    "xxHash": (r"/xxh(ash|3|_x86dispatch)\.h$", r"XXH", "base/hash.c base/fast_hash_portable.c base/fast_hash_avx2.c "
               "base/fast_hash_avx512.c base/fast_hash_plain.c"),
}

# Files: the sources that may include or call them, besides the tests. The first line that fits a file counts.
# What a build records is hashed by the one code, what the verifier compares by the other. No room has both, or a fault of one
# would agree with itself.
RESERVED = {
    "base/hash.* base/hash_file.* base/stamp.*": "base/hash* base/stamp.* workspace/* writer/* service/*",
    "base/fast_hash.* base/fast_hash_plain.c base/fast_hash_block.h base/fast_hash_file.*": "base/fast_hash* verify/*",
    "base/fast_hash_*": "base/fast_hash*",
}

# Folder: the largest circle of files, or of sub-rooms, that is left in it. The numbers may only become smaller.
KNOWN_CIRCLES = {}

# Symbols that lead to no file in particular: a fuzzing engine calls the target that it is linked with, and a test program can
# have an allocator of its own, or a function in place of a library's.
NOT_OURS = r"LLVMFuzzer|(malloc|calloc|realloc|free|strdup|strndup|posix_memalign|XXH3_128bits_digest)$"
