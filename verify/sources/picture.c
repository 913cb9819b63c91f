#include "verify/sources/picture.h"

#include "verify/core/format.h"

#include <stdio.h>
#include <stdlib.h>

/* In a table of cells: a pixel of this index is neither opaque nor transparent. */
enum { TRANSLUCENT = VERIFY_CELL_TRANSPARENT << 1 };

uint16_t verify_rgb565(struct verify_palette_colour colour)
{
    return (uint16_t)(colour.red >> 3 << 11 | colour.green >> 2 << 5 | colour.blue >> 3);
}

static verify_cell make_cell(uint16_t colour, uint32_t index, uint32_t flags)
{
    return colour | index << 16 | flags;
}

/* ---- Indexed images ---- */

uint32_t verify_exchanged_entry(const struct verify_pixels *image)
{
    uint32_t entry = 0;
    while (entry < VERIFY_PALETTE_ENTRIES && entry < image->colour_count && image->alpha[entry] != 0) {
        entry++;
    }
    bool found = image->has_trns && entry < VERIFY_PALETTE_ENTRIES && entry < image->colour_count;
    return found ? entry : 0;
}

/* Whether index 0, as the table of the contract calls it, is transparent in an image without tRNS. */
static uint32_t flags_of(const struct verify_pixels *image, const struct verify_declared *declared, uint32_t index)
{
    uint32_t entry = declared->banked ? index % VERIFY_PALETTE_ENTRIES : index;
    if (!image->has_trns) {
        bool transparent = entry == 0 && declared->transparent != VERIFY_TRANSPARENT_ALPHA;
        return transparent ? VERIFY_CELL_TRANSPARENT : 0;
    }
    uint32_t other = image->alpha[index] == 0 ? VERIFY_CELL_TRANSPARENT : TRANSLUCENT;
    return image->alpha[index] == UINT8_MAX ? 0 : other;
}

/* The cell of each index. */
static void make_table(const struct verify_pixels *image, const struct verify_declared *declared,
                       struct verify_picture *picture, verify_cell table[VERIFY_PNG_COLOURS])
{
    uint32_t exchanged = declared->banked ? 0 : verify_exchanged_entry(image);
    picture->indexed = true;
    picture->colour_count = image->colour_count;
    for (uint32_t i = 0; i < image->colour_count; i++) {
        uint32_t index = i == exchanged ? 0 : i;
        index = i == 0 ? exchanged : index;
        picture->colours[index] = verify_rgb565(image->colours[i]);
        table[i] = make_cell(picture->colours[index], index, flags_of(image, declared, i));
    }
}

static void take_indexed(const struct verify_pixels *image, const struct verify_declared *declared,
                         struct verify_picture *picture, struct verify_tally *translucent)
{
    verify_cell table[VERIFY_PNG_COLOURS] = {0};
    make_table(image, declared, picture, table);
    for (uint32_t y = 0; y < image->height; y++) {
        const uint8_t *from = image->indices + (size_t)y * image->width;
        verify_cell *to = picture->cells + (size_t)y * picture->width;
        verify_cell all = 0;
        for (uint32_t x = 0; x < image->width; x++) {
            to[x] = table[from[x]];
            all |= to[x];
        }
        for (uint32_t x = 0; (all & TRANSLUCENT) != 0 && x < image->width; x++) {
            if ((to[x] & TRANSLUCENT) != 0) {
                verify_tally_add(translucent, x, y);
            }
        }
    }
}

/* ---- Other images ---- */

/* Whether both bytes of a sample are equal: then 8 bits hold it. */
static bool is_exact(uint16_t sample)
{
    return sample >> 8 == (sample & 0xFF);
}

/* What is wrong with the pixels of an image. */
struct faults {
    struct verify_tally translucent;
    struct verify_tally inexact;
};

static verify_cell take_pixel(const struct verify_pixel *pixel, uint32_t x, uint32_t y, struct faults *faults)
{
    if (pixel->alpha == 0) {
        return VERIFY_CELL_TRANSPARENT;
    }
    if (pixel->alpha != UINT16_MAX) {
        verify_tally_add(&faults->translucent, x, y);
        return VERIFY_CELL_TRANSPARENT;
    }
    if (!is_exact(pixel->red) || !is_exact(pixel->green) || !is_exact(pixel->blue)) {
        verify_tally_add(&faults->inexact, x, y);
    }
    const struct verify_palette_colour colour = {
        .red = (uint8_t)(pixel->red >> 8), .green = (uint8_t)(pixel->green >> 8), .blue = (uint8_t)(pixel->blue >> 8)};
    return make_cell(verify_rgb565(colour), 0, 0);
}

static void take_others(const struct verify_pixels *image, const struct verify_declared *declared,
                        struct verify_picture *picture, struct faults *faults)
{
    bool has_transparency = image->has_trns;
    for (uint32_t y = 0; y < image->height; y++) {
        const struct verify_pixel *from = image->pixels + (size_t)y * image->width;
        for (uint32_t x = 0; x < image->width; x++) {
            picture->cells[(size_t)y * picture->width + x] = take_pixel(&from[x], x, y, faults);
            has_transparency = has_transparency || from[x].alpha != UINT16_MAX;
        }
    }
    picture->keyed = !has_transparency && declared->transparent == VERIFY_TRANSPARENT_INDEX;
}

/* The alpha of a pixel as the file has it. */
static void name_alpha(const struct verify_pixels *image, uint32_t x, uint32_t y, char text[32])
{
    size_t at = (size_t)y * image->width + x;
    if (image->indices != NULL) {
        (void)snprintf(text, 32, "alpha %u", (unsigned)image->alpha[image->indices[at]]);
    } else if (image->is_deep) {
        (void)snprintf(text, 32, "alpha %u of 65535", (unsigned)image->pixels[at].alpha);
    } else {
        (void)snprintf(text, 32, "alpha %u", (unsigned)(image->pixels[at].alpha >> 8));
    }
}

static void name_colour(const struct verify_pixels *image, uint32_t x, uint32_t y, char text[32])
{
    const struct verify_pixel *pixel = &image->pixels[(size_t)y * image->width + x];
    (void)snprintf(text, 32, "#%04x%04x%04x", (unsigned)pixel->red, (unsigned)pixel->green, (unsigned)pixel->blue);
}

/* Whether there are none; else *fault is the cause that comes first in the contract. */
static bool has_no_faults(const struct verify_pixels *image, const struct faults *faults,
                          struct verify_picture_fault *fault)
{
    if (faults->inexact.pixels > 0) {
        fault->diagnostic = DIAG_PIXEL_INEXPRESSIBLE;
        fault->text = "8 bits cannot hold the colour of a pixel exactly";
        fault->tally = faults->inexact;
        fault->expected = "16-bit samples with two equal bytes";
        name_colour(image, fault->tally.x, fault->tally.y, fault->actual);
    } else if (faults->translucent.pixels > 0) {
        fault->diagnostic = DIAG_PIXEL_TRANSLUCENT;
        fault->text = "a pixel is neither opaque nor transparent";
        fault->tally = faults->translucent;
        fault->expected = image->is_deep ? "alpha 0 or 65535" : "alpha 0 or 255";
        name_alpha(image, fault->tally.x, fault->tally.y, fault->actual);
    }
    return fault->text == NULL;
}

/* ---- Both ---- */

static uint32_t padded(uint32_t size, uint32_t tile_size)
{
    return (size + tile_size - 1) / tile_size * tile_size;
}

/* The image is not larger than a sheet, so no sum overflows. */
static const char *check_size(const struct verify_pixels *image, const struct verify_declared *declared, bool pad,
                              struct verify_picture *picture)
{
    picture->width = padded(image->width, declared->tile_size);
    picture->height = padded(image->height, declared->tile_size);
    if (!pad && (picture->width != image->width || picture->height != image->height)) {
        return "the image does not have whole tiles";
    }
    return (uint64_t)picture->width * picture->height <= VERIFY_SHEET_PIXELS ? NULL
                                                                             : "the image has more pixels than a sheet";
}

static void fill_padding(const struct verify_pixels *image, struct verify_picture *picture)
{
    for (uint32_t y = 0; y < picture->height; y++) {
        for (uint32_t x = y < image->height ? image->width : 0; x < picture->width; x++) {
            picture->cells[(size_t)y * picture->width + x] = VERIFY_CELL_TRANSPARENT;
        }
    }
}

/* Whether each index has a colour; else *fault says which pixels have another one. */
static bool has_colours(const struct verify_pixels *image, struct verify_picture_fault *fault, uint32_t side)
{
    if (!image->lacks_colours) {
        return true;
    }
    fault->tally = verify_tally_of(image->width, side);
    for (uint32_t y = 0; y < image->height; y++) {
        for (uint32_t x = 0; x < image->width; x++) {
            if (image->indices[(size_t)y * image->width + x] >= image->colour_count) {
                verify_tally_add(&fault->tally, x, y);
            }
        }
    }
    size_t first = (size_t)fault->tally.y * image->width + fault->tally.x;
    fault->diagnostic = DIAG_IMAGE_INVALID;
    fault->text = "a pixel has an index without a colour";
    (void)snprintf(fault->actual, sizeof fault->actual, "index %u", (unsigned)image->indices[first]);
    return false;
}

bool verify_picture_make(const struct verify_pixels *image, const struct verify_declared *declared, bool pad,
                         struct verify_picture *picture, struct verify_picture_fault *fault)
{
    struct faults faults = {.translucent = verify_tally_of(image->width, declared->tile_size),
                            .inexact = verify_tally_of(image->width, declared->tile_size)};
    *picture = (struct verify_picture){.cells = NULL};
    *fault =
        (struct verify_picture_fault){.text = check_size(image, declared, pad, picture), .diagnostic = DIAG_IMAGE_SIZE};
    if (fault->text != NULL || !has_colours(image, fault, declared->tile_size)) {
        return false;
    }
    picture->cells = malloc((size_t)picture->width * picture->height * sizeof *picture->cells);
    if (picture->cells == NULL) {
        return false;
    }
    fill_padding(image, picture);
    if (image->indices != NULL) {
        take_indexed(image, declared, picture, &faults.translucent);
    } else {
        take_others(image, declared, picture, &faults);
    }
    return has_no_faults(image, &faults, fault);
}

void verify_picture_free(struct verify_picture *picture)
{
    free(picture->cells);
    picture->cells = NULL;
}
