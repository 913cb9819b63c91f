#include "writer/image/samples.h"

#include "writer/image/pixels.h"

#include <stdio.h>

/* The pixels that one finding is about. */
struct found {
    const struct writer_image *image;
    const struct writer_grid *grid; /* or NULL: then the tally has the first pixel alone */
    struct writer_tally tally;
};

static void add(struct found *found, size_t pixel)
{
    if (found->grid != NULL) {
        writer_tally_add(&found->tally, found->grid, pixel);
    } else if (found->tally.pixels++ == 0) {
        found->tally.first = pixel;
    }
}

static struct base_place place_of(const struct found *found, const struct writer_reporter *report)
{
    return found->grid != NULL ? writer_pixels_place(report, &found->tally, found->grid)
                               : writer_place_of_pixel(found->image, found->tally.first);
}

static struct writer_tally_text count_of(const struct found *found)
{
    struct writer_tally_text text;
    if (found->grid != NULL) {
        return writer_tally_text(&found->tally, found->grid);
    }
    (void)snprintf(text.text, sizeof text.text, "%zu pixel%s", (size_t)found->tally.pixels,
                   found->tally.pixels == 1 ? "" : "s");
    return text;
}

static bool report_no_colour(const struct found *found, const struct writer_reporter *report)
{
    const struct writer_image *image = found->image;
    return writer_report(report, DIAG_IMAGE_INVALID, &(struct base_details){.place = place_of(found, report)},
                         "the pixel has index %u, but the PNG's palette has %u colours; %s",
                         (unsigned)image->pixels[found->tally.first], (unsigned)image->palette_count,
                         count_of(found).text);
}

bool writer_samples_check_indices(struct writer_image *image, const struct writer_grid *grid,
                                  const struct writer_reporter *report)
{
    struct found found = {.image = image, .grid = grid};
    size_t count = (size_t)image->width * image->height;
    uint8_t highest = 0;
    for (size_t i = 0; i < count; i++) {
        highest = image->pixels[i] > highest ? image->pixels[i] : highest;
    }
    for (size_t i = 0; i < count && highest >= image->palette_count; i++) {
        if (image->pixels[i] >= image->palette_count) {
            add(&found, i);
        }
    }
    return found.tally.pixels == 0 || report_no_colour(&found, report);
}

static bool is_doubled(const uint8_t *sample)
{
    return sample[0] == sample[1];
}

/* An opaque pixel whose colour 8 bits do not hold. */
static void add_deep(struct found *found, size_t pixel, const uint8_t *samples, char colour[16])
{
    add(found, pixel);
    if (found->tally.pixels == 1) {
        (void)snprintf(colour, 16, "#%02x%02x%02x%02x%02x%02x", samples[0], samples[1], samples[2], samples[3],
                       samples[4], samples[5]);
    }
}

static bool report_deep(const struct found *found, const char *colour, const struct writer_reporter *report)
{
    return writer_report(
        report, DIAG_PIXEL_INEXPRESSIBLE,
        &(struct base_details){.place = place_of(found, report),
                               .expected = "16-bit samples whose two bytes are equal",
                               .actual = colour,
                               .cause = DIAG_CAUSE_SAMPLES_DEEP},
        "the picture has 16 bits per channel, and 8 bits do not hold the colour; #%06x has the same RGB565; %s",
        (unsigned)(writer_image_colour(found->image, found->tally.first) & 0xFFFFFF), count_of(found).text);
}

/* v16 = v8 x 257 means that both its bytes are v8. */
bool writer_samples_narrow(struct writer_image *image, const struct writer_grid *grid,
                           const struct writer_reporter *report)
{
    struct found found = {.image = image, .grid = grid};
    char colour[16] = "";
    size_t count = (size_t)image->width * image->height;
    for (size_t i = 0; i < count; i++) {
        const uint8_t *from = image->pixels + i * 8;
        uint8_t *to = image->pixels + i * 4;
        uint32_t alpha = (uint32_t)from[6] << 8 | from[7];
        if (alpha == 0xFFFF && !(is_doubled(from) && is_doubled(from + 2) && is_doubled(from + 4))) {
            add_deep(&found, i, from, colour);
        }
        bool translucent = alpha != 0 && alpha != 0xFFFF;
        image->deep_alpha = translucent && image->deep_alpha == 0 ? alpha : image->deep_alpha;
        to[0] = from[0];
        to[1] = from[2];
        to[2] = from[4];
        /* It stays neither when it is cut to 8 bits. */
        to[3] = is_doubled(from + 6) || !translucent ? from[6] : 128;
    }
    return found.tally.pixels == 0 || report_deep(&found, colour, report);
}
