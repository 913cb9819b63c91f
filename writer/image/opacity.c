#include "writer/image/opacity.h"

#include "writer/image/pixels.h"

#include <stdio.h>

static size_t pixels_of(const struct writer_image *image)
{
    return (size_t)image->width * image->height;
}

bool writer_has_transparency(const struct writer_image *image)
{
    bool found = image->keyed;
    for (size_t i = 0; !found && image->alpha_channel && i < pixels_of(image); i++) {
        found = writer_image_colour(image, i) >> 24 != 255;
    }
    return found;
}

static void tally_indices(const struct writer_image *image, const struct writer_grid *grid,
                          const struct writer_indexed *indexed, struct writer_tally *tally)
{
    bool wanted[WRITER_PNG_PALETTE_MAX];
    bool any = false;
    for (unsigned i = 0; i < WRITER_PNG_PALETTE_MAX; i++) {
        wanted[i] = indexed->opacity[i] == WRITER_TRANSLUCENT;
        any = any || wanted[i];
    }
    if (any) {
        writer_tally_indices(tally, grid, image->pixels, wanted);
    }
}

static bool is_translucent(uint32_t argb)
{
    return argb >> 24 != 0 && argb >> 24 != 255;
}

static void tally_alpha(const struct writer_image *image, const struct writer_grid *grid, struct writer_tally *tally)
{
    for (size_t i = 0; image->alpha_channel && i < pixels_of(image); i++) {
        if (is_translucent(writer_image_colour(image, i))) {
            writer_tally_add(tally, grid, i);
        }
    }
}

static bool report_translucent(const struct writer_image *image, const struct writer_grid *grid,
                               const struct writer_tally *tally, const struct writer_reporter *report)
{
    char shown[40];
    if (image->deep_alpha != 0) {
        (void)snprintf(shown, sizeof shown, "alpha %u of 65535", (unsigned)image->deep_alpha);
    } else {
        (void)snprintf(shown, sizeof shown, "alpha %u", (unsigned)(writer_image_colour(image, tally->first) >> 24));
    }
    return writer_report(
        report, DIAG_PIXEL_TRANSLUCENT,
        &(struct base_details){.place = writer_pixels_place(report, tally, grid),
                               .expected = image->deep_alpha != 0 ? "alpha 0 or 65535" : "alpha 0 or 255",
                               .actual = shown},
        "neither opaque nor transparent: %s%s", writer_tally_text(tally, grid).text,
        image->deep_alpha != 0 ? "; the picture has 16 bits per channel: save it with 8" : "");
}

bool writer_check_opacity(const struct writer_image *image, const struct writer_grid *grid,
                          const struct writer_indexed *indexed, const struct writer_reporter *report)
{
    struct writer_tally tally = {.pixels = 0};
    if (indexed != NULL) {
        tally_indices(image, grid, indexed, &tally);
    } else {
        tally_alpha(image, grid, &tally);
    }
    return tally.pixels == 0 || report_translucent(image, grid, &tally, report);
}
