#include "writer/image/pixels.h"

struct base_place writer_pixels_place(const struct writer_reporter *report, const struct writer_tally *tally,
                                      const struct writer_grid *grid)
{
    for (size_t i = 0; report->marks != NULL && i < WRITER_SHEET_PIXELS / 64; i++) {
        report->marks->bits[i] |= tally->marks.bits[i];
    }
    return writer_tally_place(tally, grid);
}
