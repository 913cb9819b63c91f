#include "writer/image/losses.h"

#include "base/text.h"
#include "writer/image/pixels.h"

void writer_warn_frames(const struct writer_image *image, const struct writer_reporter *report)
{
    if (image->frames > 1) {
        writer_warn(report, DIAG_FRAMES_DROPPED, NULL,
                    "the PNG is an animation of %u frames: only the picture that every viewer shows is packed",
                    (unsigned)image->frames);
    }
}

/* An opaque index whose colour the console does not tell from that of `index`; 0: none. In a banked picture it is one
 * of the same sixteen. */
static uint32_t find_same(const struct writer_indexed *indexed, uint32_t index)
{
    uint32_t bank = index / WRITER_PALETTE_COLOURS;
    for (uint32_t i = index + 1; i < indexed->colour_count && i / WRITER_PALETTE_COLOURS == bank; i++) {
        if (indexed->opacity[i] == WRITER_OPAQUE &&
            writer_rgb565(indexed->colours[i]) == writer_rgb565(indexed->colours[index])) {
            return i;
        }
    }
    return 0;
}

static void report_hidden(const struct writer_image *image, const struct writer_grid *grid,
                          const struct writer_indexed *indexed, const struct writer_tally *tally,
                          const struct writer_reporter *report)
{
    uint32_t index = image->pixels[tally->first];
    uint32_t same = find_same(indexed, index);
    const struct base_place place = writer_pixels_place(report, tally, grid);
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_addf(&text, "the picture has no transparency, and its pixels with index %u, #%06x, are not drawn: %s",
                   (unsigned)index, (unsigned)(indexed->colours[index] & 0xFFFFFF),
                   writer_tally_text(tally, grid).text);
    if (same != 0) {
        base_text_addf(&text, "; index %u has the same RGB565, and is drawn", (unsigned)same);
    }
    writer_warn(report, DIAG_PIXEL_HIDDEN, &place, "%s", base_text_string(&text));
    base_text_release(&text, &report->findings->out_of_memory);
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
        report_hidden(image, grid, indexed, &tally, report);
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
        struct writer_tally tally = {.pixels = 0};
        writer_tally_indices(&tally, grid, image->pixels, twin);
        uint8_t first = image->pixels[tally.first];
        const struct base_place place = writer_pixels_place(report, &tally, grid);
        writer_warn(report, DIAG_COLOUR_MERGED, &place,
                    "index %u of the picture, #%06x, has the same RGB565 as index %u, #%06x: the console draws them as "
                    "one; %s",
                    (unsigned)first, (unsigned)(indexed->colours[first] & 0xFFFFFF), (unsigned)earlier[first],
                    (unsigned)(indexed->colours[earlier[first]] & 0xFFFFFF), writer_tally_text(&tally, grid).text);
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
    const struct base_place place = writer_pixels_place(report, &merged->tally, grid);
    writer_warn(report, DIAG_COLOUR_MERGED, &place,
                "#%06x has the same RGB565 as #%06x, which the picture has, too: the console draws them as one; %s",
                (unsigned)merged->colour, (unsigned)merged->earlier, writer_tally_text(&merged->tally, grid).text);
}
