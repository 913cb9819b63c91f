#include "verify/sources/compare_sheet.h"

#include "base/path.h"
#include "verify/core/findings.h"
#include "verify/sources/brought.h"
#include "verify/sources/choice.h"
#include "verify/sources/compare_pixels.h"
#include "verify/sources/compare_tiles.h"
#include "verify/sources/placement.h"
#include "verify/sources/report_pixels.h"

#include <stdio.h>
#include <stdlib.h>

/* Pictures are decoded once and kept, because those without a palette may need one that a later picture brings. All
 * together have at most the pixels of one sheet, before padding. */

/* A sprite has one tile of 8 x 8 at least, so no sheet holds more of them. */
enum { SPRITES_MAX = VERIFY_SHEET_TILES_MAX };

static void release(struct verify_sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++) {
        verify_picture_free(&sheet->sprites[i].picture);
        free(sheet->sprites[i].palettes);
        free(sheet->sprites[i].shown);
    }
    free(sheet->sprites);
    free(sheet);
}

/* ---- The sources ---- */

static void report_full(const struct verify_source_asset *asset, const char *shown)
{
    verify_report_source(asset, DIAG_SHEET_FULL, &(struct base_place){.file = shown},
                         "the image has more tiles than are left in the sheet");
}

/* Decodes an image of at most *pixels_left pixels, which become fewer. */
static bool read_image(const struct verify_sheet *sheet, const struct base_file *file, const char *shown,
                       uint32_t *pixels_left, struct verify_pixels *image)
{
    const struct verify_source_asset *asset = sheet->asset;
    struct verify_pixels_fault fault;
    int problem = verify_pixels_read(file, VERIFY_SHEET_PIXELS, image, &fault);
    if (problem != 0) {
        verify_report_read_failure(&asset->sink->findings, shown, 0, problem);
        return false;
    }
    if (fault.text != NULL) {
        verify_report_source(asset, fault.is_too_large ? DIAG_IMAGE_SIZE : DIAG_IMAGE_INVALID,
                             &(struct base_place){.file = shown}, "the image cannot be read: %s", fault.text);
        return false;
    }
    if ((uint64_t)image->width * image->height > *pixels_left) {
        report_full(asset, shown);
        return false;
    }
    *pixels_left -= image->width * image->height;
    return true;
}

/* Another tile size is a difference of metadata, from which the others follow: then only palettes are compared. */
static bool has_same_tiles(const struct verify_sheet *sheet)
{
    return sheet->asset->known->bank_facts.glyph.tile_size == sheet->declared->tile_size;
}

static bool make_picture(const struct verify_sheet *sheet, struct verify_sprite *sprite,
                         const struct verify_pixels *image)
{
    struct verify_picture_fault fault;
    bool pad = sheet->declared->pad || !has_same_tiles(sheet);
    if (verify_picture_make(image, sheet->declared, pad, &sprite->picture, &fault)) {
        return true;
    }
    if (fault.text == NULL) {
        base_report_out_of_memory(&sheet->asset->sink->findings, sprite->shown);
    } else if (fault.tally.pixels == 0) {
        verify_report_source(sheet->asset, fault.diagnostic, &(struct base_place){.file = sprite->shown}, "%s",
                             fault.text);
    } else {
        const struct base_details details = {.expected = fault.expected, .actual = fault.actual};
        verify_report_pixels(sheet->asset, fault.diagnostic, sprite->shown, &fault.tally, &details, "%s", fault.text);
    }
    return false;
}

static bool read_sprite(struct verify_sheet *sheet, const struct verify_declared_input *declared, uint32_t *pixels_left)
{
    const struct verify_source_asset *asset = sheet->asset;
    struct verify_pixels image = {.pixels = NULL};
    struct base_file file;
    char *shown;
    if (!verify_source_open(asset, declared->path, &file, &shown)) {
        return false;
    }
    if (sheet->count == SPRITES_MAX) {
        report_full(asset, shown);
        base_file_close(&file);
        free(shown);
        return false;
    }
    struct verify_sprite *sprite = &sheet->sprites[sheet->count++];
    sprite->declared = declared;
    sprite->shown = shown;
    bool made = read_image(sheet, &file, shown, pixels_left, &image) && make_picture(sheet, sprite, &image);
    base_file_close(&file);
    verify_pixels_free(&image);
    return made;
}

/* ---- Palettes of the sprites ---- */

/* Palette `bank` was collected before, with another colour. */
static bool report_bank(const struct verify_sheet *sheet, const struct verify_sprite *sprite, uint32_t bank,
                        const struct verify_sheet_palette *brought)
{
    const struct verify_sheet_palette *there = &sheet->palettes.items[bank];
    uint32_t entry = 0;
    char expected[32];
    char actual[32];
    while (there->colours[entry] == brought->colours[entry]) {
        entry++;
    }
    (void)snprintf(expected, sizeof expected, "RGB565 0x%04x", (unsigned)there->colours[entry]);
    (void)snprintf(actual, sizeof actual, "RGB565 0x%04x", (unsigned)brought->colours[entry]);
    verify_report_source_value(
        sheet->asset, DIAG_PALETTE_INVALID,
        &(struct base_details){.place = {.file = sprite->shown}, .expected = expected, .actual = actual},
        "palette %u of the image is not that of an earlier one, %s: entry %u differs", (unsigned)bank,
        sheet->palettes.paths[bank], (unsigned)entry);
    return false;
}

/* The palettes of an image with banked indices: colours 16 k … 16 k + 15 are palette k. */
static bool collect_banks(struct verify_sheet *sheet, const struct verify_sprite *sprite)
{
    const struct verify_picture *picture = &sprite->picture;
    size_t from = 0;
    for (uint32_t bank = 0; from < picture->colour_count; bank++, from += VERIFY_PALETTE_ENTRIES) {
        struct verify_sheet_palette brought = {.count = 0};
        while (brought.count < VERIFY_PALETTE_ENTRIES && from + brought.count < picture->colour_count) {
            brought.colours[brought.count] = picture->colours[from + brought.count];
            brought.count++;
        }
        if (!verify_palettes_collect_at(&sheet->palettes, &brought, sprite->declared->path, bank)) {
            return report_bank(sheet, sprite, bank, &brought);
        }
    }
    return true;
}

static bool collect(struct verify_sheet *sheet, struct verify_sprite *sprite)
{
    struct verify_sheet_palette brought;
    if (!sprite->picture.indexed) {
        return true;
    }
    if (sheet->declared->banked) {
        return collect_banks(sheet, sprite);
    }
    if (!verify_brought_palette(sheet, sprite, &brought)) {
        return false;
    }
    if (!verify_palettes_collect(&sheet->palettes, &brought, sprite->declared->path, &sprite->brought)) {
        verify_report_source(sheet->asset, DIAG_PALETTE_INDEX, &(struct base_place){.file = sprite->shown},
                             "the indexed images have more than 64 different palettes");
        return false;
    }
    return true;
}

/* Reads all sprites. Without declared palettes, those of the images are the ones of the sheet. */
static bool read_sprites(struct verify_sheet *sheet)
{
    const struct verify_declared *declared = sheet->declared;
    uint32_t left = VERIFY_SHEET_PIXELS;
    for (size_t i = declared->first_source; i < declared->input_count; i++) {
        if (base_task_cancelled(sheet->asset->subject->options->task) ||
            !read_sprite(sheet, &declared->inputs[i], &left) ||
            (!declared->has_palettes && !collect(sheet, &sheet->sprites[sheet->count - 1]))) {
            return false;
        }
    }
    return true;
}

/* Whether there is a palette at all. */
static bool check_palettes(struct verify_sheet *sheet)
{
    struct verify_declared *declared = sheet->declared;
    if (sheet->palettes.authored == 0) {
        verify_document_report(&declared->document, DIAG_PALETTE_MISSING, declared->lists.begin, "a palette",
                               (struct base_bytes){.data = NULL},
                               "no palette is declared, and no sprite is an indexed PNG that has one");
    }
    return sheet->palettes.authored > 0;
}

/* ---- The payload ---- */

/* The first entry of palette `index` that differs, or VERIFY_PALETTE_ENTRIES. What a palette does not have is zero. */
static uint32_t find_wrong_entry(const struct verify_sheet *sheet, uint32_t index)
{
    struct base_bytes payload = base_bytes_make(sheet->payload, PP_GLYPH_STORED);
    const struct verify_sheet_palette *palette = &sheet->palettes.items[index];
    uint32_t entry = 0;
    while (entry < VERIFY_PALETTE_ENTRIES && pp_glyph_colour(payload, index, entry) == palette->colours[entry]) {
        entry++;
    }
    return entry;
}

static void report_palette(const struct verify_sheet *sheet, uint32_t index, uint32_t entry)
{
    const struct verify_source_asset *asset = sheet->asset;
    const struct verify_palettes *palettes = &sheet->palettes;
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
static void compare_palettes(const struct verify_sheet *sheet)
{
    uint32_t authored = sheet->asset->known->bank_facts.glyph.palette_authored;
    uint32_t count = sheet->palettes.authored > authored ? sheet->palettes.authored : authored;
    for (uint32_t index = 0; index < count; index++) {
        uint32_t entry = find_wrong_entry(sheet, index);
        if (entry < VERIFY_PALETTE_ENTRIES) {
            report_palette(sheet, index, entry);
        }
    }
}

static bool read_payload(struct verify_sheet *sheet)
{
    const struct verify_source_asset *asset = sheet->asset;
    uint64_t position = verify_payload_position(asset->facts, asset->known);
    int problem = verify_file_read(&asset->subject->input, position, sheet->payload, PP_GLYPH_STORED);
    if (problem != 0) {
        verify_report_read_failure(&asset->sink->findings, asset->subject->path, position, problem);
    }
    return problem == 0;
}

static void compare_sprites(struct verify_sheet *sheet)
{
    bool taken[VERIFY_SHEET_TILES_MAX] = {false};
    if (verify_place_sprites(sheet, taken) && verify_choose_palettes(sheet)) {
        verify_compare_pixels(sheet, taken);
        verify_compare_tiles(sheet);
    }
}

uint32_t verify_compare_sheet(const struct verify_source_asset *asset, struct verify_declared *declared)
{
    struct verify_sheet *sheet = calloc(1, sizeof *sheet);
    uint32_t authored = 0;
    if (sheet == NULL) {
        base_report_out_of_memory(&asset->sink->findings, asset->root_path);
        return 0;
    }
    size_t sprites = declared->input_count - declared->first_source;
    sheet->asset = asset;
    sheet->declared = declared;
    sheet->sprites = calloc(sprites < SPRITES_MAX ? sprites + 1 : SPRITES_MAX, sizeof *sheet->sprites);
    if (sheet->sprites == NULL) {
        base_report_out_of_memory(&asset->sink->findings, asset->root_path);
    } else if ((!declared->has_palettes || verify_palettes_read(asset, declared, &sheet->palettes)) &&
               read_sprites(sheet) && check_palettes(sheet) && read_payload(sheet)) {
        authored = sheet->palettes.authored;
        compare_palettes(sheet);
        if (has_same_tiles(sheet)) {
            compare_sprites(sheet);
        }
    }
    release(sheet);
    return authored;
}
