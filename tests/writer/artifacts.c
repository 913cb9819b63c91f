#include "writer/writer.h"

#include "base/hash.h"
#include "tests/writer/kit.h"

#include <fcntl.h>
#include <locale.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { GLYPH_SIZE = 34816 };

static const char table[] =
    "[{\"asset_id\":2,\"asset_name\":\"hero\",\"bank_type\":\"GLYPH\",\"codec\":\"NONE\",\"decoded_size\":67584,"
    "\"metadata\":{\"height\":256,\"mood\":\"gl\xC3\xBC"
    "ck\",\"palette_authored\":1,\"palette_count\":64,\"tile_size\":8,\"width\":256},"
    "\"offset\":0,\"size\":34816},"
    "{\"asset_id\":5,\"asset_name\":\"beep\",\"bank_type\":\"SOUNDS\",\"codec\":\"NONE\",\"decoded_size\":8,"
    "\"metadata\":{\"channels\":1,\"frames\":4,\"sample_rate\":8000},\"offset\":34816,\"size\":8},"
    "{\"asset_id\":7,\"asset_name\":\"level\",\"bank_type\":\"SCENE\",\"codec\":\"NONE\",\"decoded_size\":100,"
    "\"metadata\":{\"a\":[1,{\"b\":2,\"c\":1}],\"z\":\"\\n\"},\"offset\":34824,\"size\":5},"
    "{\"asset_id\":9,\"asset_name\":\"sheet\",\"bank_type\":\"GLYPH\",\"codec\":\"NONE\",\"decoded_size\":67584,"
    "\"metadata\":{\"height\":256,\"palette_authored\":2,\"palette_count\":64,\"tile_size\":16,\"width\":256},"
    "\"offset\":34829,\"size\":34816},"
    "{\"asset_id\":12,\"asset_name\":\"noise\",\"bank_type\":\"SOUNDS\",\"codec\":\"NONE\",\"decoded_size\":8,"
    "\"metadata\":{\"channels\":1,\"frames\":4,\"sample_rate\":48000},\"offset\":69645,\"size\":8},"
    "{\"asset_id\":13,\"asset_name\":\"void\",\"bank_type\":\"SCENE\",\"codec\":\"NONE\",\"decoded_size\":0,"
    "\"metadata\":{},\"offset\":69653,\"size\":0}]";
static const char preload[] = "[{\"asset_id\":2,\"slot\":0},{\"asset_id\":9,\"slot\":7},{\"asset_id\":12,\"slot\":0},"
                              "{\"asset_id\":5,\"slot\":3},{\"asset_id\":7,\"slot\":0}]";
enum { PAYLOAD_SIZE = 69653 };

static void store_raw_sheet(uint8_t bytes[GLYPH_SIZE])
{
    for (unsigned i = 0; i < GLYPH_SIZE; i++) {
        bytes[i] = i < 32768 + 64 ? (uint8_t)((i * 5 + 1) % 256) : 0;
    }
}

/* Six assets: every format, and what else changes the artifacts. */
static void make_workspace(struct kit *kit)
{
    static const uint32_t palette[3] = {0xFF00FF, 0xFF0000, 0x0000FF};
    uint8_t indices[128] = {0, 1, 2, 0, 2, 1};
    static const int samples[4] = {0, 65536, -65536, 0x7FFF0000};
    uint8_t sheet[GLYPH_SIZE];
    indices[8] = 2; /* the second tile */
    indices[127] = 1;
    store_raw_sheet(sheet);
    kit_begin(kit);
    kit_png_indexed("assets/hero/a.png", 16, 8, palette, 3, indices);
    kit_sound("assets/beep/b.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 1, samples, 4);
    unit_write_file("assets/level/l.bin", "hello", 5);
    unit_write_file("assets/sheet/s.bin", sheet, sizeof sheet);
    unit_write_file("assets/noise/n.raw", "\1\0\2\0\3\0\4\0", 8);
    unit_write_file("assets/void/v", "", 0);
    struct workspace_asset *asset = kit_add(kit, 2, "hero", WORKSPACE_ASSET_GLYPH, WORKSPACE_FORMAT_GLYPH_INDEXED,
                                            "{\"tile_size\":8,\"mood\":\"gl\xC3\xBC"
                                            "ck\",\"width\":256}");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "a.png");
    kit_preload(asset, -1);
    asset = kit_add(kit, 5, "beep", WORKSPACE_ASSET_SOUND, WORKSPACE_FORMAT_SOUND_PCM16LE, "{\"frames\":4}");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "b.wav");
    kit_preload(asset, 3);
    asset = kit_add(kit, 7, "level", WORKSPACE_ASSET_SCENE, WORKSPACE_FORMAT_RAW,
                    "{\"z\":\"\\n\",\"a\":[1,{\"c\":1,\"b\":2}]}");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "l.bin");
    kit_preload(asset, -1);
    kit_pipeline(asset, "{\"steps\":[\"x\",null,true],\"order\":1}");
    asset->declaration.has_decoded_size = true;
    asset->declaration.decoded_size = 100;
    asset = kit_add(kit, 9, "sheet", WORKSPACE_ASSET_GLYPH, WORKSPACE_FORMAT_RAW,
                    "{\"tile_size\":16,\"width\":256,\"height\":256,\"palette_count\":64,\"palette_authored\":2}");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "s.bin");
    kit_preload(asset, 7);
    asset = kit_add(kit, 12, "noise", WORKSPACE_ASSET_SOUND, WORKSPACE_FORMAT_RAW,
                    "{\"sample_rate\":48000,\"channels\":1,\"frames\":4}");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "n.raw");
    kit_preload(asset, -1);
    asset = kit_add(kit, 13, "void", WORKSPACE_ASSET_SCENE, WORKSPACE_FORMAT_RAW, "{}");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "v");
}

static void check_hash(const char *what, struct base_bytes bytes, const char *expected)
{
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(base_hash_of(bytes), hex);
    (void)unit_check_string(hex, expected, what, __FILE__, __LINE__);
}

UNIT_TEST(pins_the_pack)
{
    struct kit kit;
    make_workspace(&kit);
    CHECK(kit_write(&kit, "out", 1));
    CHECK_U64(kit.findings.count, 0);
    struct base_text pack = kit_read("out/assets.pa");
    struct base_text header = BASE_TEXT_EMPTY;
    base_text_addf(&header, "{\"asset_table\":%s,\"preload\":%s}", table, preload);
    REQUIRE(pack.size == 32 + header.size + PAYLOAD_SIZE);
    CHECK_U64(base_load_le32((const uint8_t *)pack.data + 8), header.size);
    CHECK_U64(base_load_le64((const uint8_t *)pack.data + 12), 32 + header.size);
    CHECK(memcmp(pack.data + 32, header.data, header.size) == 0);
    check_hash("assets.pa", base_text_bytes(&pack), "d851a372419d8916e74c6e3b25170f3a");
    base_text_free(&pack);
    base_text_free(&header);
    kit_end(&kit);
}

UNIT_TEST(pins_the_payloads)
{
    struct kit kit;
    uint8_t sheet[GLYPH_SIZE];
    make_workspace(&kit);
    store_raw_sheet(sheet);
    CHECK(kit_write(&kit, "out", 1));
    struct base_text pack = kit_read("out/assets.pa");
    REQUIRE(pack.size > PAYLOAD_SIZE);
    const uint8_t *region = (const uint8_t *)pack.data + (pack.size - PAYLOAD_SIZE);
    static const uint8_t begin[8] = {0x01, 0x20, 0x21, 0x00, 0x20, 0x00, 0x00, 0x00};
    CHECK(memcmp(region, begin, sizeof begin) == 0);
    CHECK_U64(region[7 * 128 + 7], 0x01);
    unsigned used = 0;
    for (unsigned i = 0; i < 32768; i++) {
        used += region[i] != 0;
    }
    CHECK_U64(used, 5);
    static const uint8_t palette[8] = {0x1F, 0xF8, 0x00, 0xF8, 0x1F, 0x00, 0x00, 0x00};
    CHECK(memcmp(region + 32768, palette, sizeof palette) == 0);
    static const uint8_t samples[8] = {0x00, 0x00, 0x01, 0x00, 0xFF, 0xFF, 0xFF, 0x7F};
    CHECK(memcmp(region + 34816, samples, sizeof samples) == 0);
    CHECK(memcmp(region + 34824, "hello", 5) == 0);
    CHECK(memcmp(region + 34829, sheet, GLYPH_SIZE) == 0);
    CHECK(memcmp(region + 69645, "\1\0\2\0\3\0\4\0", 8) == 0);
    base_text_free(&pack);
    kit_end(&kit);
}

UNIT_TEST(companions_mirror_the_header)
{
    struct kit kit;
    make_workspace(&kit);
    CHECK(kit_write(&kit, "out", 1));
    struct base_text text = kit_read("out/asset_table.json");
    CHECK_STRING(base_text_string(&text), table);
    base_text_free(&text);
    text = kit_read("out/preload.json");
    CHECK_STRING(base_text_string(&text), preload);
    base_text_free(&text);
    kit_end(&kit);
}

/* The PNG's own bytes depend on the library that compresses them, so its size and hash are put in. */
static void add_png_input(struct base_text *text)
{
    struct base_text png = kit_read("assets/hero/a.png");
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(base_hash_of(base_text_bytes(&png)), hex);
    base_text_addf(text, "{\"path\":\"a.png\",\"size\":%zu,\"xxh3_128\":\"%s\"}", png.size, hex);
    base_text_free(&png);
}

static void expect_metadata(struct base_text *text)
{
    static const char uuid[] = "00000000-0000-4000-8000-0000000000";
    base_text_addf(text,
                   "{\"assets\":[{\"asset_id\":2,\"asset_root\":\"hero\",\"asset_uuid\":\"%s02\","
                   "\"decoded_xxh3_128\":\"fb6cfbd3bf4eb3a8579314755f5993ca\",\"inputs\":[",
                   uuid);
    add_png_input(text);
    base_text_addf(
        text,
        "],\"payload_xxh3_128\":\"20e13a114735e7d9ffa6260fd36fe587\","
        "\"tiles\":[{\"columns\":2,\"palette\":0,\"path\":\"a.png\",\"rows\":1,\"tile\":0}]},"
        "{\"asset_id\":5,\"asset_root\":\"beep\",\"asset_uuid\":\"%s05\","
        "\"decoded_xxh3_128\":\"16ca9d17aa18b4ce2e3bc0b73d2fcc6a\",\"inputs\":[{\"path\":\"b.wav\",\"size\":52,"
        "\"xxh3_128\":\"5c54c5e0e16913fd05fe27a5c067f39c\"}],\"payload_xxh3_128\":\"16ca9d17aa18b4ce2e3bc0b73d2fcc6a\"}"
        ","
        "{\"asset_id\":7,\"asset_root\":\"level\",\"asset_uuid\":\"%s07\","
        "\"decoded_xxh3_128\":\"b5e9c1ad071b3e7fc779cfaa5e523818\",\"inputs\":[{\"path\":\"l.bin\",\"size\":5,"
        "\"xxh3_128\":\"b5e9c1ad071b3e7fc779cfaa5e523818\"}],\"payload_xxh3_128\":\"b5e9c1ad071b3e7fc779cfaa5e523818\","
        "\"pipeline\":{\"order\":1,\"steps\":[\"x\",null,true]}},",
        uuid, uuid);
    base_text_addf(
        text,
        "{\"asset_id\":9,\"asset_root\":\"sheet\",\"asset_uuid\":\"%s09\","
        "\"decoded_xxh3_128\":\"4d4dd24aa2c1642f029a4a5e6871f5b6\",\"inputs\":[{\"path\":\"s.bin\",\"size\":34816,"
        "\"xxh3_128\":\"1773415d879ddbd8485bce5c91820c03\"}],\"payload_xxh3_128\":\"1773415d879ddbd8485bce5c91820c03\"}"
        ","
        "{\"asset_id\":12,\"asset_root\":\"noise\",\"asset_uuid\":\"%s12\","
        "\"decoded_xxh3_128\":\"ef4c08129e4a6e43467a662f5ec0f267\",\"inputs\":[{\"path\":\"n.raw\",\"size\":8,"
        "\"xxh3_128\":\"ef4c08129e4a6e43467a662f5ec0f267\"}],\"payload_xxh3_128\":\"ef4c08129e4a6e43467a662f5ec0f267\"}"
        ","
        "{\"asset_id\":13,\"asset_root\":\"void\",\"asset_uuid\":\"%s13\","
        "\"decoded_xxh3_128\":\"99aa06d3014798d86001c324468d497f\",\"inputs\":[{\"path\":\"v\",\"size\":0,"
        "\"xxh3_128\":\"99aa06d3014798d86001c324468d497f\"}],\"payload_xxh3_128\":\"99aa06d3014798d86001c324468d497f\"}"
        "],",
        uuid, uuid, uuid);
    base_text_add_string(text, "\"assets_pa\":{\"header_xxh3_128\":\"20a11a9dbd728e54227c9c3dd15ef156\",\"size\":70894,"
                               "\"xxh3_128\":\"d851a372419d8916e74c6e3b25170f3a\"}");
}

/* Hashes that are written out here are those that xxhsum -H2 prints. */
UNIT_TEST(pins_the_metadata)
{
    struct kit kit;
    struct base_text expected = BASE_TEXT_EMPTY;
    struct base_text hashed = BASE_TEXT_EMPTY;
    char hex[BASE_HASH_HEX + 1];
    make_workspace(&kit);
    CHECK(kit_write(&kit, "out", 1));
    expect_metadata(&expected);
    base_text_addf(&hashed, "%s,\"hash\":\"xxh3-128\",\"schema_version\":2}", base_text_string(&expected));
    base_hash_to_hex(base_hash_of(base_text_bytes(&hashed)), hex);
    base_text_addf(&expected, ",\"document_xxh3_128\":\"%s\",\"hash\":\"xxh3-128\",\"schema_version\":2}", hex);
    struct base_text text = kit_read("out/asset_table_metadata.json");
    CHECK_U64(text.size, expected.size);
    CHECK_STRING(base_text_string(&text), base_text_string(&expected));
    base_text_free(&text);
    base_text_free(&hashed);
    base_text_free(&expected);
    kit_end(&kit);
}

static void check_same(const char *a, const char *b)
{
    struct base_text left = kit_read(a);
    struct base_text right = kit_read(b);
    CHECK(base_bytes_equal(base_text_bytes(&left), base_text_bytes(&right)));
    base_text_free(&left);
    base_text_free(&right);
}

UNIT_TEST(bytes_do_not_depend_on_workers_or_locale)
{
    struct kit kit;
    make_workspace(&kit);
    CHECK(kit_write(&kit, "one", 1));
    CHECK(kit_write(&kit, "two", 2));
    CHECK(kit_write(&kit, "five", 5));
    (void)setlocale(LC_ALL, "de_DE.UTF-8");
    CHECK(kit_write(&kit, "all", 0));
    (void)setlocale(LC_ALL, "C");
    static const char *const names[] = {"assets.pa", "asset_table.json", "preload.json", "asset_table_metadata.json"};
    static const char *const others[] = {"two", "five", "all"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        for (size_t k = 0; k < sizeof others / sizeof others[0]; k++) {
            char one[64];
            char other[64];
            (void)snprintf(one, sizeof one, "one/%s", names[i]);
            (void)snprintf(other, sizeof other, "%s/%s", others[k], names[i]);
            check_same(one, other);
        }
    }
    kit_end(&kit);
}

UNIT_TEST(an_empty_build_set_is_packed)
{
    struct kit kit;
    kit_begin(&kit);
    CHECK(kit_write(&kit, "out", 0));
    CHECK_U64(kit.findings.count, 0);
    struct base_text pack = kit_read("out/assets.pa");
    CHECK_U64(pack.size, 32 + 31);
    CHECK_STRING(pack.data + 32, "{\"asset_table\":[],\"preload\":[]}");
    base_text_free(&pack);
    kit_end(&kit);
}

struct progress {
    unsigned calls;
    struct base_progress last;
};

static void note(void *context, const struct base_progress *seen)
{
    struct progress *progress = context;
    if (seen->phase != BASE_PHASE_PACKING) {
        return;
    }
    CHECK(seen->done >= progress->last.done);
    *progress = (struct progress){progress->calls + 1, *seen};
}

UNIT_TEST(a_refusal_shows_no_packing)
{
    struct kit kit;
    struct progress progress = {.calls = 0};
    struct writer_summary summary;
    make_workspace(&kit);
    kit_input(&kit.workspace.assets[5], WORKSPACE_ROLE_SOURCES, "missing");
    CHECK(mkdir(unit_path("out"), 0777) == 0);
    int fd = open(unit_path("out"), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct base_task task = BASE_TASK_INIT;
    task.progress = note;
    task.progress_context = &progress;
    struct writer_options options = {.task = &task, .jobs = 1};
    CHECK(!writer_write_artifacts(&kit.workspace, fd, "staging", &options, &summary, &kit.findings));
    CHECK_U64(progress.calls, 0);
    CHECK_U64(summary.assets, 0);
    (void)close(fd);
    kit_end(&kit);
}

UNIT_TEST(says_how_far_it_is_and_what_it_did)
{
    struct kit kit;
    struct progress progress = {.calls = 0};
    struct writer_summary summary;
    make_workspace(&kit);
    CHECK(mkdir(unit_path("out"), 0777) == 0);
    int fd = open(unit_path("out"), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct base_task task = BASE_TASK_INIT;
    task.progress = note;
    task.progress_context = &progress;
    struct writer_options options = {.task = &task, .jobs = 3};
    CHECK(writer_write_artifacts(&kit.workspace, fd, "staging", &options, &summary, &kit.findings));
    CHECK(progress.calls >= 1);
    CHECK_U64(progress.last.phase, BASE_PHASE_PACKING);
    CHECK_U64(progress.last.unit, BASE_UNIT_BYTES);
    CHECK_U64(progress.last.done, PAYLOAD_SIZE);
    CHECK_U64(progress.last.total, PAYLOAD_SIZE);
    struct base_text png = kit_read("assets/hero/a.png");
    CHECK_U64(summary.assets, 6);
    CHECK_U64(summary.preloads, 5);
    CHECK_U64(summary.pack_size, 70894);
    CHECK_U64(summary.input_bytes, png.size + 52 + 5 + 34816 + 8);
    base_text_free(&png);
    (void)close(fd);
    kit_end(&kit);
}

/* Palettes of all kinds at indices with gaps, sprites of several kinds, and one file used twice. */
UNIT_TEST(declared_palettes_stand_at_their_index)
{
    struct kit kit;
    static const uint32_t palette[2] = {0x000000, 0x00FF00};
    static const uint8_t indices[64] = {0, 1};
    uint32_t pixels[64] = {0xFF0000FF, 0x00000000, 0xFFFF0000};
    kit_begin(&kit);
    for (unsigned i = 3; i < 64; i++) {
        pixels[i] = 0xFF0000FF;
    }
    unit_write_file("assets/g/a.gpl", "GIMP Palette\n0 0 0\n0 0 255\n255 0 0\n", 35);
    unit_write_file("assets/g/b.hex", "#000000\n#00ff00\n", 16);
    kit_png_indexed("assets/g/i.png", 8, 8, palette, 2, indices);
    kit_png_rgba("assets/g/t.png", 8, 8, pixels);
    struct workspace_asset *asset =
        kit_add(&kit, 1, "g", WORKSPACE_ASSET_GLYPH, WORKSPACE_FORMAT_GLYPH_INDEXED, "{\"tile_size\":8}");
    kit_palette(asset, 2, "a.gpl");
    kit_palette(asset, 9, "b.hex");
    kit_palette(asset, 10, "i.png");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "t.png");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "i.png");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "t.png");
    CHECK(kit_write(&kit, "out", 1));
    CHECK_U64(kit.findings.count, 0);
    struct base_text pack = kit_read("out/assets.pa");
    CHECK(strstr(pack.data + 32, "\"palette_authored\":11,") != NULL);
    const uint8_t *payload = (const uint8_t *)pack.data + (pack.size - GLYPH_SIZE);
    CHECK_U64(payload[0], 0x10); /* tile 0: blue, transparent, red, blue */
    CHECK_U64(payload[1], 0x21);
    CHECK_U64(payload[4], 0x01); /* tile 1: black is the transparent colour of palette 9; green */
    CHECK_U64(payload[8], 0x10); /* tile 2 */
    CHECK_U64(payload[32768 + 2 * 32 + 4], 0x00);
    CHECK_U64(payload[32768 + 2 * 32 + 5], 0xF8);
    CHECK_U64(payload[32768 + 9 * 32 + 2], 0xE0);
    CHECK_U64(payload[32768 + 10 * 32 + 3], 0x07);
    CHECK_U64(payload[32768], 0);
    base_text_free(&pack);
    kit_end(&kit);
}

/* Truecolour sprites of an asset without declared palettes take those of its indexed ones, also of later ones. */
UNIT_TEST(collected_palettes_serve_all_sprites)
{
    struct kit kit;
    static const uint32_t one[2] = {0x111111, 0xFFFFFF};
    static const uint32_t two[3] = {0x222222, 0xEEEEEE, 0xDDDDDD};
    static const uint8_t indices[64] = {1, 0};
    uint32_t pixels[64] = {0xFFDDDDDD};
    kit_begin(&kit);
    kit_png_rgba("assets/g/0.png", 8, 8, pixels);
    kit_png_indexed("assets/g/1.png", 8, 8, one, 2, indices);
    kit_png_indexed("assets/g/2.png", 8, 8, two, 3, indices);
    kit_png_indexed("assets/g/3.png", 8, 8, one, 2, indices);
    struct workspace_asset *asset =
        kit_add(&kit, 1, "g", WORKSPACE_ASSET_GLYPH, WORKSPACE_FORMAT_GLYPH_INDEXED, "{\"tile_size\":8}");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "0.png");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "1.png");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "2.png");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "3.png");
    CHECK(kit_write(&kit, "out", 1));
    CHECK_U64(kit.findings.count, 0);
    struct base_text pack = kit_read("out/assets.pa");
    CHECK(strstr(pack.data + 32, "\"palette_authored\":2,") != NULL);
    const uint8_t *payload = (const uint8_t *)pack.data + (pack.size - GLYPH_SIZE);
    CHECK_U64(payload[0], 0x20);
    CHECK_U64(payload[4], 0x10);
    CHECK_U64(payload[8], 0x10);
    CHECK_U64(payload[12], 0x10);
    CHECK_U64(base_load_le16(payload + 32768 + 32), 0x2104);
    base_text_free(&pack);
    kit_end(&kit);
}

/* Spare colours beyond the sixteenth are no fault as long as no pixel has them. */
UNIT_TEST(sprites_may_have_spare_colours)
{
    struct kit kit;
    uint32_t palette[20];
    uint8_t indices[64] = {15, 14};
    for (uint32_t i = 0; i < 20; i++) {
        palette[i] = i * 0x080808;
    }
    kit_begin(&kit);
    kit_png_indexed("assets/g/i.png", 8, 8, palette, 20, indices);
    struct workspace_asset *asset =
        kit_add(&kit, 1, "g", WORKSPACE_ASSET_GLYPH, WORKSPACE_FORMAT_GLYPH_INDEXED, "{\"tile_size\":8}");
    kit_input(asset, WORKSPACE_ROLE_SPRITES, "i.png");
    CHECK(kit_write(&kit, "out", 1));
    struct base_text pack = kit_read("out/assets.pa");
    const uint8_t *payload = (const uint8_t *)pack.data + (pack.size - GLYPH_SIZE);
    CHECK_U64(payload[0], 0xFE);
    CHECK_U64(base_load_le16(payload + 32768 + 30), 0x7BCF);
    for (unsigned i = 32768 + 32; i < GLYPH_SIZE; i++) {
        CHECK(payload[i] == 0);
    }
    base_text_free(&pack);
    indices[63] = 16;
    kit_png_indexed("assets/g/i.png", 8, 8, palette, 20, indices);
    CHECK(!kit_write(&kit, "again", 1));
    CHECK_U64(kit.findings.count, 1);
    CHECK_FINDING(&kit.findings, 0, DIAG_PALETTE_INVALID, "assets/g/i.png", -1,
                  "pixel x 7, y 7: a palette has 16 colours: 1 pixel, in tile 0 (x 7, y 7 in it)");
    kit_end(&kit);
}

/* More than is decoded from memory. */
UNIT_TEST(large_sounds_are_decoded_from_the_file)
{
    enum { FRAMES = 4500000 };
    static const size_t size = (size_t)FRAMES * 2;
    struct kit kit;
    int *samples = calloc(FRAMES, sizeof *samples);
    REQUIRE(samples != NULL);
    for (int i = 0; i < FRAMES; i++) {
        samples[i] = (i % 60000 - 30000) * 65536;
    }
    kit_begin(&kit);
    kit_sound("assets/s/s.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44100, 1, samples, FRAMES);
    free(samples);
    struct workspace_asset *asset = kit_add(&kit, 1, "s", WORKSPACE_ASSET_SOUND, WORKSPACE_FORMAT_SOUND_PCM16LE, "{}");
    kit_input(asset, WORKSPACE_ROLE_SOURCES, "s.wav");
    CHECK(kit_write(&kit, "out", 1));
    CHECK_U64(kit.findings.count, 0);
    struct base_text pack = kit_read("out/assets.pa");
    struct base_text wav = kit_read("assets/s/s.wav");
    REQUIRE(pack.size > size && wav.size == size + 44);
    CHECK(memcmp(pack.data + (pack.size - size), wav.data + 44, size) == 0);
    struct base_text text = kit_read("out/asset_table_metadata.json");
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(base_hash_of(base_text_bytes(&wav)), hex);
    CHECK(strstr(base_text_string(&text), hex) != NULL);
    base_text_free(&text);
    base_text_free(&pack);
    base_text_free(&wav);
    kit_end(&kit);
}

/* Several times the pieces in which a document is handed on. */
UNIT_TEST(large_documents_are_whole)
{
    struct kit kit;
    struct base_text json = BASE_TEXT_EMPTY;
    kit_begin(&kit);
    base_text_add_string(&json, "[\"");
    for (unsigned i = 0; i < 30000; i++) {
        base_text_add_string(&json, "0123456789");
    }
    base_text_add_string(&json, "\"]");
    unit_write_file("assets/a/x", "x", 1);
    for (int32_t id = 1; id <= 5; id++) {
        struct workspace_asset *asset = kit_add(&kit, id, "a", WORKSPACE_ASSET_SCENE, WORKSPACE_FORMAT_RAW, "{}");
        kit_input(asset, WORKSPACE_ROLE_SOURCES, "x");
        kit_pipeline(asset, base_text_string(&json));
    }
    CHECK(kit_write(&kit, "out", 2));
    struct base_text text = kit_read("out/asset_table_metadata.json");
    CHECK(text.size > 1500000);
    static const char marker[] = "\"document_xxh3_128\":\"";
    char *member = strstr(text.data, marker);
    REQUIRE(member != NULL);
    struct base_text without = BASE_TEXT_EMPTY;
    char *rest = member + strlen(marker) + BASE_HASH_HEX + 2;
    base_text_add(&without, base_bytes_make(text.data, (size_t)(member - text.data)));
    base_text_add_string(&without, rest);
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(base_hash_of(base_text_bytes(&without)), hex);
    CHECK(strncmp(member + strlen(marker), hex, BASE_HASH_HEX) == 0);
    base_text_free(&without);
    base_text_free(&text);
    base_text_free(&json);
    kit_end(&kit);
}
