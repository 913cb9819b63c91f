#include "writer/image/palette_file.h"

#include "writer/image/indexed.h"
#include "writer/image/palette_text.h"
#include "writer/image/png.h"

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

/* The palette that a sprite with these pixels would have, provided that no pixel has an index beyond 15. */
static bool take_png_palette(const struct writer_image *image, struct writer_palette *palette,
                             const struct writer_reporter *report)
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
    static const struct workspace_picture_rules rules = {.transparent = WORKSPACE_TRANSPARENT_ABSENT};
    *palette = writer_indexed_of(image->palette, image->palette_count, image->keyed, &rules).palette;
    return true;
}

static bool check_picture(const struct writer_png *png, const struct writer_reporter *report)
{
    if (!png->indexed) {
        return writer_report(report, DIAG_PALETTE_INVALID,
                             &(struct base_details){.expected = "an indexed PNG", .actual = "a PNG without a palette"},
                             "the PNG is not indexed, so it brings no palette");
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
                writer_png_decode(&png, &image, NULL, report) && take_png_palette(&image, palette, report);
    writer_image_free(&image);
    writer_png_close(&png);
    return done;
}

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
