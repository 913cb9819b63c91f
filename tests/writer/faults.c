#include "writer/writer.h"

#include "tests/writer/kit.h"

#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct workspace_asset *add_glyph(struct kit *kit, int32_t asset_id, const char *root)
{
    return kit_add(kit, asset_id, root, WORKSPACE_ASSET_GLYPH, WORKSPACE_FORMAT_GLYPH_INDEXED, "{\"tile_size\":8}");
}

static const uint32_t two_colours[2] = {0x000000, 0xFFFFFF};

static void write_indexed(const char *relative, uint32_t width, uint32_t height)
{
    uint8_t *indices = calloc(width, height);
    REQUIRE(indices != NULL);
    kit_png_indexed(relative, width, height, two_colours, 2, indices);
    free(indices);
}

/* Runs and expects to be refused with `count` findings and no pack. */
static void run(struct kit *kit, unsigned jobs, size_t count)
{
    CHECK(!kit_write(kit, "out", jobs));
    CHECK_U64(kit->findings.count, count);
    CHECK_U64(base_findings_errors(&kit->findings), count);
}

/* One run finds everything: what probing sees, and what only pixels and samples show. */
UNIT_TEST(every_fault_of_every_asset_is_reported_in_one_run)
{
    static const int deep[4] = {0, 0, 256, 0};
    uint32_t pixels[64] = {0};
    struct kit kit;
    kit_begin(&kit);
    pixels[9] = 0xFF00FF00;
    unit_write_file("assets/a/bad.png", "not a png", 9);
    write_indexed("assets/a/good.png", 8, 8);
    write_indexed("assets/a/odd.png", 12, 8);
    write_indexed("assets/b/i.png", 8, 8);
    kit_png_rgba("assets/b/t.png", 8, 8, pixels);
    kit_sound("assets/c/c.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_32, 44100, 1, deep, 4);
    unit_write_file("assets/d/d.bin", "1234", 4);
    struct workspace_asset *asset = add_glyph(&kit, 1, "a");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "bad.png");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "good.png");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "odd.png");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "gone.png");
    asset = add_glyph(&kit, 2, "b");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "i.png");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "t.png");
    asset = kit_add(&kit, 3, "c", WORKSPACE_ASSET_SOUND, WORKSPACE_FORMAT_SOUND_PCM16LE, "{\"frames\":5}");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "c.wav");
    asset = kit_add(&kit, 4, "d", WORKSPACE_ASSET_SOUND, WORKSPACE_FORMAT_RAW,
                    "{\"sample_rate\":1,\"channels\":1,\"frames\":3}");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "d.bin");
    for (unsigned jobs = 1; jobs <= 3; jobs += 2) {
        char name[16];
        (void)snprintf(name, sizeof name, "out%u", jobs);
        CHECK(!kit_write(&kit, name, jobs));
        CHECK_U64(kit.findings.count, 8);
        CHECK_FINDING(&kit.findings, 0, DIAG_IMAGE_INVALID, "assets/a/bad.png", 0,
                      "the file does not begin like a PNG");
        CHECK_FINDING(&kit.findings, 1, DIAG_INPUT_MISSING, "assets/a/gone.png", -1, NULL);
        CHECK_FINDING(&kit.findings, 2, DIAG_DECLARATION_VALUE, "assets/c/asset.json", -1,
                      "the declared frames is not that of the sources: leave it out or correct it");
        CHECK_FINDING(&kit.findings, 3, DIAG_DECLARATION_VALUE, "assets/d/asset.json", -1,
                      "sample_rate has a value that the bank cannot have");
        CHECK_FINDING(&kit.findings, 4, DIAG_DECLARATION_VALUE, "assets/d/asset.json", -1,
                      "the source does not have the frames x 2 bytes that its bank requires");
        CHECK_FINDING(&kit.findings, 5, DIAG_IMAGE_SIZE, "assets/a/odd.png", -1,
                      "the image is 12 x 8: not whole tiles of 8 x 8");
        CHECK_FINDING(&kit.findings, 6, DIAG_PIXEL_INEXPRESSIBLE, "assets/b/t.png", -1,
                      "pixel x 1, y 1: no palette of the asset has the colour; 1 pixel, in tile 0 (x 1, y 1 in it); "
                      "palette 0, i.png, is nearest: it lacks this colour");
        CHECK_FINDING(&kit.findings, 7, DIAG_SOUND_FORMAT, "assets/c/c.wav", 52,
                      "16 bits do not hold the sample of 32 bits in frame 2, channel 0");
        CHECK_U64(kit.findings.items[6].place.asset_id, 2);
        CHECK_U64(kit.findings.items[7].place.asset_id, 3);
        CHECK(access(unit_path("out1/assets.pa"), F_OK) != 0);
        base_findings_free(&kit.findings);
    }
    kit_end(&kit);
}

UNIT_TEST(paths_begin_with_the_directory_that_the_user_named)
{
    struct kit kit;
    kit_begin(&kit);
    free(kit.workspace.assets_path);
    kit.workspace.assets_path = strdup("../game/assets");
    struct workspace_asset *asset = add_glyph(&kit, 1, "a");
    kit.workspace.assets[0].declaration.has_palettes = true;
    unit_write_file("assets/a/x", "", 0);
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "x");
    run(&kit, 1, 2);
    CHECK_FINDING(&kit.findings, 0, DIAG_PALETTE_MISSING, "../game/assets/a/asset.json", -1, NULL);
    CHECK_FINDING(&kit.findings, 1, DIAG_IMAGE_INVALID, "../game/assets/a/x", 0, NULL);
    kit_end(&kit);
}

UNIT_TEST(an_asset_without_palettes_is_refused)
{
    uint32_t pixels[64] = {0xFFFFFFFF, 0x80808080};
    struct kit kit;
    kit_begin(&kit);
    kit_png_rgba("assets/a/t.png", 8, 8, pixels);
    struct workspace_asset *asset = add_glyph(&kit, 1, "a");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "t.png");
    run(&kit, 1, 2);
    CHECK_FINDING(&kit.findings, 0, DIAG_PALETTE_MISSING, "assets/a/asset.json", -1,
                  "no palette is declared, and no sprite is an indexed PNG that brings one");
    CHECK_FINDING(&kit.findings, 1, DIAG_PIXEL_TRANSLUCENT, "assets/a/t.png", -1, NULL);
    kit_end(&kit);
}

/* What the broken sprite would have brought is not known, so nothing is said about colours. */
UNIT_TEST(a_broken_sprite_is_reported_alone)
{
    uint32_t pixels[64] = {0xFFABCDEF};
    struct kit kit;
    kit_begin(&kit);
    unit_write_file("assets/a/bad.png", "GIF", 3);
    write_indexed("assets/a/i.png", 8, 8);
    kit_png_rgba("assets/a/t.png", 8, 8, pixels);
    struct workspace_asset *asset = add_glyph(&kit, 1, "a");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "bad.png");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "i.png");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "t.png");
    run(&kit, 1, 1);
    CHECK_FINDING(&kit.findings, 0, DIAG_IMAGE_INVALID, "assets/a/bad.png", 0, NULL);
    kit_end(&kit);
}

UNIT_TEST(a_sheet_that_is_full_says_by_how_much)
{
    struct kit kit;
    kit_begin(&kit);
    write_indexed("assets/a/a.png", 256, 248);
    write_indexed("assets/a/b.png", 256, 8);
    write_indexed("assets/a/c.png", 8, 16);
    struct workspace_asset *asset = add_glyph(&kit, 1, "a");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "a.png");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "b.png");
    CHECK(kit_write(&kit, "fits", 1));
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "c.png");
    run(&kit, 1, 1);
    CHECK_FINDING(&kit.findings, 0, DIAG_SHEET_FULL, "assets/a/asset.json", -1,
                  "the sprites have 1026 tiles; a sheet has room for 1024 of 8 x 8");
    CHECK_STRING(kit.findings.items[0].expected, "1024");
    CHECK_STRING(kit.findings.items[0].actual, "1026");
    kit_end(&kit);
}

/* Sprites with a tile of their own: two that want one, and one that reaches past the end. */
UNIT_TEST(tiles_that_cannot_be_had_are_named)
{
    struct kit kit;
    kit_begin(&kit);
    write_indexed("assets/a/a.png", 16, 8);
    write_indexed("assets/a/b.png", 8, 8);
    write_indexed("assets/a/c.png", 24, 8);
    struct workspace_asset *asset = add_glyph(&kit, 1, "a");
    kit_sprite(asset, "c.png", 1022, -1);
    kit_sprite(asset, "a.png", 64, -1);
    kit_sprite(asset, "b.png", 65, -1);
    run(&kit, 1, 2);
    CHECK_FINDING(&kit.findings, 0, DIAG_SHEET_FULL, "assets/a/asset.json", -1,
                  "the sprite has 3 tiles; from tile 1022 on it reaches past the end of the sheet, which has 1024");
    CHECK_STRING(kit.findings.items[0].place.json_pointer, "/inputs/sprites/0/tile");
    CHECK_FINDING(&kit.findings, 1, DIAG_TILE_CLASH, "assets/a/asset.json", -1,
                  "the sprites \"a.png\" (tiles 64 to 65) and \"b.png\" (tile 65) both want tile 65");
    CHECK_STRING(kit.findings.items[1].place.json_pointer, "/inputs/sprites/2/tile");
    kit_end(&kit);
}

/* There are tiles enough, but not in a row. */
UNIT_TEST(a_sprite_that_finds_no_room_between_others_is_named)
{
    struct kit kit;
    kit_begin(&kit);
    write_indexed("assets/a/a.png", 8, 8);
    write_indexed("assets/a/b.png", 256, 136);
    struct workspace_asset *asset = add_glyph(&kit, 1, "a");
    kit_sprite(asset, "a.png", 500, -1);
    kit_sprite(asset, "b.png", -1, -1);
    run(&kit, 1, 1);
    CHECK_FINDING(
        &kit.findings, 0, DIAG_SHEET_FULL, "assets/a/asset.json", -1,
        "the sprite has 544 tiles; between the sprites with a fixed tile at most 523 are free one after the other");
    CHECK_STRING(kit.findings.items[0].place.json_pointer, "/inputs/sprites/1");
    kit_end(&kit);
}

UNIT_TEST(a_palette_that_no_sprite_brings_cannot_be_asked_for)
{
    struct kit kit;
    kit_begin(&kit);
    write_indexed("assets/a/a.png", 8, 8);
    struct workspace_asset *asset = add_glyph(&kit, 1, "a");
    kit_sprite(asset, "a.png", -1, 0);
    CHECK(kit_write(&kit, "fits", 1));
    kit_sprite(asset, "a.png", -1, 1);
    run(&kit, 1, 1);
    CHECK_FINDING(&kit.findings, 0, DIAG_PALETTE_INDEX, "assets/a/asset.json", -1,
                  "the sprites bring no palette with the index 1");
    CHECK_STRING(kit.findings.items[0].place.json_pointer, "/inputs/sprites/1/palette");
    kit_end(&kit);
}

/* Each PNG brings one palette of its own; the 65th has no room. */
UNIT_TEST(sixty_four_palettes_fit)
{
    struct kit kit;
    uint8_t indices[64] = {0};
    kit_begin(&kit);
    struct workspace_asset *asset = add_glyph(&kit, 1, "a");
    for (uint32_t i = 0; i < 66; i++) {
        char name[32];
        char path[64];
        uint32_t colours[1] = {i / 32 << 19 | i % 32 << 3}; /* one each in RGB565, too */
        (void)snprintf(name, sizeof name, "%02u.png", (unsigned)i);
        (void)snprintf(path, sizeof path, "assets/a/%s", name);
        kit_png_indexed(path, 8, 8, colours, 1, indices);
        if (i < 64) {
            kit_input(asset, WORKSPACE_ROLE_SPRITES, name);
        }
    }
    CHECK(kit_write(&kit, "fits", 1));
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "64.png");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "65.png");
    run(&kit, 1, 1);
    CHECK_FINDING(&kit.findings, 0, DIAG_PALETTE_INDEX, "assets/a/asset.json", -1,
                  "the indexed sprites bring more than 64 different palettes");
    kit_end(&kit);
}

UNIT_TEST(palette_indices_are_from_0_to_63_and_stand_once)
{
    struct kit kit;
    kit_begin(&kit);
    unit_write_file("assets/a/p.hex", "ffffff\n", 7);
    write_indexed("assets/a/i.png", 8, 8);
    struct workspace_asset *asset = add_glyph(&kit, 1, "a");
    kit_palette(asset, 5, "p.hex");
    kit_palette(asset, 5, "p.hex");
    kit_palette(asset, 64, "p.hex");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "i.png");
    run(&kit, 1, 2);
    CHECK_FINDING(&kit.findings, 0, DIAG_PALETTE_INDEX, "assets/a/asset.json", -1, "palette index 5 cannot be had");
    CHECK_FINDING(&kit.findings, 1, DIAG_PALETTE_INDEX, "assets/a/asset.json", -1, "palette index 64 cannot be had");
    kit_end(&kit);
}

/* What the sprites look like beside broken palettes is not said. */
UNIT_TEST(a_broken_palette_is_reported_alone)
{
    struct kit kit;
    kit_begin(&kit);
    unit_write_file("assets/a/p.hex", "fffffg\n", 7);
    unit_write_file("assets/a/q.hex", "ffffff\n", 7);
    write_indexed("assets/a/i.png", 8, 8);
    struct workspace_asset *asset = add_glyph(&kit, 1, "a");
    kit_palette(asset, 0, "p.hex");
    kit_palette(asset, 1, "missing.hex");
    kit_palette(asset, 2, "q.hex");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "i.png");
    run(&kit, 1, 2);
    CHECK_FINDING(&kit.findings, 0, DIAG_PALETTE_INVALID, "assets/a/p.hex", 0, NULL);
    CHECK_FINDING(&kit.findings, 1, DIAG_INPUT_MISSING, "assets/a/missing.hex", -1, NULL);
    kit_end(&kit);
}

/* With declared palettes an indexed sprite is matched by its colours, not by its indices. */
UNIT_TEST(declared_palettes_apply_to_indexed_sprites_too)
{
    struct kit kit;
    kit_begin(&kit);
    unit_write_file("assets/a/p.hex", "ffffff\n", 7);
    static const uint8_t indices[64] = {0, 1};
    kit_png_indexed("assets/a/i.png", 8, 8, two_colours, 2, indices);
    struct workspace_asset *asset = add_glyph(&kit, 1, "a");
    kit_palette(asset, 0, "p.hex");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "i.png");
    run(&kit, 1, 1);
    CHECK_FINDING(
        &kit.findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "assets/a/i.png", -1,
        "pixel x 1, y 0: palette 0, p.hex, has the colour at entry 0 only, which is not drawn; 1 pixel, in tile 0 (x "
        "1, y 0 in it)");
    kit_end(&kit);
}

UNIT_TEST(tiles_have_three_sizes)
{
    struct kit kit;
    kit_begin(&kit);
    write_indexed("assets/a/i.png", 8, 8);
    struct workspace_asset *asset = add_glyph(&kit, 1, "a");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "i.png");
    asset->declaration.tile_size = 0;
    run(&kit, 1, 1);
    CHECK_FINDING(&kit.findings, 0, DIAG_DECLARATION_VALUE, "assets/a/asset.json", -1, "no sheet has such tiles");
    CHECK_STRING(kit.findings.items[0].place.json_pointer, "/output/metadata/tile_size");
    kit_end(&kit);
}

/* One asset of raw bytes whose declaration has one fault. */
static void check_metadata(enum workspace_asset_type type, const char *metadata, size_t size, const char *pointer,
                           const char *message)
{
    struct kit kit;
    uint8_t bytes[34816] = {0};
    char directory[32];
    static unsigned turn;
    kit_begin(&kit);
    unit_write_file("assets/r/raw", bytes, size);
    struct workspace_asset *asset = kit_add(&kit, 1, "r", type, WORKSPACE_FORMAT_RAW, metadata);
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "raw");
    (void)snprintf(directory, sizeof directory, "out%u", turn++);
    CHECK(kit_write(&kit, directory, 1) == (message == NULL));
    CHECK_U64(kit.findings.count, message != NULL);
    if (message != NULL) {
        CHECK_FINDING(&kit.findings, 0, DIAG_DECLARATION_VALUE, "assets/r/asset.json", -1, message);
        CHECK_STRING(kit.findings.count > 0 ? kit.findings.items[0].place.json_pointer : "", pointer);
    }
    kit_end(&kit);
}

#define SHEET(tile, width, height, count, authored)                                                                    \
    "{\"tile_size\":" #tile ",\"width\":" #width ",\"height\":" #height ",\"palette_count\":" #count                   \
    ",\"palette_authored\":" #authored "}"

UNIT_TEST(a_raw_sheet_declares_what_it_is)
{
    static const char range[] = " has a value that the bank cannot have";
    char message[80];
    check_metadata(WORKSPACE_ASSET_GLYPH, SHEET(8, 256, 256, 64, 1), 34816, NULL, NULL);
    check_metadata(WORKSPACE_ASSET_GLYPH, SHEET(32, 256, 256, 64, 64), 34816, NULL, NULL);
    check_metadata(WORKSPACE_ASSET_GLYPH, SHEET(16, 256, 256, 64, 1), 34815, "/inputs/sources",
                   "the source does not have the 34816 bytes that its bank requires");
    check_metadata(WORKSPACE_ASSET_GLYPH, SHEET(12, 256, 256, 64, 1), 34816, "/output/metadata/tile_size",
                   "tile_size has a value that the bank cannot have");
    check_metadata(WORKSPACE_ASSET_GLYPH, SHEET(64, 256, 256, 64, 1), 34816, "/output/metadata/tile_size",
                   "tile_size has a value that the bank cannot have");
    (void)snprintf(message, sizeof message, "width%s", range);
    check_metadata(WORKSPACE_ASSET_GLYPH, SHEET(8, 255, 256, 64, 1), 34816, "/output/metadata/width", message);
    (void)snprintf(message, sizeof message, "height%s", range);
    check_metadata(WORKSPACE_ASSET_GLYPH, SHEET(8, 256, 0, 64, 1), 34816, "/output/metadata/height", message);
    (void)snprintf(message, sizeof message, "palette_count%s", range);
    check_metadata(WORKSPACE_ASSET_GLYPH, SHEET(8, 256, 256, 256, 1), 34816, "/output/metadata/palette_count", message);
    (void)snprintf(message, sizeof message, "palette_authored%s", range);
    check_metadata(WORKSPACE_ASSET_GLYPH, SHEET(8, 256, 256, 64, 0), 34816, "/output/metadata/palette_authored",
                   message);
    check_metadata(WORKSPACE_ASSET_GLYPH, SHEET(8, 256, 256, 64, 65), 34816, "/output/metadata/palette_authored",
                   message);
    check_metadata(WORKSPACE_ASSET_GLYPH, SHEET(8, 256, 256, 64, "1"), 34816, "/output/metadata/palette_authored",
                   message);
    check_metadata(WORKSPACE_ASSET_GLYPH, SHEET(8, 256, 256, 64, -1), 34816, "/output/metadata/palette_authored",
                   message);
    check_metadata(WORKSPACE_ASSET_GLYPH, "{\"tile_size\":8,\"width\":256,\"height\":256,\"palette_authored\":1}",
                   34816, "/output/metadata", "a raw bank has to declare palette_count");
}

#define SOUND(rate, channels, frames) "{\"sample_rate\":" #rate ",\"channels\":" #channels ",\"frames\":" #frames "}"

UNIT_TEST(a_raw_sound_declares_what_it_is)
{
    check_metadata(WORKSPACE_ASSET_SOUND, SOUND(8000, 1, 10), 20, NULL, NULL);
    check_metadata(WORKSPACE_ASSET_SOUND, SOUND(48000, 1, 10), 20, NULL, NULL);
    check_metadata(WORKSPACE_ASSET_SOUND, SOUND(48000, 1, 0), 0, NULL, NULL);
    check_metadata(WORKSPACE_ASSET_SOUND, SOUND(7999, 1, 10), 20, "/output/metadata/sample_rate",
                   "sample_rate has a value that the bank cannot have");
    check_metadata(WORKSPACE_ASSET_SOUND, SOUND(48001, 1, 10), 20, "/output/metadata/sample_rate",
                   "sample_rate has a value that the bank cannot have");
    check_metadata(WORKSPACE_ASSET_SOUND, SOUND(8000, 2, 5), 20, "/output/metadata/channels",
                   "channels has a value that the bank cannot have");
    check_metadata(WORKSPACE_ASSET_SOUND, SOUND(8000, 0, 5), 0, "/output/metadata/channels",
                   "channels has a value that the bank cannot have");
    check_metadata(WORKSPACE_ASSET_SOUND, SOUND(8000, 1, 9007199254740991), 20, "/inputs/sources",
                   "the source does not have the frames x 2 bytes that its bank requires");
    check_metadata(WORKSPACE_ASSET_SOUND, "{\"sample_rate\":8000,\"channels\":1}", 20, "/output/metadata",
                   "a raw bank has to declare frames");
    check_metadata(WORKSPACE_ASSET_SOUND, SOUND(8000, 1, 10), 21, "/inputs/sources",
                   "the source does not have the frames x 2 bytes that its bank requires");
}

#define LOOPED(members) "{\"sample_rate\":8000,\"channels\":1,\"frames\":10," members "}"

static void check_loop(const char *metadata, const char *pointer, const char *message, unsigned line)
{
    struct kit kit;
    uint8_t bytes[20] = {0};
    kit_begin(&kit);
    unit_write_file("assets/a/x", bytes, sizeof bytes);
    struct workspace_asset *asset = kit_add(&kit, 1, "a", WORKSPACE_ASSET_SOUND, WORKSPACE_FORMAT_RAW, metadata);
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "x");
    char out[16];
    (void)snprintf(out, sizeof out, "out%u", line);
    if (kit_write(&kit, out, 1) != (pointer == NULL) || kit.findings.count != (pointer == NULL ? 0 : 1)) {
        CU_assertImplementation(CU_FALSE, line, metadata, __FILE__, "", CU_FALSE);
    } else if (pointer != NULL) {
        kit_check_finding(&kit.findings, 0, DIAG_SOUND_METADATA, "assets/a/asset.json", -1, message, __FILE__, line);
        CHECK_STRING(kit.findings.items[0].json_pointer, pointer);
    }
    kit_end(&kit);
}

#define CHECK_LOOP(members, pointer, message) check_loop(LOOPED(members), (pointer), (message), __LINE__)

UNIT_TEST(a_declared_loop_lies_inside_the_frames)
{
    static const char start[] = "/output/metadata/loop_start";
    static const char end[] = "/output/metadata/loop_end";
    CHECK_LOOP("\"loop_start\":0,\"loop_end\":10", NULL, NULL);
    CHECK_LOOP("\"loop_start\":9,\"loop_end\":10", NULL, NULL);
    CHECK_LOOP("\"loop_start\":0,\"loop_end\":11", end, "the loop ends after the last frame");
    CHECK_LOOP("\"loop_start\":5,\"loop_end\":5", start, "the loop does not begin before its end");
    CHECK_LOOP("\"loop_start\":5", start, "a loop has two ends");
    CHECK_LOOP("\"loop_end\":5", end, "a loop has two ends");
    CHECK_LOOP("\"loop_start\":-1,\"loop_end\":5", start, "the end of a loop is a number of a frame");
    CHECK_LOOP("\"loop_start\":0,\"loop_end\":\"5\"", end, "the end of a loop is a number of a frame");
}

UNIT_TEST(metadata_has_a_canonical_form)
{
    check_metadata(WORKSPACE_ASSET_SCENE, "{\"speed\":1.5}", 1, "/output/metadata",
                   "a number has a fraction, or lies beyond 2^53-1");
    check_metadata(WORKSPACE_ASSET_SCENE, "{\"pipeline\":{}}", 1, "/output/metadata/pipeline",
                   "pipeline belongs beside metadata, not inside it");
    char json[400] = "{\"a\":";
    size_t begin = strlen(json);
    memset(json + begin, '[', 123);
    memset(json + begin + 123, ']', 123);
    json[begin + 246] = '}';
    check_metadata(WORKSPACE_ASSET_SCENE, json, 1, NULL, NULL);
    memset(json + begin, '[', 124);
    memset(json + begin + 124, ']', 124);
    json[begin + 248] = '}';
    check_metadata(WORKSPACE_ASSET_SCENE, json, 1, "/output/metadata", "nested too deeply");
}

UNIT_TEST(a_pipeline_has_a_canonical_form)
{
    struct kit kit;
    kit_begin(&kit);
    unit_write_file("assets/a/x", "x", 1);
    struct workspace_asset *asset = kit_add(&kit, 1, "a", WORKSPACE_ASSET_SCENE, WORKSPACE_FORMAT_RAW, "{}");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "x");
    kit_pipeline(asset, "{\"gain\":0.5}");
    run(&kit, 1, 1);
    CHECK_FINDING(&kit.findings, 0, DIAG_DECLARATION_VALUE, "assets/a/asset.json", -1,
                  "a number has a fraction, or lies beyond 2^53-1");
    CHECK_STRING(kit.findings.items[0].place.json_pointer, "/output/pipeline");
    kit_end(&kit);
}

UNIT_TEST(decoded_size_agrees_with_the_bank)
{
    struct kit kit;
    uint8_t bytes[34816] = {0};
    kit_begin(&kit);
    unit_write_file("assets/a/x", bytes, sizeof bytes);
    unit_write_file("assets/b/x", bytes, 4);
    unit_write_file("assets/c/x", bytes, 4);
    struct workspace_asset *asset =
        kit_add(&kit, 1, "a", WORKSPACE_ASSET_GLYPH, WORKSPACE_FORMAT_RAW, SHEET(8, 256, 256, 64, 1));
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "x");
    asset->declaration.has_decoded_size = true;
    asset->declaration.decoded_size = 67584;
    asset = kit_add(&kit, 2, "b", WORKSPACE_ASSET_SOUND, WORKSPACE_FORMAT_RAW, SOUND(8000, 1, 2));
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "x");
    asset->declaration.has_decoded_size = true;
    asset->declaration.decoded_size = 4;
    asset = kit_add(&kit, 3, "c", WORKSPACE_ASSET_SCENE, WORKSPACE_FORMAT_RAW, "{}");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "x");
    asset->declaration.has_decoded_size = true;
    asset->declaration.decoded_size = UINT64_C(9007199254740991);
    CHECK(kit_write(&kit, "fine", 1));
    kit.workspace.assets[0].declaration.decoded_size--;
    kit.workspace.assets[1].declaration.decoded_size--;
    kit.workspace.assets[2].declaration.decoded_size++;
    run(&kit, 1, 3);
    CHECK_FINDING(&kit.findings, 0, DIAG_DECLARATION_VALUE, "assets/a/asset.json", -1,
                  "decoded_size is not the one that the bank requires");
    CHECK_FINDING(&kit.findings, 1, DIAG_DECLARATION_VALUE, "assets/b/asset.json", -1,
                  "decoded_size is not the one that the bank requires");
    CHECK_FINDING(&kit.findings, 2, DIAG_DECLARATION_VALUE, "assets/c/asset.json", -1, "decoded_size is beyond 2^53-1");
    CHECK_STRING(kit.findings.items[0].expected, "67584");
    CHECK_STRING(kit.findings.items[1].actual, "3");
    kit_end(&kit);
}

UNIT_TEST(a_raw_sheet_has_no_palettes_beyond_the_authored_ones)
{
    struct kit kit;
    uint8_t bytes[34816] = {0};
    kit_begin(&kit);
    memset(bytes, 0xFF, 32768 + 96);
    unit_write_file("assets/a/x", bytes, sizeof bytes);
    struct workspace_asset *asset =
        kit_add(&kit, 1, "a", WORKSPACE_ASSET_GLYPH, WORKSPACE_FORMAT_RAW, SHEET(8, 256, 256, 64, 3));
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "x");
    CHECK(kit_write(&kit, "fine", 1));
    bytes[34815] = 1;
    unit_write_file("assets/a/x", bytes, sizeof bytes);
    run(&kit, 1, 1);
    CHECK_FINDING(&kit.findings, 0, DIAG_DECLARATION_VALUE, "assets/a/x", 34815,
                  "palette 63 is not all zero, but palette_authored is 3");
    base_findings_free(&kit.findings);
    bytes[32768 + 96] = 7;
    unit_write_file("assets/a/x", bytes, sizeof bytes);
    CHECK(!kit_write(&kit, "again", 1));
    CHECK_FINDING(&kit.findings, 0, DIAG_DECLARATION_VALUE, "assets/a/x", 32768 + 96,
                  "palette 3 is not all zero, but palette_authored is 3");
    kit_end(&kit);
}

UNIT_TEST(a_format_with_sources_takes_one)
{
    struct kit kit;
    kit_begin(&kit);
    (void)kit_add(&kit, 1, "a", WORKSPACE_ASSET_SCENE, WORKSPACE_FORMAT_RAW, "{}");
    struct workspace_asset *asset = kit_add(&kit, 2, "b", WORKSPACE_ASSET_SOUND, WORKSPACE_FORMAT_SOUND_PCM16LE, "{}");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "x");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "y");
    run(&kit, 1, 2);
    CHECK_FINDING(&kit.findings, 0, DIAG_DECLARATION_VALUE, "assets/a/asset.json", -1,
                  "this format takes exactly one source");
    CHECK_FINDING(&kit.findings, 1, DIAG_DECLARATION_VALUE, "assets/b/asset.json", -1,
                  "this format takes exactly one source");
    kit_end(&kit);
}

/* Faults of slots and of sources are found in one run; a clash costs no asset its own report. */
UNIT_TEST(slot_faults_do_not_hide_others)
{
    struct kit kit;
    kit_begin(&kit);
    for (int32_t id = 1; id <= 2; id++) {
        struct workspace_asset *asset =
            kit_add(&kit, id, id == 1 ? "a" : "b", WORKSPACE_ASSET_SCENE, WORKSPACE_FORMAT_RAW, "{}");
        kit_input(asset, WORKSPACE_ROLE_SOURCES, "missing");
        kit_preload(asset, 4);
    }
    unit_write_file("assets/a/y", "", 0);
    unit_write_file("assets/b/y", "", 0);
    run(&kit, 2, 3);
    CHECK_FINDING(&kit.findings, 0, DIAG_SLOT_CLASH, "assets/b/asset.json", -1, "slot 4 of SCENE is taken by asset 1");
    CHECK_FINDING(&kit.findings, 1, DIAG_INPUT_MISSING, "assets/a/missing", -1, NULL);
    CHECK_FINDING(&kit.findings, 2, DIAG_INPUT_MISSING, "assets/b/missing", -1, NULL);
    kit_end(&kit);
}
