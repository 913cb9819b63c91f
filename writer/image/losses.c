#include "writer/image/losses.h"

void writer_warn_frames(const struct writer_image *image, const struct writer_reporter *report)
{
    if (image->frames > 1) {
        writer_warn(report, DIAG_FRAMES_DROPPED, NULL,
                    "the PNG is an animation of %u frames: only the picture that every viewer shows is packed",
                    (unsigned)image->frames);
    }
}

static void warn_hidden(const struct writer_image *image, const struct writer_grid *grid,
                        const struct writer_indexed *indexed, const struct writer_reporter *report)
{
    bool wanted[WRITER_PNG_PALETTE_MAX];
    bool any = false;
    for (unsigned i = 0; i < WRITER_PNG_PALETTE_MAX; i++) {
        wanted[i] = indexed->opacity[i] == WRITER_HIDDEN;
        any = any || wanted[i];
    }
    struct writer_tally tally = {.pixels = 0};
    if (any) {
        writer_tally_indices(&tally, grid, image->pixels, wanted);
    }
    if (tally.pixels > 0) {
        const struct base_place place = writer_tally_place(&tally, grid);
        writer_warn(report, DIAG_PIXEL_HIDDEN, &place,
                    "the picture has no transparency, and its pixels with index 0 are not drawn: %s",
                    writer_tally_text(&tally, grid).text);
    }
}

/* Finds the entries whose colour is one with that of an earlier entry; earlier[i] is that entry. */
static bool find_twins(const struct writer_indexed *indexed, const bool *used, bool twin[WRITER_PNG_PALETTE_MAX],
                       uint8_t earlier[WRITER_PNG_PALETTE_MAX])
{
    bool any = false;
    for (uint32_t i = 0; i < indexed->colour_count; i++) {
        twin[i] = false;
        if (indexed->opacity[i] != WRITER_OPAQUE || (used != NULL && !used[i])) {
            continue;
        }
        for (uint32_t k = 0; k < i && !twin[i]; k++) {
            twin[i] = writer_rgb565(indexed->colours[k]) == writer_rgb565(indexed->colours[i]) &&
                      (indexed->colours[k] & 0xFFFFFF) != (indexed->colours[i] & 0xFFFFFF) &&
                      indexed->opacity[k] == WRITER_OPAQUE && (used == NULL || used[k]);
            earlier[i] = (uint8_t)k;
        }
        any = any || twin[i];
    }
    return any;
}

static void warn_twins(const struct writer_image *image, const struct writer_grid *grid,
                       const struct writer_indexed *indexed, const struct writer_reporter *report)
{
    bool twin[WRITER_PNG_PALETTE_MAX] = {false};
    uint8_t earlier[WRITER_PNG_PALETTE_MAX];
    bool used[WRITER_PNG_PALETTE_MAX];
    /* Most palettes have no twins: then the pixels need not be looked at. */
    if (!find_twins(indexed, NULL, twin, earlier)) {
        return;
    }
    writer_indexed_uses(image, used);
    if (find_twins(indexed, used, twin, earlier)) {
        struct writer_merged merged = {.earlier = 0};
        writer_tally_indices(&merged.tally, grid, image->pixels, twin);
        uint8_t first = image->pixels[merged.tally.first];
        merged.colour = indexed->colours[first] & 0xFFFFFF;
        merged.earlier = indexed->colours[earlier[first]] & 0xFFFFFF;
        writer_warn_merged(grid, &merged, report);
    }
}

void writer_warn_indices(const struct writer_image *image, const struct writer_grid *grid,
                         const struct writer_indexed *indexed, const struct writer_reporter *report)
{
    warn_hidden(image, grid, indexed, report);
    warn_twins(image, grid, indexed, report);
}

void writer_warn_merged(const struct writer_grid *grid, const struct writer_merged *merged,
                        const struct writer_reporter *report)
{
    const struct base_place place = writer_tally_place(&merged->tally, grid);
    writer_warn(report, DIAG_COLOUR_MERGED, &place,
                "the colours #%06x and #%06x of the picture are one on the console (RGB565); %s",
                (unsigned)merged->earlier, (unsigned)merged->colour, writer_tally_text(&merged->tally, grid).text);
}
