/* prpack add: what is made of a root. (Which root: add_root.c. An asset.json that is there already: adopt.c.) */
#include "tests/workspace/attempt.h"
#include "workspace/model/uuid.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

UNIT_TEST(sprites_and_palettes_become_a_glyph_bank)
{
    empty_workspace();
    put_png("assets/ui/hero/walk.png", 32, 16);
    put_png("assets/ui/hero/Idle.PNG", 48, 16);
    unit_write_file("assets/ui/hero/night.gpl", "", 0);
    unit_write_file("assets/ui/hero/day.HEX", "", 0);
    unit_write_file("assets/ui/hero/.hidden.txt", "", 0);
    unit_write_file("assets/ui/hero/work/hero.xcf", "", 0);
    struct attempt it = attempt(unit_path("assets/ui/hero"), &nothing_said);
    REQUIRE(it.added);
    CHECK_U64(it.findings.count, 0);
    CHECK_U64(it.result.asset_id, 1);
    CHECK_STRING(it.result.root, "ui/hero");
    CHECK_STRING(it.result.name, "hero");
    CHECK_STRING(it.result.format, "GLYPH/indexed_v1");
    CHECK(it.result.wrote_declaration && workspace_uuid_is_valid(it.result.asset_uuid));
    char expected[2048];
    (void)snprintf(expected, sizeof expected,
                   "{\n"
                   "  'schema_version': 1,\n"
                   "  'asset_uuid': '%s',\n"
                   "  'name': 'hero',\n"
                   "  'type': 'glyph_bank',\n"
                   "  'inputs': {\n"
                   "    'palettes': [\n"
                   "      {'index': 0, 'path': 'day.HEX'},\n"
                   "      {'index': 1, 'path': 'night.gpl'}\n"
                   "    ],\n"
                   "    'sprites': [\n"
                   "      'Idle.PNG',\n"
                   "      'walk.png'\n"
                   "    ]\n"
                   "  },\n"
                   "  'output': {\n"
                   "    'format': 'GLYPH/indexed_v1',\n"
                   "    'codec': 'NONE',\n"
                   "    'metadata': {\n"
                   "      'tile_size': 16\n"
                   "    }\n"
                   "  },\n"
                   "  'preload': {\n"
                   "    'enabled': false\n"
                   "  }\n"
                   "}\n",
                   it.result.asset_uuid);
    check_file("assets/ui/hero/asset.json", expected);
    (void)snprintf(
        expected, sizeof expected,
        "{\n  'schema_version': 1,\n  'next_asset_id': 2,\n  'assets': [\n    {\n      'asset_id': 1,\n"
        "      'asset_uuid': '%s',\n      'root': 'ui/hero',\n      'included_in_build': true\n    }\n  ]\n}\n",
        it.result.asset_uuid);
    check_file(INDEX, expected);
    CHECK(!exists("assets/ui/hero/.asset.json.new"));
    /* The open workspace knows it, and a build would take it. */
    CHECK_U64(it.workspace.registry.count, 1);
    CHECK_U64(it.workspace.registry.next_asset_id, 2);
    CHECK(workspace_load(&it.workspace, &it.findings));
    CHECK_U64(it.workspace.asset_count, 1);
    forget(&it);
}

UNIT_TEST(one_sound_becomes_a_sound_bank)
{
    static const char *const names[] = {"jump.wav",  "jump.AIF",  "jump.aiff", "jump.Flac",
                                        "jump.aifc", "jump.Wave", "jump.w64"};
    empty_workspace();
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[64];
        char root[32];
        (void)snprintf(root, sizeof root, "s%u", i);
        (void)snprintf(path, sizeof path, "assets/s%u/%s", i, names[i]);
        unit_write_file(path, "", 0);
        struct attempt it = attempt(root, &nothing_said);
        REQUIRE(it.added);
        CHECK_STRING(it.result.format, "SOUNDS/pcm16le_v1");
        CHECK_U64(it.result.asset_id, i + 1);
        forget(&it);
    }
    struct workspace workspace;
    struct base_findings findings;
    base_findings_init(&findings);
    open_fine(&workspace);
    REQUIRE(workspace_load(&workspace, &findings));
    CHECK_STRING(workspace.assets[3].declaration.inputs[0].path, "jump.Flac");
    CHECK(!workspace.assets[3].declaration.preload);
    workspace_close(&workspace);
    base_findings_free(&findings);
}

/* A raw scene is never a guess: any file could be one. */
UNIT_TEST(one_other_file_becomes_a_scene_bank_when_that_is_said)
{
    empty_workspace();
    unit_write_file("assets/levels/one/level.bin", "", 0);
    check_refused("levels/one", &nothing_said, "type-undecided", "assets/levels/one", "what kind of asset", __LINE__);
    struct workspace_add_options options = nothing_said;
    options.type = "scene_bank";
    options.name = "Level \"1\" \xc3\xa4";
    options.slot = 0;
    struct attempt it = attempt("levels/one", &options);
    REQUIRE(it.added);
    char expected[1024];
    (void)snprintf(expected, sizeof expected,
                   "{\n  'schema_version': 1,\n  'asset_uuid': '%s',\n  'name': 'Level \\'1\\' \xc3\xa4',\n"
                   "  'type': 'scene_bank',\n  'inputs': {\n    'sources': [\n      'level.bin'\n    ]\n  },\n"
                   "  'output': {\n    'format': 'SCENE/raw_v1',\n    'codec': 'NONE'\n  },\n"
                   "  'preload': {\n    'enabled': true,\n    'slot': 0\n  }\n}\n",
                   it.result.asset_uuid);
    check_file("assets/levels/one/asset.json", expected);
    CHECK_STRING(it.result.name, "Level \"1\" \xc3\xa4");
    forget(&it);
}

static const struct workspace_add_options as_scene = {.type = "scene_bank", .tile_size = -1, .preload = -1, .slot = -1};

/* The refusal of a directory that has one file. */
static void check_only_file(const char *name, const void *content, size_t size, const char *says, enum diag_cause cause)
{
    static unsigned number;
    char root[16];
    char path[96];
    char file[32];
    (void)snprintf(root, sizeof root, "only%u", number++);
    (void)snprintf(path, sizeof path, "assets/%s/%s", root, name);
    (void)snprintf(file, sizeof file, "assets/%s", root);
    unit_write_file(path, content, size);
    struct attempt it = attempt(root, &nothing_said);
    CHECK(!it.added);
    CHECK_ONLY(&it.findings, "type-undecided", file, -1, NULL);
    CHECK_SAYS(&it.findings, 0, says);
    CHECK_U64(it.findings.items[0].cause, cause);
    forget(&it);
}

#define CHECK_ONLY_FILE(name, content, says, cause)                                                                    \
    check_only_file((name), (content), sizeof(content) - 1, (says), DIAG_CAUSE_TYPE_##cause)

/* What a file is decides, not how it is called. */
UNIT_TEST(a_known_medium_is_named)
{
    static const char lfs[] = "version https://git-lfs.github.com/spec/v1\n";
    empty_workspace();
    CHECK_ONLY_FILE("music.ogg", "", "the only file is an Ogg sound", SOUND);
    CHECK_ONLY_FILE("music", "OggS\0\2", "the only file is an Ogg sound", SOUND);
    CHECK_ONLY_FILE("level.bin", "ID3\4", "an MP3 sound", SOUND);
    CHECK_ONLY_FILE("song.bin", "MThd\0\0\0\6", "a MIDI file", SOUND);
    CHECK_ONLY_FILE("hero.jpg", "GIF89a", "a GIF picture", PICTURE);
    CHECK_ONLY_FILE("hero.bin", "8BPS\0\1", "a Photoshop picture", PICTURE);
    CHECK_ONLY_FILE("level.map", lfs, "git lfs pull", MISHAP);
    CHECK_ONLY_FILE("level.dat", "PK\3\4", "a ZIP archive", PACKED);
    CHECK_ONLY_FILE("hero.gif", "PK\3\4", "a GIF picture", PICTURE);
    CHECK_ONLY_FILE("hero.bin", "\x89PNG\r\n\x1a\n", "a PNG picture", MISNAMED);
    CHECK_ONLY_FILE("jump", "RIFF\1\2\3\4WAVEfmt ", "a WAV sound", MISNAMED);
    CHECK_ONLY_FILE("level.lvl", "\1\2\3", "what kind of asset", UNKNOWN);
    CHECK_ONLY_FILE("level", "", "what kind of asset", UNKNOWN);
    CHECK_ONLY_FILE("day.hex", "ff00ff\n", "what kind of asset", NO_PICTURE);
    CHECK_ONLY_FILE("hero.aseprite", "", "working files", WORKING);
    CHECK_ONLY_FILE("notes.txt", "level\n", "notes.txt", WORKING);
}

UNIT_TEST(several_files_that_are_no_asset_are_named)
{
    empty_workspace();
    unit_write_file("assets/a/1.lvl", "", 0);
    unit_write_file("assets/a/2.lvl", "OggS", 4);
    check_refused("a", &nothing_said, "type-undecided", "assets/a", "\"2.lvl\" is an Ogg sound", __LINE__);
    unit_write_file("assets/b/1.lvl", "", 0);
    unit_write_file("assets/b/2.lvl", "", 0);
    check_refused("b", &nothing_said, "type-undecided", "assets/b", "1.lvl, 2.lvl", __LINE__);
}

UNIT_TEST(any_file_can_be_a_scene_when_that_is_said)
{
    static const char *const names[] = {"music.ogg", "level.lvl", "level.txt", "map.aseprite"};
    empty_workspace();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char root[16];
        char path[64];
        (void)snprintf(root, sizeof root, "s%zu", i);
        (void)snprintf(path, sizeof path, "assets/s%zu/%s", i, names[i]);
        unit_write_file(path, "OggS", 4);
        struct attempt it = attempt(root, &as_scene);
        REQUIRE(it.added);
        CHECK_STRING(it.result.format, "SCENE/raw_v1");
        CHECK(workspace_load(&it.workspace, &it.findings));
        CHECK_STRING(it.workspace.assets[i].declaration.inputs[0].path, names[i]);
        forget(&it);
    }
    unit_write_file("assets/two/level.txt", "", 0);
    unit_write_file("assets/two/notes.txt", "", 0);
    unit_write_file("assets/two/.DS_Store", "", 0);
    check_refused("two", &as_scene, "type-undecided", "assets/two", "level.txt, notes.txt", __LINE__);
    unit_write_file("assets/two/level.lvl", "", 0);
    struct attempt it = attempt("two", &as_scene);
    REQUIRE(it.added);
    CHECK(workspace_load(&it.workspace, &it.findings));
    CHECK_STRING(it.workspace.assets[4].declaration.inputs[0].path, "level.lvl");
    CHECK_U64(it.result.contents.ignored.count, 3);
    forget(&it);
}

/* Programs and people keep them beside their art. */
UNIT_TEST(working_files_do_not_count)
{
    static const char *const names[] = {"hero.ase",  "hero.Aseprite", "hero.kra",   "hero.PSD",    "hero.xcf",
                                        "Thumbs.db", ".DS_Store",     "notes.txt",  "README.md",   "README",
                                        "hero.png~", "hero.png.bak",  "._hero.png", "desktop.ini", "LICENSE",
                                        "hero.ora",  "hero.pdn",      "hero.piskel"};
    empty_workspace();
    put_png("assets/w/hero.png", 16, 16);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[64];
        (void)snprintf(path, sizeof path, "assets/w/%s", names[i]);
        unit_write_file(path, "", 0);
    }
    struct attempt it = attempt("w", &nothing_said);
    REQUIRE(it.added);
    CHECK_U64(it.result.contents.ignored.count, sizeof names / sizeof names[0]);
    CHECK_STRING(it.result.contents.ignored.items[1], "._hero.png");
    CHECK_U64(it.result.contents.sprites.count, 1);
    CHECK(workspace_load(&it.workspace, &it.findings));
    CHECK_U64(it.workspace.assets[0].declaration.input_count, 1);
    forget(&it);
    unit_write_file("assets/s/jump.wav", "", 0);
    unit_write_file("assets/s/license.txt", "", 0);
    it = attempt("s", &nothing_said);
    CHECK(it.added);
    forget(&it);
    unit_write_file("assets/x/jump.wav", "", 0);
    unit_write_file("assets/x/jump.txt2", "", 0);
    check_refused("x", &nothing_said, "type-undecided", "assets/x", "jump.txt2", __LINE__);
}

UNIT_TEST(frames_and_palettes_come_in_natural_order)
{
    static const char *const sprites[] = {"Idle.png",    "walk1.png",  "walk2.png",
                                          "walk010.png", "walk10.png", "walk11.png"};
    static const char *const palettes[] = {"p2.hex", "p10.gpl"};
    empty_workspace();
    for (size_t i = 6; i-- > 0;) {
        char path[64];
        (void)snprintf(path, sizeof path, "assets/n/%s", sprites[i]);
        put_png(path, 16, 16);
    }
    unit_write_file("assets/n/p10.gpl", "", 0);
    unit_write_file("assets/n/p2.hex", "", 0);
    struct attempt it = attempt("n", &nothing_said);
    REQUIRE(it.added);
    CHECK(workspace_load(&it.workspace, &it.findings));
    const struct workspace_declaration *declaration = &it.workspace.assets[0].declaration;
    REQUIRE(declaration->input_count == 8 && declaration->palette_count == 2);
    for (size_t i = 0; i < 8; i++) {
        CHECK_STRING(declaration->inputs[i].path, i < 2 ? palettes[i] : sprites[i - 2]);
    }
    CHECK_U64(declaration->palettes[1].index, 1);
    forget(&it);
}

/* Stands for a decoder of pictures. */
static uint32_t colours_by_name(int root_fd, const char *name, struct base_findings *findings)
{
    (void)root_fd;
    (void)findings;
    return strstr(name, "strip") != NULL ? 4 : 0;
}

UNIT_TEST(a_strip_beside_a_sprite_is_a_palette)
{
    struct workspace_add_options options = nothing_said;
    options.strip_colours = colours_by_name;
    empty_workspace();
    put_png("assets/a/hero.png", 16, 16);
    put_png("assets/a/strip10.png", 32, 8);
    put_png("assets/a/strip9.png", 4, 1); /* of no sprite's size */
    unit_write_file("assets/a/strip9.gpl", "", 0);
    struct attempt it = attempt("a", &options);
    REQUIRE(it.added);
    CHECK(workspace_load(&it.workspace, &it.findings));
    const struct workspace_declaration *declaration = &it.workspace.assets[0].declaration;
    REQUIRE(declaration->input_count == 4 && declaration->palette_count == 3);
    CHECK_STRING(declaration->inputs[0].path, "strip9.gpl");
    CHECK_STRING(declaration->inputs[1].path, "strip9.png");
    CHECK_STRING(declaration->inputs[2].path, "strip10.png");
    CHECK_STRING(declaration->inputs[3].path, "hero.png");
    CHECK_U64(declaration->tile_size, 16);
    CHECK_STRING(it.result.contents.palettes.items[2], "strip10.png");
    CHECK_U64(it.result.contents.strip_colours[0], 0);
    CHECK_U64(it.result.contents.strip_colours[2], 4);
    forget(&it);
    put_png("assets/b/strip1.png", 16, 8); /* nothing but strips: they are sprites */
    put_png("assets/b/strip2.png", 32, 8);
    it = attempt("b", &options);
    REQUIRE(it.added);
    CHECK(workspace_load(&it.workspace, &it.findings));
    CHECK_U64(it.workspace.assets[1].declaration.palette_count, 0);
    CHECK_U64(it.workspace.assets[1].declaration.input_count, 2);
    forget(&it);
}

UNIT_TEST(options_choose_among_the_files)
{
    empty_workspace();
    put_png("assets/g/a.png", 8, 8);
    unit_write_file("assets/g/readme.txt", "", 0);
    unit_write_file("assets/g/music.wav", "", 0);
    struct workspace_add_options options = nothing_said;
    check_refused("g", &options, "type-undecided", "assets/g", "a.png, music.wav", __LINE__);
    options.type = "scene_bank";
    check_refused("g", &options, "type-undecided", "assets/g", "exactly one file", __LINE__);
    options.type = "glyph_bank";
    options.preload = 1;
    struct attempt it = attempt("g", &options);
    REQUIRE(it.added);
    CHECK(workspace_load(&it.workspace, &it.findings));
    const struct workspace_declaration *declaration = &it.workspace.assets[0].declaration;
    CHECK_U64(declaration->input_count, 1);
    CHECK_U64(declaration->tile_size, 8);
    CHECK(declaration->preload && !declaration->has_slot && !declaration->has_palettes);
    forget(&it);
    unit_write_file("assets/s/readme.txt", "", 0);
    unit_write_file("assets/s/music.wav", "", 0);
    options = nothing_said;
    options.format = "SOUNDS/pcm16le_v1";
    it = attempt("s", &options);
    REQUIRE(it.added);
    CHECK(workspace_load(&it.workspace, &it.findings));
    CHECK_STRING(it.workspace.assets[1].declaration.inputs[0].path, "music.wav");
    forget(&it);
    put_png("assets/r/sheet.png", 8, 8);
    options.format = "SCENE/raw_v1";
    it = attempt("r", &options);
    REQUIRE(it.added);
    CHECK_STRING(it.result.format, "SCENE/raw_v1");
    forget(&it);
}

UNIT_TEST(a_raw_sheet_is_declared_as_a_full_one)
{
    empty_workspace();
    unit_write_file("assets/raw/sheet.bin", "", 0);
    struct workspace_add_options options = nothing_said;
    options.format = "GLYPH/raw_v1";
    options.type = "glyph_bank";
    options.tile_size = 32;
    struct attempt it = attempt("raw", &options);
    REQUIRE(it.added);
    char *text = get("assets/raw/asset.json");
    CHECK(strstr(text, "    \"metadata\": {\n      \"tile_size\": 32,\n      \"width\": 256,\n      \"height\": 256,\n"
                       "      \"palette_count\": 64,\n      \"palette_authored\": 64\n    }\n") != NULL);
    free(text);
    forget(&it);
    unit_write_file("assets/raw2/sheet.bin", "", 0);
    options.tile_size = -1;
    it = attempt("raw2", &options);
    REQUIRE(it.added);
    text = get("assets/raw2/asset.json");
    CHECK(strstr(text, "\"tile_size\": 16,") != NULL);
    free(text);
    forget(&it);
}

UNIT_TEST(what_the_files_do_not_tell_is_asked_for)
{
    empty_workspace();
    REQUIRE(mkdir(unit_path("assets/empty"), 0777) == 0);
    check_refused("empty", &nothing_said, "type-undecided", "assets/empty", "no files", __LINE__);
    unit_write_file("assets/two/a.wav", "", 0);
    unit_write_file("assets/two/b.wav", "", 0);
    check_refused("two", &nothing_said, "type-undecided", "assets/two", "a.wav, b.wav", __LINE__);
    struct workspace_add_options options = nothing_said;
    options.type = "sound_bank";
    check_refused("two", &options, "type-undecided", "assets/two", "takes one sound", __LINE__);
    options.type = "glyph_bank";
    check_refused("two", &options, "type-undecided", "assets/two", "at least one .png", __LINE__);
    options.type = NULL;
    options.format = "SOUNDS/raw_v1";
    REQUIRE(unlink(unit_path("assets/two/b.wav")) == 0);
    check_refused("two", &options, "type-undecided", "assets/two", "does not say its rate and channels", __LINE__);
    for (unsigned i = 0; i < 11; i++) {
        char path[64];
        (void)snprintf(path, sizeof path, "assets/many/%c\n.lvl", 'a' + (int)i);
        unit_write_file(path, "", 0);
    }
    check_refused("many", &nothing_said, "type-undecided", "assets/many", "g\\x0a.lvl, h\\x0a.lvl and 3 more",
                  __LINE__);
    unit_write_file("assets/palettes/only.gpl", "", 0);
    check_refused("palettes", &nothing_said, "type-undecided", "assets/palettes", "only.gpl", __LINE__);
}

UNIT_TEST(pictures_of_any_size_can_be_padded)
{
    static const struct {
        uint8_t width, height;
        int asked;
        uint32_t chosen;
    } cases[] = {{20, 18, -1, 16}, {24, 8, -1, 8}, {32, 16, -1, 16}, {1, 1, 32, 32}, {24, 24, 16, 16}};
    empty_workspace();
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char root[16];
        char path[64];
        (void)snprintf(root, sizeof root, "t%u", i);
        (void)snprintf(path, sizeof path, "assets/t%u/a.png", i);
        put_png(path, cases[i].width, cases[i].height);
        struct workspace_add_options options = nothing_said;
        options.pad = true;
        options.tile_size = cases[i].asked;
        struct attempt it = attempt(root, &options);
        REQUIRE(it.added);
        CHECK(workspace_load(&it.workspace, &it.findings));
        const struct workspace_declaration *declaration =
            &it.workspace.assets[it.workspace.asset_count - 1].declaration;
        CHECK_U64(declaration->tile_size, cases[i].chosen);
        CHECK(declaration->rules.pad);
        forget(&it);
    }
}

UNIT_TEST(the_tile_size_divides_every_image)
{
    static const struct {
        uint8_t sizes[4];
        int asked;
        int chosen;
    } cases[] = {
        {{16, 16, 32, 48}, -1, 16}, {{16, 16, 8, 16}, -1, 8},   {{24, 24, 16, 16}, -1, 8},
        {{32, 32, 64, 32}, -1, 16}, {{16, 16, 8, 12}, -1, 8},   {{32, 32, 64, 32}, 32, 32},
        {{16, 16, 16, 16}, 8, 8},   {{16, 16, 24, 16}, 16, 16}, {{16, 16, 16, 16}, 32, 32},
    };
    empty_workspace();
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char root[16];
        char path[64];
        char file[64];
        (void)snprintf(root, sizeof root, "t%u", i);
        (void)snprintf(path, sizeof path, "assets/t%u/a.png", i);
        put_png(path, cases[i].sizes[0], cases[i].sizes[1]);
        (void)snprintf(file, sizeof file, "assets/t%u/b.png", i);
        put_png(file, cases[i].sizes[2], cases[i].sizes[3]);
        struct workspace_add_options options = nothing_said;
        options.tile_size = cases[i].asked;
        struct attempt it = attempt(root, &options);
        REQUIRE(it.added);
        CHECK(workspace_load(&it.workspace, &it.findings));
        size_t last = it.workspace.asset_count - 1;
        CHECK_U64(it.workspace.assets[last].declaration.tile_size, cases[i].chosen);
        forget(&it);
    }
}

/* A build says what is wrong with it, and so does add, which has the decoders. */
UNIT_TEST(what_is_not_a_png_does_not_decide_the_tile_size)
{
    empty_workspace();
    put_png("assets/w/b.png", 16, 16);
    put_png("assets/w/c.png", 16, 0);
    unit_write_file("assets/w/d.png", "\x89PNG\r\n\x1a\n", 8);
    unit_write_file("assets/w/e.png", "GIF89a, and this is long enough", 31);
    REQUIRE(symlink("/etc/passwd", unit_path("assets/w/f.png")) == 0);
    REQUIRE(symlink("nowhere", unit_path("assets/w/g.png")) == 0);
    struct attempt it = attempt("w", &nothing_said);
    REQUIRE(it.added);
    CHECK(workspace_load(&it.workspace, &it.findings));
    CHECK_U64(it.workspace.assets[0].declaration.input_count, 6);
    CHECK_U64(it.workspace.assets[0].declaration.tile_size, 16);
    forget(&it);
}

UNIT_TEST(links_and_other_things_among_the_files)
{
    empty_workspace();
    unit_write_file("assets/l/real/level.bin", "", 0);
    REQUIRE(symlink("real/level.bin", unit_path("assets/l/level.bin")) == 0);
    REQUIRE(symlink("real", unit_path("assets/l/directory")) == 0);
    REQUIRE(mkfifo(unit_path("assets/l/fifo"), 0600) == 0);
    struct attempt it = attempt("l", &as_scene);
    REQUIRE(it.added);
    CHECK(workspace_load(&it.workspace, &it.findings));
    CHECK_STRING(it.workspace.assets[0].declaration.inputs[0].path, "level.bin");
    forget(&it);
}

UNIT_TEST(more_than_64_palettes_are_refused)
{
    empty_workspace();
    put_png("assets/p/a.png", 8, 8);
    for (unsigned i = 0; i < 64; i++) {
        char path[64];
        (void)snprintf(path, sizeof path, "assets/p/%02u.gpl", i);
        unit_write_file(path, "", 0);
    }
    unit_write_file("assets/p/zz.pal", "", 0);
    check_refused("p", &nothing_said, "palette-index", "assets/p", "65 palette files", __LINE__);
    REQUIRE(unlink(unit_path("assets/p/zz.pal")) == 0);
    struct attempt it = attempt("p", &nothing_said);
    REQUIRE(it.added);
    CHECK(workspace_load(&it.workspace, &it.findings));
    CHECK_U64(it.workspace.assets[0].declaration.palettes[63].index, 63);
    CHECK_STRING(it.workspace.assets[0].declaration.inputs[63].path, "63.gpl");
    forget(&it);
}

UNIT_TEST(names_that_json_or_a_declaration_cannot_carry)
{
    empty_workspace();
    unit_write_file("assets/x/a\xff.bin", "", 0);
    check_refused("x", &as_scene, "declaration-value", "assets/x", "a\\xff.bin", __LINE__);
    unit_write_file("assets/b\\c/a.bin", "", 0);
    struct attempt it = attempt(unit_path("assets/b\\c"), &nothing_said);
    CHECK(!it.added);
    CHECK_ONLY(&it.findings, "root-invalid", "assets/b\\c", -1, NULL);
    CHECK_SAYS(&it.findings, 0, "backslash");
    forget(&it);
    unit_write_file("assets/\xff/a.bin", "", 0);
    it = attempt(unit_path("assets/\xff"), &nothing_said);
    CHECK(!it.added);
    CHECK_ONLY(&it.findings, "root-invalid", "assets/\xff", -1, NULL);
    CHECK_SAYS(&it.findings, 0, "is not UTF-8");
    forget(&it);
    unit_write_file("assets/n\nl/a.bin", "", 0);
    check_refused("n\nl", &as_scene, "declaration-value", "assets/n\nl", "directory's name", __LINE__);
    struct workspace_add_options options = as_scene;
    options.name = "nl";
    it = attempt("n\nl", &options);
    CHECK(it.added);
    forget(&it);
    unit_write_file("assets/y/a\\b.bin", "", 0);
    it = attempt("y", &as_scene);
    CHECK(!it.added);
    CHECK_ONLY(&it.findings, "declaration-value", "assets/y", -1, NULL);
    CHECK_SAYS(&it.findings, 0, "has a backslash");
    CHECK_SAYS(&it.findings, 0, "Rename the file.");
    CHECK(!exists("assets/y/asset.json"));
    forget(&it);
}

UNIT_TEST(contradicting_options_are_usage)
{
    empty_workspace();
    unit_write_file("assets/a/a.bin", "", 0);
    const struct {
        struct workspace_add_options options;
        const char *says;
    } cases[] = {
        {{.type = "glyph", .tile_size = -1, .preload = -1, .slot = -1}, "no such type"},
        {{.type = "glyph_bang", .tile_size = -1, .preload = -1, .slot = -1}, "glyph_bank"},
        {{.format = "GLYPH/index_v1", .tile_size = -1, .preload = -1, .slot = -1}, "GLYPH/indexed_v1"},
        {{.type = "sound_bank", .format = "SCENE/raw_v1", .tile_size = -1, .preload = -1, .slot = -1}, "does not fit"},
        {{.name = "", .tile_size = -1, .preload = -1, .slot = -1}, "is empty"},
        {{.name = "a\tb", .tile_size = -1, .preload = -1, .slot = -1}, "control character"},
        {{.name = "a\xc0", .tile_size = -1, .preload = -1, .slot = -1}, "UTF-8"},
        {{.tile_size = 0, .preload = -1, .slot = -1}, "8, 16 or 32"},
        {{.tile_size = 64, .preload = -1, .slot = -1}, "8, 16 or 32"},
        {{.tile_size = -1, .preload = -1, .slot = 16}, "0 to 15"},
        {{.tile_size = -1, .preload = 0, .slot = 0}, "but not preload"},
        {{.tile_size = -1, .preload = 0, .slot = 1}, "but not preload"},
        {{.type = "scene_bank", .tile_size = 16, .preload = -1, .slot = -1}, "SCENE/raw_v1 has no tile size"},
        {{.type = "scene_bank", .tile_size = -1, .preload = -1, .slot = -1, .pad = true},
         "SCENE/raw_v1 has no sprites to pad"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_refused("a", &cases[i].options, "usage", NULL, cases[i].says, (unsigned)i);
    }
}
