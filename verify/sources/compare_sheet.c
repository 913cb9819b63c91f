#include "verify/sources/compare_sheet.h"

#include "base/path.h"
#include "verify/core/findings.h"

#include <stdlib.h>

/* The comparison of one asset. The images are decoded once and kept, because those without a palette may need one that
 * a later image brings. All together have at most the pixels of one sheet. */
struct comparison {
    const struct verify_source_asset *asset;
    struct verify_declared *declared;
    struct verify_sheet sheet;
    struct verify_pixels *images; /* one per sprite */
    char **shown;                 /* their paths */
    uint32_t *first_tiles;        /* where each begins in the sheet */
    size_t count;
    uint8_t payload[PP_GLYPH_STORED];
};

/* A sprite has one tile of 8 x 8 at least, so no sheet holds more of them. */
enum { SPRITES_MAX = VERIFY_SHEET_PIXELS / 64 };

static bool allocate(struct comparison *comparison, size_t sprites)
{
    sprites = sprites < SPRITES_MAX ? sprites : SPRITES_MAX;
    comparison->images = calloc(sprites + 1, sizeof *comparison->images);
    comparison->shown = calloc(sprites + 1, sizeof *comparison->shown);
    comparison->first_tiles = calloc(sprites + 1, sizeof *comparison->first_tiles);
    return comparison->images != NULL && comparison->shown != NULL && comparison->first_tiles != NULL;
}

static void release(struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->count; i++) {
        verify_pixels_free(&comparison->images[i]);
        free(comparison->shown[i]);
    }
    free(comparison->images);
    free((void *)comparison->shown);
    free(comparison->first_tiles);
    free(comparison);
}

/* ---- The sources ---- */

static void report_full(const struct verify_source_asset *asset, const char *shown)
{
    verify_report_source(asset, DIAG_SOURCE_MISMATCH, &(struct base_place){.file = shown},
                         "the image has more tiles than are left in the sheet");
}

static bool read_sprite(struct comparison *comparison, const char *path, uint32_t pixels_left)
{
    const struct verify_source_asset *asset = comparison->asset;
    struct base_file file;
    const char *text = NULL;
    char *shown;
    if (!verify_source_open(asset, path, &file, &shown)) {
        return false;
    }
    if (comparison->count == SPRITES_MAX) {
        report_full(asset, shown);
        base_file_close(&file);
        free(shown);
        return false;
    }
    comparison->shown[comparison->count] = shown;
    struct verify_pixels *image = &comparison->images[comparison->count++];
    int problem = verify_pixels_read(&file, VERIFY_SHEET_PIXELS, image, &text);
    base_file_close(&file);
    if (problem != 0) {
        verify_report_read_failure(&asset->sink->findings, shown, 0, problem);
    } else if (text != NULL) {
        verify_report_source(asset, DIAG_SOURCE_MISMATCH, &(struct base_place){.file = shown},
                             "the image cannot be read: %s", text);
    } else if ((uint64_t)image->width * image->height > pixels_left) {
        report_full(asset, shown);
        return false;
    }
    return problem == 0 && text == NULL;
}

/* Reads all images. With `collect`, their palettes are those of the sheet. */
static bool read_sprites(struct comparison *comparison, bool collect)
{
    const struct verify_declared *declared = comparison->declared;
    uint32_t left = VERIFY_SHEET_PIXELS;
    for (size_t i = declared->first_source; i < declared->input_count; i++) {
        if (base_task_cancelled(comparison->asset->subject->options->task) ||
            !read_sprite(comparison, declared->inputs[i].path, left)) {
            return false;
        }
        const struct verify_pixels *image = &comparison->images[comparison->count - 1];
        left -= image->width * image->height;
        if (collect && image->indices != NULL &&
            !verify_palettes_collect(&comparison->sheet.palettes, image, declared->inputs[i].path)) {
            verify_report_source(comparison->asset, DIAG_PALETTE_INDEX,
                                 &(struct base_place){.file = comparison->shown[comparison->count - 1]},
                                 "the indexed images have more than 64 different palettes");
            return false;
        }
    }
    return true;
}

/* Whether there is a palette at all. */
static bool check_palettes(struct comparison *comparison)
{
    struct verify_declared *declared = comparison->declared;
    if (comparison->sheet.palettes.authored == 0) {
        verify_document_report(&declared->document, DIAG_PALETTE_MISSING, declared->lists.begin, "a palette",
                               (struct base_bytes){.data = NULL},
                               "no palette is declared, and no sprite is an indexed PNG that has one");
    }
    return comparison->sheet.palettes.authored > 0;
}

static bool fill_sheet(struct comparison *comparison)
{
    const struct verify_source_asset *asset = comparison->asset;
    const char *text;
    struct base_place at;
    for (size_t i = 0; i < comparison->count; i++) {
        const struct verify_pixels *image = &comparison->images[i];
        bool kept = !comparison->declared->has_palettes && image->indices != NULL;
        comparison->first_tiles[i] = comparison->sheet.tiles;
        if (!verify_sheet_add(&comparison->sheet, image, kept, &text, &at)) {
            at.file = comparison->shown[i];
            verify_report_source(asset, DIAG_SOURCE_MISMATCH, &at, "%s", text);
            return false;
        }
    }
    return true;
}

/* ---- The payload ---- */

static uint16_t rgb565(struct verify_palette_colour colour)
{
    return (uint16_t)(colour.red >> 3 << 11 | colour.green >> 2 << 5 | colour.blue >> 3);
}

/* The first entry of palette `index` that differs, or VERIFY_PALETTE_ENTRIES. What a palette does not have is zero. */
static uint32_t find_wrong_entry(const struct comparison *comparison, uint32_t index)
{
    struct base_bytes payload = base_bytes_make(comparison->payload, PP_GLYPH_STORED);
    const struct verify_palette *palette = &comparison->sheet.palettes.items[index];
    uint32_t entry = 0;
    while (entry < VERIFY_PALETTE_ENTRIES &&
           pp_glyph_colour(payload, index, entry) == (entry < palette->count ? rgb565(palette->colours[entry]) : 0)) {
        entry++;
    }
    return entry;
}

static void report_palette(const struct comparison *comparison, uint32_t index, uint32_t entry)
{
    const struct verify_source_asset *asset = comparison->asset;
    const struct verify_palettes *palettes = &comparison->sheet.palettes;
    const char *path = palettes->items[index].count > 0 ? palettes->paths[index] : NULL;
    char *shown = path != NULL ? base_path_join(asset->root_path, path) : NULL;
    uint64_t at = verify_payload_position(asset->facts, asset->known) + PP_GLYPH_STORED - PP_GLYPH_PALETTE_BYTES +
                  ((uint64_t)index * VERIFY_PALETTE_ENTRIES + entry) * 2;
    if (shown != NULL) {
        verify_report_source(asset, DIAG_PALETTE_MISMATCH, &(struct base_place){.file = shown},
                             "entry %u of palette %u in the pack is not that of this file", (unsigned)entry,
                             (unsigned)index);
    } else {
        verify_report_source(
            asset, DIAG_PALETTE_MISMATCH, &(struct base_place){.file = asset->subject->path, BASE_AT_BYTE(at, 0)},
            "entry %u of palette %u is not zero, and no source has it", (unsigned)entry, (unsigned)index);
    }
    free(shown);
}

/* One finding per palette. Palettes beyond those that the pack names are another rule. */
static void compare_palettes(const struct comparison *comparison)
{
    uint32_t authored = comparison->asset->known->bank_facts.glyph.palette_authored;
    uint32_t count = comparison->sheet.palettes.authored > authored ? comparison->sheet.palettes.authored : authored;
    for (uint32_t index = 0; index < count; index++) {
        uint32_t entry = find_wrong_entry(comparison, index);
        if (entry < VERIFY_PALETTE_ENTRIES) {
            report_palette(comparison, index, entry);
        }
    }
}

/* The image that fills a tile; count when none does. */
static size_t find_image(const struct comparison *comparison, uint32_t tile)
{
    size_t i = comparison->count;
    while (tile < comparison->sheet.tiles && i > 0 && comparison->first_tiles[i - 1] > tile) {
        i--;
    }
    return tile < comparison->sheet.tiles ? i - 1 : comparison->count;
}

/* A pixel of the sheet that is not what the sources give. */
static void report_wrong_pixel(const struct comparison *comparison, uint32_t x, uint32_t y)
{
    const struct verify_source_asset *asset = comparison->asset;
    const struct verify_sheet *sheet = &comparison->sheet;
    uint32_t side = sheet->tile_size;
    uint32_t tile = y / side * verify_sheet_tiles_across(sheet) + x / side;
    size_t i = find_image(comparison, tile);
    if (i == comparison->count) {
        verify_report_source(asset, DIAG_SOURCE_MISMATCH,
                             &(struct base_place){.file = asset->subject->path,
                                                  BASE_AT_BYTE(verify_payload_position(asset->facts, asset->known), 0)},
                             "tile %u has pixels, and the images end with tile %u", (unsigned)tile,
                             (unsigned)sheet->tiles);
        return;
    }
    uint32_t in_image = tile - comparison->first_tiles[i];
    uint32_t columns = comparison->images[i].width / side;
    const struct base_place place = {
        .file = comparison->shown[i],
        BASE_AT_PIXEL(in_image % columns * side + x % side, in_image / columns * side + y % side)};
    verify_report_source(asset, DIAG_SOURCE_MISMATCH, &place,
                         "tile %u of the sheet does not have the pixel of the image", (unsigned)tile);
}

/* Tile by tile, in their order; the first wrong pixel is reported. */
static void compare_pixels(const struct comparison *comparison)
{
    struct base_bytes payload = base_bytes_make(comparison->payload, PP_GLYPH_STORED);
    const struct verify_sheet *sheet = &comparison->sheet;
    uint32_t side = sheet->tile_size;
    uint32_t across = verify_sheet_tiles_across(sheet);
    for (uint32_t tile = 0; tile < across * across; tile++) {
        struct verify_sheet_place at = verify_sheet_place_of(sheet, tile);
        for (uint32_t i = 0; i < side * side; i++) {
            uint32_t x = at.x + i % side;
            uint32_t y = at.y + i / side;
            if (pp_glyph_pixel(payload, x, y) != sheet->indices[(size_t)y * PP_GLYPH_SIDE + x]) {
                report_wrong_pixel(comparison, x, y);
                return;
            }
        }
    }
}

static bool read_payload(struct comparison *comparison)
{
    const struct verify_source_asset *asset = comparison->asset;
    uint64_t position = verify_payload_position(asset->facts, asset->known);
    int problem = verify_file_read(&asset->subject->input, position, comparison->payload, PP_GLYPH_STORED);
    if (problem != 0) {
        verify_report_read_failure(&asset->sink->findings, asset->subject->path, position, problem);
    }
    return problem == 0;
}

uint32_t verify_compare_sheet(const struct verify_source_asset *asset, struct verify_declared *declared)
{
    struct comparison *comparison = calloc(1, sizeof *comparison);
    uint32_t authored = 0;
    if (comparison == NULL) {
        base_report_out_of_memory(&asset->sink->findings, asset->root_path);
        return 0;
    }
    comparison->asset = asset;
    comparison->declared = declared;
    comparison->sheet.tile_size = declared->tile_size;
    bool collect = !declared->has_palettes;
    if (!allocate(comparison, declared->input_count - declared->first_source)) {
        base_report_out_of_memory(&asset->sink->findings, asset->root_path);
    } else if ((collect || verify_palettes_read(asset, declared, &comparison->sheet.palettes)) &&
               read_sprites(comparison, collect) && check_palettes(comparison) && read_payload(comparison)) {
        authored = comparison->sheet.palettes.authored;
        compare_palettes(comparison);
        /* Another tile size is a difference of metadata, from which the others follow. */
        if (asset->known->bank_facts.glyph.tile_size == declared->tile_size && fill_sheet(comparison)) {
            compare_pixels(comparison);
        }
    }
    release(comparison);
    return authored;
}
