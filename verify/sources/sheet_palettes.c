#include "verify/sources/sheet_palettes.h"

#include "verify/core/findings.h"
#include "verify/sources/picture.h"
#include "verify/sources/strip.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* An image that brings a palette may be larger than a sheet. */
enum { IMAGE_PIXELS_MAX = 4194304, SIGNATURE = 8 };

/* ---- An image ---- */

/* Whether a palette begins with the colours of another one, in 8 bits per channel. */
static bool begins_with(const struct verify_palette *palette, const struct verify_palette *other)
{
    for (size_t i = 0; i < other->count; i++) {
        const struct verify_palette_colour *a = &palette->colours[i];
        const struct verify_palette_colour *b = &other->colours[i];
        if (i >= palette->count || a->red != b->red || a->green != b->green || a->blue != b->blue) {
            return false;
        }
    }
    return true;
}

/* The first sixteen colours of an indexed image, in their order after the exchange. */
static void take_own(const struct verify_pixels *image, struct verify_palette *palette)
{
    palette->count = image->colour_count < VERIFY_PALETTE_ENTRIES ? image->colour_count : VERIFY_PALETTE_ENTRIES;
    memcpy(palette->colours, image->colours, palette->count * sizeof *palette->colours);
    uint32_t exchanged = verify_exchanged_entry(image);
    palette->colours[0] = image->colours[exchanged];
    palette->colours[exchanged] = image->colours[0];
}

static bool has_high_index(const struct verify_pixels *image)
{
    size_t count = (size_t)image->width * image->height;
    for (size_t i = 0; i < count && image->colour_count > VERIFY_PALETTE_ENTRIES; i++) {
        if (image->indices[i] >= VERIFY_PALETTE_ENTRIES) {
            return true;
        }
    }
    return false;
}

/* Returns NULL, or why an image does not have a palette. */
static const char *take_image(const struct verify_pixels *image, struct verify_palette *palette)
{
    struct verify_palette strip = {.count = 0};
    if (image->indices != NULL && image->lacks_colours) {
        return "a pixel has an index without a colour";
    }
    bool is_strip = verify_strip_read(image, &strip);
    if (image->indices == NULL) {
        *palette = strip;
        return is_strip ? NULL : "the image is not indexed, and is not a row of squares that shows a palette";
    }
    take_own(image, palette);
    if (is_strip && !begins_with(palette, &strip)) {
        *palette = strip;
    }
    return is_strip || !has_high_index(image) ? NULL
                                              : "the image has more than 16 colours, and a pixel has one of the others";
}

static int read_image(const struct base_file *file, struct verify_palette *palette, const char **text)
{
    struct verify_pixels image = {.pixels = NULL};
    struct verify_pixels_fault fault;
    int problem = verify_pixels_read(file, IMAGE_PIXELS_MAX, &image, &fault);
    *text = fault.text;
    if (problem == 0 && *text == NULL) {
        *text = take_image(&image, palette);
        verify_pixels_free(&image);
    }
    return problem;
}

/* ---- A declared palette ---- */

/* The line that begins at a byte, without its end. */
static size_t line_length(struct base_bytes text, size_t at)
{
    size_t end = at;
    while (end < text.size && text.data[end] != '\r' && text.data[end] != '\n') {
        end++;
    }
    return end - at;
}

/* *place is the line at fault, when *text says that there is one. */
static int read_text(const struct base_file *file, struct verify_palette *palette, const char **text,
                     struct base_place *place)
{
    uint8_t *memory = NULL;
    size_t size = 0;
    struct verify_palette_fault fault = {.text = NULL};
    int problem = base_file_read_all(file, VERIFY_PALETTE_FILE_MAX, &memory, &size);
    if (problem == BASE_FILE_TOO_LARGE) {
        *text = "the file is too large for a palette";
        return 0;
    }
    struct base_bytes bytes = base_bytes_make(memory, size);
    if (problem == 0 && !verify_palette_read(bytes, palette, &fault)) {
        struct base_lines lines = base_lines_of(bytes);
        *text = fault.text;
        *place = (struct base_place){BASE_AT_BYTE(fault.at, line_length(bytes, fault.at))};
        (void)base_lines_find(&lines, fault.at, &place->line, &place->column);
        place->character_utf16 = base_lines_character(&lines);
    }
    free(memory);
    return problem;
}

/* Whether it begins as an image does. */
static int begins_as_image(const struct base_file *file, bool *image)
{
    uint8_t begin[SIGNATURE];
    size_t size = file->size < SIGNATURE ? (size_t)file->size : SIGNATURE;
    int problem = base_file_read_at(file, 0, begin, size);
    *image = problem == 0 && verify_palette_is_png(base_bytes_make(begin, size));
    return problem;
}

static void convert(const struct verify_palette *palette, struct verify_sheet_palette *out)
{
    out->count = (uint32_t)palette->count;
    for (size_t i = 0; i < palette->count; i++) {
        out->colours[i] = verify_rgb565(palette->colours[i]);
    }
}

static bool read_file(const struct verify_source_asset *asset, const char *path, struct verify_sheet_palette *out)
{
    struct verify_palette palette = {.count = 0};
    struct base_file file;
    char *shown;
    const char *text = NULL;
    struct base_place place = BASE_NOWHERE;
    bool image = false;
    if (!verify_source_open(asset, path, &file, &shown)) {
        return false;
    }
    int problem = begins_as_image(&file, &image);
    if (problem == 0) {
        problem = image ? read_image(&file, &palette, &text) : read_text(&file, &palette, &text, &place);
    }
    if (problem != 0) {
        verify_report_read_failure(&asset->sink->findings, shown, 0, problem);
    } else if (text != NULL) {
        place.file = shown;
        verify_report_source(asset, DIAG_PALETTE_INVALID, &place, "%s", text);
    }
    convert(&palette, out);
    base_file_close(&file);
    free(shown);
    return problem == 0 && text == NULL;
}

bool verify_palettes_read(const struct verify_source_asset *asset, const struct verify_declared *declared,
                          struct verify_palettes *palettes)
{
    bool fine = true;
    for (size_t i = 0; i < declared->first_source; i++) {
        const struct verify_declared_input *input = &declared->inputs[i];
        fine = read_file(asset, input->path, &palettes->items[input->palette]) && fine;
        palettes->paths[input->palette] = input->path;
    }
    palettes->authored = declared->palette_authored;
    return fine;
}

/* ---- Palettes of the sprites ---- */

/* Whether one of them is the beginning of the other. */
static bool have_one_beginning(const struct verify_sheet_palette *a, const struct verify_sheet_palette *b)
{
    uint32_t count = a->count < b->count ? a->count : b->count;
    return memcmp(a->colours, b->colours, count * sizeof *a->colours) == 0;
}

static void put(struct verify_palettes *palettes, const struct verify_sheet_palette *brought, const char *path,
                uint32_t index)
{
    if (brought->count > palettes->items[index].count) {
        palettes->items[index] = *brought;
        palettes->paths[index] = path;
    }
    palettes->authored = index < palettes->authored ? palettes->authored : index + 1;
}

bool verify_palettes_collect(struct verify_palettes *palettes, const struct verify_sheet_palette *brought,
                             const char *path, uint32_t *index)
{
    *index = 0;
    while (*index < palettes->authored && !have_one_beginning(&palettes->items[*index], brought)) {
        ++*index;
    }
    if (*index == VERIFY_PALETTE_INDICES) {
        return false;
    }
    put(palettes, brought, path, *index);
    return true;
}

bool verify_palettes_collect_at(struct verify_palettes *palettes, const struct verify_sheet_palette *brought,
                                const char *path, uint32_t index)
{
    bool fits = have_one_beginning(&palettes->items[index], brought);
    if (fits) {
        put(palettes, brought, path, index);
    }
    return fits;
}

uint32_t verify_palette_entry(const struct verify_sheet_palette *palette, uint16_t colour)
{
    for (uint32_t i = 1; i < palette->count; i++) {
        if (palette->colours[i] == colour) {
            return i;
        }
    }
    return 0;
}
