#include "writer/image/palette_file.h"

#include "writer/image/indexed.h"
#include "writer/image/palette_text.h"
#include "writer/image/png.h"
#include "writer/image/strip.h"

#include <stdlib.h>
#include <string.h>

/* A picture from which a palette is taken may be larger than a sheet, but not without bound. */
enum { PICTURE_PIXELS_MAX = 4194304 };

static bool is_png(struct writer_source *source)
{
    static const uint8_t signature[4] = {0x89, 'P', 'N', 'G'};
    struct base_bytes begin = writer_source_peek(source, sizeof signature);
    return begin.size == sizeof signature && memcmp(begin.data, signature, sizeof signature) == 0;
}

/* ---- PNGs ---- */

/* A PNG without a palette of its own is not a strip. */
static bool report_no_strip(const struct writer_png *png, const struct writer_image *image,
                            enum writer_strip_fault fault, size_t pixel, const struct writer_reporter *report)
{
    static const char *const expected[] = {
        [WRITER_STRIP_FINE] = NULL,
        [WRITER_STRIP_SIZE] = "an indexed PNG, or one row of 2 to 16 squares with a side of 1, 8 or 32 pixels",
        [WRITER_STRIP_MIXED] = "one colour in each square of the strip",
        [WRITER_STRIP_SEE_THROUGH] = "opaque squares after the first one",
        [WRITER_STRIP_FEW] = "two squares or more that are not transparent, and two colours or more",
    };
    struct base_details details = {.expected = expected[fault], .cause = DIAG_CAUSE_PALETTE_STRIP};
    if (fault == WRITER_STRIP_MIXED || fault == WRITER_STRIP_SEE_THROUGH) {
        details.place = writer_place_of_pixel(image, pixel);
    }
    return writer_report(report, DIAG_PALETTE_INVALID, &details,
                         "the PNG of %u x %u is not indexed, and it is not a strip of colours", (unsigned)png->width,
                         (unsigned)png->height);
}

static bool check_indices(const struct writer_image *image, const struct writer_reporter *report)
{
    size_t count = (size_t)image->width * image->height;
    for (size_t i = 0; i < count && image->palette_count > WRITER_PALETTE_COLOURS; i++) {
        if (image->pixels[i] >= WRITER_PALETTE_COLOURS) {
            return writer_report(report, DIAG_PALETTE_INVALID,
                                 &(struct base_details){.place = writer_place_of_pixel(image, i),
                                                        .expected = "at most 16 colours",
                                                        .actual = writer_decimal(image->palette_count).text},
                                 "the palette has more than 16 colours, and the pixel has index %u",
                                 (unsigned)image->pixels[i]);
        }
    }
    return true;
}

/* Whether the colours of `begin` are the first ones of a palette, in 8 bits per channel. */
static bool begins_with(const struct writer_palette *palette, const struct writer_palette *begin)
{
    size_t size = begin->count * sizeof begin->colours[0];
    return begin->count <= palette->count && memcmp(palette->colours, begin->colours, size) == 0;
}

/* The palette that a sprite with these pixels would have, or that the picture shows as a strip. */
static bool take_palette(const struct writer_png *png, const struct writer_image *image, struct writer_palette *palette,
                         const struct writer_reporter *report)
{
    static const struct workspace_picture_rules rules = {.transparent = WORKSPACE_TRANSPARENT_ABSENT};
    const struct writer_strip strip = writer_strip_of(image);
    bool is_strip = strip.fault == WRITER_STRIP_FINE;
    if (!image->indexed && !is_strip) {
        return report_no_strip(png, image, strip.fault, strip.pixel, report);
    }
    if (!is_strip && !check_indices(image, report)) {
        return false;
    }
    *palette = strip.palette;
    if (image->indexed) {
        struct writer_palette own =
            writer_indexed_of(image->palette, image->palette_count, image->keyed, &rules).palette;
        /* What is shown counts where the PNG has its colours in another order. */
        *palette = begins_with(&own, &strip.palette) ? own : strip.palette;
    }
    return true;
}

/* By the header alone, before the pixels need memory. */
static bool check_picture(const struct writer_png *png, const struct writer_reporter *report)
{
    if (!png->indexed && writer_strip_side(png->width, png->height) == 0) {
        return report_no_strip(png, NULL, WRITER_STRIP_SIZE, 0, report);
    }
    if ((uint64_t)png->width * png->height > PICTURE_PIXELS_MAX) {
        return writer_report(report, DIAG_INPUT_TOO_LARGE,
                             &(struct base_details){.expected = "at most 4194304 pixels",
                                                    .actual = writer_decimal((uint64_t)png->width * png->height).text},
                             "the PNG has too many pixels for one that brings a palette");
    }
    return true;
}

static bool read_png(struct writer_source *source, struct writer_palette *palette, const struct writer_reporter *report)
{
    struct writer_png png;
    struct writer_image image = {.pixels = NULL};
    bool done = writer_png_open(&png, source, report) && check_picture(&png, report) &&
                writer_png_decode(&png, &image, NULL, report) && take_palette(&png, &image, palette, report);
    writer_image_free(&image);
    writer_png_close(&png);
    return done;
}

/* ---- Texts ---- */

static bool read_text(struct writer_source *source, struct writer_palette *palette,
                      const struct writer_reporter *report)
{
    if (source->file.size > WRITER_PALETTE_TEXT_MAX) {
        return writer_report(
            report, DIAG_INPUT_TOO_LARGE,
            &(struct base_details){.expected = "at most 65536 bytes", .actual = writer_decimal(source->file.size).text},
            "the file is too large for a palette");
    }
    size_t size = (size_t)source->file.size;
    uint8_t *text = malloc(size + 1);
    if (text == NULL) {
        return writer_report_memory(report->findings);
    }
    size_t count = writer_source_read(source, text, size);
    bool done;
    if (source->problem != 0) {
        done = writer_report_read(report, source->problem);
    } else {
        done = writer_palette_parse(base_bytes_make(text, count), palette, report);
    }
    free(text);
    return done;
}

bool writer_palette_read(struct writer_source *source, struct writer_palette *palette,
                         const struct writer_reporter *report)
{
    return is_png(source) ? read_png(source, palette, report) : read_text(source, palette, report);
}
