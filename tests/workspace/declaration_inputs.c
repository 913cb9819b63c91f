/* The inputs of asset.json: docs/contracts/workspace.md, 3.2. */
#include "tests/workspace/declared.h"

UNIT_TEST(wrong_inputs_are_refused)
{
    static const struct variant variants[] = {
        {"'sprites': ['a.png', 'sub/b.png']", "'sprites': ^[]", "declaration-value", "/inputs/sprites", "no sprites"},
        {"'sprites': ['a.png', 'sub/b.png']", "'sprites': '^a.png'", "declaration-shape", "/inputs/sprites",
         "an array"},
        {"'a.png', 'sub/b.png'", "'a.png', ^[]", "declaration-shape", "/inputs/sprites/1", "a sprite has another type"},
        {"'inputs': {\n    'sprites': ['a.png', 'sub/b.png'],", "'inputs': ^{", "declaration-shape", "/inputs",
         "GLYPH/indexed_v1 lacks \"sprites\""},
        {"'palettes': [", "'^sources': ['x'], 'palettes': [", "declaration-shape", "/inputs/sources",
         "is not a member of"},
        {"'sprites': [", "'^sprite': ['x'], 'sprites': [", "declaration-shape", "/inputs/sprite", "Write \"sprites\""},
        {"'palettes': [", "'palettes': ['^p.gpl', ", "declaration-shape", "/inputs/palettes/0", "has another type"},
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

UNIT_TEST(a_sprite_may_be_an_object)
{
    struct workspace_declaration declaration;
    parse_replaced(glyph_document, "'a.png', 'sub/b.png'",
                   "{'path': 'a.png', 'tile': 1023, 'palette': 5}, 'sub/b.png', {'path': 'c.png'}", &declaration);
    REQUIRE(declaration.input_count == 5);
    const struct workspace_input *sprites = declaration.inputs + 2;
    CHECK_STRING(sprites[0].path, "a.png");
    CHECK(sprites[0].has_tile && sprites[0].has_palette);
    CHECK_U64(sprites[0].tile, 1023);
    CHECK_U64(sprites[0].palette, 5);
    CHECK_STRING(sprites[1].path, "sub/b.png");
    CHECK(!sprites[1].has_tile && !sprites[1].has_palette);
    CHECK_STRING(sprites[2].path, "c.png");
    CHECK(!sprites[2].has_tile && !sprites[2].has_palette);
    workspace_declaration_free(&declaration);
}

UNIT_TEST(wrong_members_of_a_sprite_are_refused)
{
    static const struct variant variants[] = {
        {"'a.png'", "^{'tile': 1}", "declaration-shape", "/inputs/sprites/0", "a sprite lacks \"path\""},
        {"'a.png'", "{'path': ^7}", "declaration-shape", "/inputs/sprites/0/path", "a string"},
        {"'a.png'", "{'path': '^../a.png'}", "path-outside", "/inputs/sprites/0/path", "the component \"..\""},
        {"'a.png'", "{'path': 'a.png', '^tiles': 1}", "declaration-shape", "/inputs/sprites/0/tiles", "Write \"tile\""},
        {"'a.png'", "{'path': 'a.png', 'tile': '^1'}", "declaration-shape", "/inputs/sprites/0/tile", "an integer"},
        {"'a.png'", "{'path': 'a.png', 'tile': ^1024}", "declaration-value", "/inputs/sprites/0/tile", "out of range"},
        {"'a.png'", "{'path': 'a.png', 'tile': ^-1}", "declaration-value", "/inputs/sprites/0/tile", "out of range"},
        {"'a.png'", "{'path': 'a.png', 'tile': ^1.0}", "declaration-value", "/inputs/sprites/0/tile", "fraction"},
        {"'a.png'", "{'path': 'a.png', 'palette': ^64}", "declaration-value", "/inputs/sprites/0/palette",
         "out of range"},
        {"'a.png'", "{'path': 'a.png', 'palette': ^4}", "palette-index", "/inputs/sprites/0/palette",
         "no palette of the asset has the index 4"},
    };
    CHECK_VARIANTS(glyph_document, variants);
}
