/* The inputs of asset.json: docs/contracts/workspace.md, 3.2. */
#include "tests/workspace/declared.h"

UNIT_TEST(wrong_inputs_are_refused)
{
    static const struct variant variants[] = {
        {"'sprites': ['a.png', 'sub/b.png']", "'sprites': ^[]", "declaration-value", "/inputs/sprites", "no sprites"},
        {"'sprites': ['a.png', 'sub/b.png']", "'sprites': '^a.png'", "declaration-shape", "/inputs/sprites",
         "an array"},
        {"'a.png', 'sub/b.png'", "'a.png', ^[]", "declaration-shape", "/inputs/sprites/1", "a path must be a string"},
        {"'inputs': {\n    'sprites': ['a.png', 'sub/b.png'],", "'inputs': ^{", "declaration-shape", "/inputs",
         "GLYPH/indexed_v1 lacks \"sprites\""},
        {"'palettes': [", "'^sources': ['x'], 'palettes': [", "declaration-shape", "/inputs/sources",
         "is not a member of"},
        {"'sprites': [", "'^sprite': ['x'], 'sprites': [", "declaration-shape", "/inputs/sprite", "mean \"sprites\""},
        {"'palettes': [", "'palettes': ['^p.gpl', ", "declaration-shape", "/inputs/palettes/0", "must be an object"},
        {"{'index': 0, 'path': 'zero.pal'}", "^{'path': 'zero.pal'}", "declaration-shape", "/inputs/palettes/1",
         "a palette lacks \"index\""},
        {"{'index': 0, 'path': 'zero.pal'}", "^{'index': 0}", "declaration-shape", "/inputs/palettes/1",
         "a palette lacks \"path\""},
        {"'index': 0, ", "'index': 0, '^name': 1, ", "declaration-shape", "/inputs/palettes/1/name", "index, path"},
        {"'index': 0", "'index': ^5", "palette-index", "/inputs/palettes/1/index", "two palettes have the index 5"},
        {"'index': 0", "'index': ^64", "palette-index", "/inputs/palettes/1/index", "from 0 to 63"},
        {"'index': 0", "'index': ^-1", "palette-index", "/inputs/palettes/1/index", "-1"},
        {"'index': 0", "'index': ^0.0", "palette-index", "/inputs/palettes/1/index", "0.0"},
        {"'index': 0", "'index': ^18446744073709551616", "palette-index", "/inputs/palettes/1/index", "out of range"},
        {"'index': 0", "'index': '^0'", "declaration-shape", "/inputs/palettes/1/index", "an integer"},
    };
    CHECK_VARIANTS(glyph_document, variants);
    static const struct variant sounds[] = {
        {"['jump.wav']", "^[]", "declaration-value", "/inputs/sources", "has 0 sources"},
        {"['jump.wav']", "^['a','b']", "declaration-value", "/inputs/sources", "exactly one path"},
        {"['jump.wav']", "[^null]", "declaration-shape", "/inputs/sources/0", "a string"},
        {"{'sources':['jump.wav']}", "^{}", "declaration-shape", "/inputs", "lacks \"sources\""},
        {"{'sources':['jump.wav']}", "^[]", "declaration-shape", "/inputs", "an object"},
    };
    CHECK_VARIANTS(sound_document, sounds);
}

UNIT_TEST(paths_that_leave_the_root_are_refused)
{
    static const struct variant variants[] = {
        {"'a.png'", "'^../a.png'", "path-outside", "/inputs/sprites/0", "the component \"..\""},
        {"'a.png'", "'^x/../a.png'", "path-outside", "/inputs/sprites/0", "the component \"..\""},
        {"'a.png'", "'^\\u002e./a.png'", "path-outside", "/inputs/sprites/0", "the component \"..\""},
        {"'a.png'", "'^/etc/passwd'", "path-outside", "/inputs/sprites/0", "is absolute"},
        {"'a.png'", "'^./a.png'", "path-outside", "/inputs/sprites/0", "the component \".\""},
        {"'a.png'", "'^a//b.png'", "path-outside", "/inputs/sprites/0", "empty component"},
        {"'a.png'", "'^'", "path-outside", "/inputs/sprites/0", "is empty"},
        {"'a.png'", "'^..\\\\a.png'", "path-outside", "/inputs/sprites/0", "backslash"},
        {"'a.png'", "'^a.png\\u0000.txt'", "declaration-value", "/inputs/sprites/0", "U+0000"},
        {"'five.gpl'", "'^../five.gpl'", "path-outside", "/inputs/palettes/0/path", "the component \"..\""},
    };
    CHECK_VARIANTS(glyph_document, variants);
}
