#include "fuzz/projects/scenario.h"

#include "fuzz/lib/scratch.h"
#include "fuzz/projects/media.h"
#include "fuzz/projects/scenario_json.h"

#include <stdio.h>
#include <string.h>

/* Levels that metadata and pipeline may have: three are around metadata in the pack's header. */
enum { MOST_LEVELS = 124, SHEET = 34816, PLANE = 32768, PALETTE = 32 };

static const char *const banks[] = {"GLYPH", "SOUNDS", "SCENE"};
static const char *const types[] = {"glyph_bank", "sound_bank", "scene_bank"};

/* What is wrong with an asset. Each must be refused when the asset is in the build set. */
enum wrong {
    RIGHT,
    WRONG_NAME,     /* that of the asset before */
    WRONG_MEMBER,   /* metadata that disagrees with the sources or the bank */
    WRONG_SIZE,     /* a source one byte short */
    WRONG_PALETTE,  /* a palette that is not authored and not zero */
    WRONG_DECODED,  /* another decoded_size than the bank has */
    WRONG_SLOT,     /* one slot twice */
    WRONG_UUID,     /* not the registry's */
    WRONG_MISSING,  /* no source */
    WRONG_FOLDER,   /* a directory for a source */
    WRONG_LINK,     /* a link out of the root for a source */
    WRONG_ANCHOR,   /* no asset.json */
    WRONG_DOCUMENT, /* an asset.json that is not JSON */
    WRONGS
};

/* One asset on its way to disk. */
struct draft {
    enum wrong wrong;
    struct scenario *scenario;
    struct scenario_asset *asset;
    struct base_bytes *input;
    size_t index;
    struct fuzz_text inputs; /* the members of `inputs` */
    const char *format;      /* after the bank */
    char fixed[160];         /* the first members of metadata */
};

static void write_source(const struct draft *draft, const char *name, const struct fuzz_text *bytes)
{
    char path[64];
    (void)snprintf(path, sizeof path, "project/assets/a%zu/%s", draft->index, name);
    scratch_remove(path);
    if (draft->wrong == WRONG_FOLDER) {
        scratch_make(path);
    } else if (draft->wrong == WRONG_LINK) {
        scratch_link(path, "../../outside");
    } else if (draft->wrong != WRONG_MISSING) {
        scratch_write(path, fuzz_text_bytes(bytes));
    }
}

/* ---- Raw formats ---- */

static void fill(struct fuzz_text *out, struct base_bytes *input, size_t size)
{
    struct base_bytes front = fuzz_take_front(input, size);
    static const uint8_t zero[256];
    fuzz_text_add(out, front.data, front.size);
    while (out->size < size) {
        fuzz_text_add(out, zero, size - out->size < sizeof zero ? size - out->size : sizeof zero);
    }
}

static void draw_raw_glyph(struct draft *draft)
{
    struct scenario_asset *asset = draft->asset;
    unsigned authored = 1 + fuzz_take_below(draft->input, 64);
    unsigned tile = 8U << fuzz_take_below(draft->input, 3);
    fill(&asset->source, draft->input, SHEET);
    /* The last authored palette is used, and nothing after it. */
    memset(asset->source.data + PLANE + (size_t)authored * PALETTE, 0, SHEET - PLANE - (size_t)authored * PALETTE);
    asset->source.data[PLANE + authored * PALETTE - 1] = fuzz_take_u8(draft->input);
    if (draft->wrong == WRONG_PALETTE && authored < 64) {
        asset->source.data[PLANE + authored * PALETTE] = 1;
        draft->scenario->wrong = draft->scenario->wrong || asset->included;
    }
    asset->decoded_size = 67584;
    (void)snprintf(draft->fixed, sizeof draft->fixed,
                   "\"width\":%d,\"tile_size\":%u,\"palette_authored\":%u,\"palette_count\":64,\"height\":256",
                   draft->wrong == WRONG_MEMBER ? 255 : 256, tile, authored);
}

static void draw_raw_sound(struct draft *draft)
{
    struct scenario_asset *asset = draft->asset;
    unsigned frames = fuzz_take_below(draft->input, 200);
    unsigned rate = 8000 + fuzz_take_u16(draft->input) % 40001U;
    fill(&asset->source, draft->input, (size_t)frames * 2);
    asset->decoded_size = asset->source.size;
    (void)snprintf(draft->fixed, sizeof draft->fixed, "\"channels\":1,\"sample_rate\":%u,\"frames\":%u", rate,
                   draft->wrong == WRONG_MEMBER ? frames + 1 : frames);
}

static void draw_scene(struct draft *draft)
{
    struct scenario_asset *asset = draft->asset;
    fill(&asset->source, draft->input, fuzz_take_u8(draft->input));
    asset->decoded_size = fuzz_take_u8(draft->input) < 64 ? fuzz_take_u64(draft->input) >> 11 : asset->source.size;
}

static void draw_raw(struct draft *draft)
{
    draft->asset->raw = true;
    draft->format = "raw_v1";
    if (draft->asset->bank == 0) {
        draw_raw_glyph(draft);
    } else if (draft->asset->bank == 1) {
        draw_raw_sound(draft);
    } else {
        draw_scene(draft);
    }
    if (draft->wrong == WRONG_SIZE && draft->asset->source.size > 0) {
        draft->asset->source.size--;
    }
    if (draft->wrong == WRONG_DECODED) {
        draft->asset->decoded_size++;
    }
    write_source(draft, "source", &draft->asset->source);
    scenario_add(&draft->inputs, "\"sources\":[\"source\"]");
}

/* ---- Images ---- */

/* Colours that a small set has again and again, so that palettes and pixels have some in common. */
static void draw_colours(struct fuzz_text *out, struct base_bytes *input, size_t count, unsigned channels)
{
    static const uint8_t values[] = {0, 0xFF, 0x80, 0x08, 0xF8, 0x84, 0x07, 0xFC};
    for (size_t i = 0; i < count; i++) {
        uint8_t choice = fuzz_take_u8(input);
        for (unsigned channel = 0; channel < channels; channel++) {
            uint8_t value =
                channel == 3 ? (uint8_t)(choice < 0x20 ? 0 : 0xFF) : values[((unsigned)choice >> channel) % 8];
            fuzz_text_add(out, &value, 1);
        }
    }
}

/* Rows of the image: of an indexed or grey one any samples, of the others colours of the small set. */
static void draw_rows(struct fuzz_text *rows, struct base_bytes *input, const struct media_png *png)
{
    size_t row = media_png_row(png);
    unsigned channels = png->colour == 2 ? 3 : 4;
    bool colours = (png->colour == 2 || png->colour == 6) && png->depth == 8;
    for (uint32_t y = 0; y < png->height; y++) {
        size_t end = (y + 1) * row;
        fuzz_text_add(rows, "", 1);
        if (colours) {
            draw_colours(rows, input, png->width, channels);
        } else {
            fill(rows, input, end);
        }
    }
}

static void draw_sprite(struct draft *draft, const char *name, unsigned tile)
{
    static const uint8_t kinds[][2] = {{4, 3}, {8, 3}, {2, 3}, {1, 3}, {8, 2}, {8, 6}, {8, 0}, {16, 2}, {4, 0}, {8, 4}};
    struct base_bytes *input = draft->input;
    const uint8_t *kind = kinds[fuzz_take_below(input, sizeof kinds / sizeof kinds[0])];
    struct media_png png = {.width = tile * (1 + fuzz_take_below(input, 2)),
                            .height = tile * (1 + fuzz_take_below(input, 2)),
                            .depth = kind[0],
                            .colour = kind[1]};
    struct fuzz_text palette = {.data = NULL};
    struct fuzz_text transparency = {.data = NULL};
    struct fuzz_text rows = {.data = NULL};
    struct fuzz_text file = {.data = NULL};
    if (png.colour == 3) {
        draw_colours(&palette, input, 1 + fuzz_take_below(input, 1U << (png.depth < 5 ? png.depth : 5)), 3);
        if (fuzz_take_u8(input) < 64) {
            fuzz_text_add(&transparency, "\0\xFF\xFF\0", 1 + fuzz_take_below(input, 4));
            transparency.size = transparency.size < palette.size / 3 ? transparency.size : palette.size / 3;
        }
    }
    draw_rows(&rows, input, &png);
    png.palette = fuzz_text_bytes(&palette);
    png.transparency = fuzz_text_bytes(&transparency);
    png.rows = fuzz_text_bytes(&rows);
    media_png(&file, &png);
    write_source(draft, name, &file);
    fuzz_text_free(&palette);
    fuzz_text_free(&transparency);
    fuzz_text_free(&rows);
    fuzz_text_free(&file);
}

/* One palette file of 1 to 16 colours, in one of the kinds there are. */
static void draw_palette(struct draft *draft, const char *name)
{
    static const char *const heads[] = {"", "GIMP Palette\nName: a\nColumns: 4\n#\n", "JASC-PAL\n0100\n%u\n"};
    struct fuzz_text colours = {.data = NULL};
    struct fuzz_text file = {.data = NULL};
    unsigned kind = fuzz_take_below(draft->input, 3);
    unsigned count = 1 + fuzz_take_below(draft->input, 16);
    draw_colours(&colours, draft->input, count, 3);
    if (kind == 2) {
        scenario_addf(&file, "JASC-PAL\n0100\n%u\n", count);
    } else {
        scenario_add(&file, heads[kind]);
    }
    for (unsigned i = 0; i < count; i++) {
        const uint8_t *at = colours.data + (size_t)i * 3;
        if (kind == 0) {
            scenario_addf(&file, "%02x%02X%02x\n", at[0], at[1], at[2]);
        } else {
            scenario_addf(&file, "%u %u %u%s\n", at[0], at[1], at[2], kind == 1 ? "\tname" : "");
        }
    }
    write_source(draft, name, &file);
    fuzz_text_free(&colours);
    fuzz_text_free(&file);
}

static void draw_sheet(struct draft *draft)
{
    unsigned tile = 8U << fuzz_take_below(draft->input, 2);
    unsigned palettes = fuzz_take_below(draft->input, 4);
    draft->format = "indexed_v1";
    draft->scenario->certain = draft->scenario->certain && !draft->asset->included;
    scenario_add(&draft->inputs, "\"sprites\":[\"s0.png\",\"s1.png\"]");
    draw_sprite(draft, "s0.png", tile);
    draw_sprite(draft, "s1.png", tile);
    if (palettes > 0) {
        scenario_add(&draft->inputs, ",\"palettes\":[");
        for (unsigned i = 0; i < palettes; i++) {
            char name[16];
            (void)snprintf(name, sizeof name, "p%u", i);
            scenario_addf(&draft->inputs, "%s{\"index\":%u,\"path\":\"%s\"}", i > 0 ? "," : "",
                          i * (1 + fuzz_take_below(draft->input, 20)), name);
            draw_palette(draft, name);
        }
        scenario_add(&draft->inputs, "]");
    }
    (void)snprintf(draft->fixed, sizeof draft->fixed, "\"tile_size\":%u%s", tile,
                   draft->wrong == WRONG_MEMBER ? ",\"palette_count\":63" : "");
}

/* ---- Sounds ---- */

static void draw_sound(struct draft *draft)
{
    static const uint16_t kinds[][2] = {{1, 16}, {1, 8}, {1, 24}, {1, 32}, {3, 32}, {3, 64}, {2, 4}};
    struct base_bytes *input = draft->input;
    const uint16_t *kind = kinds[fuzz_take_u8(input) < 128 ? 0 : fuzz_take_below(input, 7)];
    uint16_t channels = (uint16_t)(1 + fuzz_take_below(input, 2));
    uint32_t rate = 8000 + fuzz_take_u16(input) % 40001U;
    struct fuzz_text samples = {.data = NULL};
    struct fuzz_text file = {.data = NULL};
    fill(&samples, input, (size_t)fuzz_take_u8(input) * channels * ((kind[1] + 7U) / 8U));
    media_wav(&file, kind[0], channels, rate, kind[1], fuzz_text_bytes(&samples));
    write_source(draft, "source.wav", &file);
    fuzz_text_free(&samples);
    fuzz_text_free(&file);
    draft->format = "pcm16le_v1";
    draft->scenario->certain = draft->scenario->certain && !draft->asset->included;
    scenario_add(&draft->inputs, "\"sources\":[\"source.wav\"]");
    if (draft->wrong == WRONG_MEMBER) {
        (void)snprintf(draft->fixed, sizeof draft->fixed, "\"channels\":3");
    }
}

/* ---- Declarations ---- */

static void draw_name(struct draft *draft)
{
    static const char *const pieces[] = {
        "a",        "hero",         " ", "\"", "\\", "/", "\xC3\xA9", "\xE2\x98\x83", "\xF0\x9F\x98\x80",
        "\xC2\x80", "\xEF\xBF\xBD", "{", "}",  ":",  ",", "[]"};
    unsigned length = fuzz_take_below(draft->input, 5);
    for (unsigned i = 0; i < length; i++) {
        scenario_add(&draft->asset->name, pieces[fuzz_take_below(draft->input, 16)]);
    }
    scenario_addf(&draft->asset->name, "%zu", draft->index);
    if (draft->wrong == WRONG_NAME && draft->index > 0) {
        const struct scenario_asset *before = draft->asset - 1;
        draft->asset->name.size = 0;
        fuzz_text_add(&draft->asset->name, before->name.data, before->name.size);
        draft->scenario->wrong = draft->scenario->wrong || (draft->asset->included && before->included);
    }
}

static void write_declaration(struct draft *draft)
{
    const struct scenario_asset *asset = draft->asset;
    struct fuzz_text text = {.data = NULL};
    char path[64];
    scenario_addf(&text, "{\"schema_version\":1,\"asset_uuid\":\"00000000-0000-4000-8000-%012zx\",\"name\":",
                  draft->wrong == WRONG_UUID ? 99 : draft->index);
    scenario_spell(&text, draft->input, fuzz_text_bytes(&asset->name));
    scenario_addf(&text, ",\"type\":\"%s\",\"inputs\":{", types[asset->bank]);
    fuzz_text_add(&text, draft->inputs.data, draft->inputs.size);
    scenario_addf(&text, "},\"output\":{\"format\":\"%s/%s\",\"codec\":\"NONE\"", banks[asset->bank], draft->format);
    if (asset->metadata.size > 0) {
        scenario_add(&text, ",\"metadata\":");
        fuzz_text_add(&text, asset->metadata.data, asset->metadata.size);
    }
    if (fuzz_take_u8(draft->input) < 64) {
        scenario_add(&text, ",\"pipeline\":");
        scenario_draw_metadata(&text, draft->input, MOST_LEVELS, "");
    }
    if (asset->raw && asset->decoded_size != asset->source.size) {
        scenario_addf(&text, ",\"decoded_size\":%llu", (unsigned long long)asset->decoded_size);
    }
    scenario_addf(&text, "},\"preload\":{\"enabled\":%s", asset->preload ? "true" : "false");
    if (asset->slot >= 0) {
        scenario_addf(&text, ",\"slot\":%d", asset->slot);
    }
    scenario_add(&text, draft->wrong == WRONG_DOCUMENT ? "}}}\n" : "}}\n");
    (void)snprintf(path, sizeof path, "project/assets/a%zu/asset.json", draft->index);
    if (draft->wrong == WRONG_ANCHOR) {
        scratch_remove(path);
    } else {
        scratch_write(path, fuzz_text_bytes(&text));
    }
    fuzz_text_free(&text);
}

static void draw_metadata(struct draft *draft)
{
    bool needed = draft->fixed[0] != '\0';
    if (needed || fuzz_take_u8(draft->input) < 192) {
        scenario_draw_metadata(&draft->asset->metadata, draft->input, MOST_LEVELS, draft->fixed);
    }
}

static void draw_preload(struct draft *draft, bool taken[3][16])
{
    struct scenario_asset *asset = draft->asset;
    uint8_t choice = fuzz_take_u8(draft->input);
    asset->slot = -1;
    asset->preload = choice < 192;
    if (choice < 96) {
        unsigned slot = fuzz_take_below(draft->input, 16);
        if (!taken[asset->bank][slot] || draft->wrong == WRONG_SLOT) {
            asset->slot = (int)slot;
        }
        taken[asset->bank][slot] = true;
    }
}

/* Faults that need nothing but the asset to be built. The others say so themselves, or may be none. */
static bool is_always_refused(const struct draft *draft)
{
    switch (draft->wrong) {
    case WRONG_UUID:
    case WRONG_MISSING:
    case WRONG_FOLDER:
    case WRONG_LINK:
    case WRONG_ANCHOR:
    case WRONG_DOCUMENT:
        return true;
    case WRONG_MEMBER:
        return draft->asset->bank != 2;
    case WRONG_SIZE:
        return draft->asset->raw && draft->asset->bank == 0;
    case WRONG_DECODED:
        return draft->asset->raw && draft->asset->bank != 2;
    case RIGHT:
    case WRONG_NAME:
    case WRONG_PALETTE:
    case WRONG_SLOT:
    case WRONGS:
        break;
    }
    return false;
}

static void draw_asset(struct scenario *scenario, struct base_bytes *input, bool raw_only, bool wrongs,
                       bool taken[3][16])
{
    size_t index = scenario->count;
    struct scenario_asset *asset = &scenario->assets[index];
    struct draft draft = {.scenario = scenario, .asset = asset, .input = input, .index = index, .format = ""};
    int32_t before = index > 0 ? asset[-1].asset_id : 0;
    uint8_t step = fuzz_take_u8(input);
    *asset = (struct scenario_asset){.included = fuzz_take_u8(input) >= 16, .bank = (int)fuzz_take_below(input, 3)};
    asset->asset_id = before + 1 + (step < 192 ? 0 : (int32_t)(fuzz_take_u32(input) >> 6));
    scenario->count++;
    if (wrongs && fuzz_take_u8(input) < 64) {
        draft.wrong = (enum wrong)fuzz_take_below(input, WRONGS);
        scenario->certain = scenario->certain && (draft.wrong == RIGHT || !asset->included);
    }
    draw_name(&draft);
    bool raw = raw_only || asset->bank == 2 || fuzz_take_u8(input) < 128;
    if (raw) {
        draw_raw(&draft);
    } else if (asset->bank == 0) {
        draw_sheet(&draft);
    } else {
        draw_sound(&draft);
    }
    draw_metadata(&draft);
    draw_preload(&draft, taken);
    write_declaration(&draft);
    scenario->wrong = scenario->wrong || (asset->included && is_always_refused(&draft));
    fuzz_text_free(&draft.inputs);
}

static void write_registry(const struct scenario *scenario)
{
    struct fuzz_text text = {.data = NULL};
    int64_t last = scenario->count > 0 ? scenario->assets[scenario->count - 1].asset_id : 0;
    scenario_addf(&text, "{\"schema_version\":1,\"next_asset_id\":%lld,\"assets\":[", (long long)last + 1);
    for (size_t i = 0; i < scenario->count; i++) {
        scenario_addf(&text,
                      "%s{\"asset_id\":%d,\"asset_uuid\":\"00000000-0000-4000-8000-%012zx\",\"root\":\"a%zu\","
                      "\"included_in_build\":%s}",
                      i > 0 ? "," : "", scenario->assets[i].asset_id, i, i,
                      scenario->assets[i].included ? "true" : "false");
    }
    scenario_add(&text, "]}");
    scratch_write("project/assets/.prometeu/index.json", fuzz_text_bytes(&text));
    fuzz_text_free(&text);
}

/* More preloads of one bank than it has slots. */
static bool slots_are_exhausted(const struct scenario *scenario)
{
    unsigned preloads[3] = {0};
    for (size_t i = 0; i < scenario->count; i++) {
        const struct scenario_asset *asset = &scenario->assets[i];
        preloads[asset->bank] += asset->included && asset->preload ? 1 : 0;
    }
    return preloads[0] > 16 || preloads[1] > 16 || preloads[2] > 16;
}

void scenario_draw(struct scenario *scenario, struct base_bytes *input, bool raw_only, bool wrongs)
{
    bool taken[3][16] = {{false}};
    uint8_t choice = fuzz_take_u8(input);
    unsigned count = wrongs && choice >= 0xF0 ? SCENARIO_ASSETS : choice % 7U;
    *scenario = (struct scenario){.certain = true};
    for (unsigned i = 0; i < count; i++) {
        draw_asset(scenario, input, raw_only, wrongs, taken);
    }
    if (slots_are_exhausted(scenario)) {
        scenario->certain = false;
        scenario->wrong = true;
    }
    write_registry(scenario);
}

void scenario_free(struct scenario *scenario)
{
    for (size_t i = 0; i < scenario->count; i++) {
        fuzz_text_free(&scenario->assets[i].name);
        fuzz_text_free(&scenario->assets[i].metadata);
        fuzz_text_free(&scenario->assets[i].source);
    }
    scenario->count = 0;
}
