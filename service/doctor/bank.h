/* One packed glyph bank, and places in it. Threads: no shared state. */
#ifndef PRPACK_SERVICE_DOCTOR_BANK_H
#define PRPACK_SERVICE_DOCTOR_BANK_H

#include "base/findings.h"
#include "workspace/workspace.h"
#include "writer/sheets.h"

struct service_doctor_bank {
    const struct workspace *workspace;
    const struct writer_packed_sheet *sheet;
    struct base_findings *findings;
};

/* How many tiles a sheet has room for. */
size_t service_doctor_capacity(const struct service_doctor_bank *bank);

/* Where the pixels of a tile begin in the sheet's indices; rows are service_doctor_pitch apart. */
const uint8_t *service_doctor_pixels(const struct service_doctor_bank *bank, size_t tile);
size_t service_doctor_pitch(const struct service_doctor_bank *bank);

/* Appends: tile 3 of "walk.png". */
void service_doctor_name_tile(const struct service_doctor_bank *bank, size_t tile, struct base_text *text);

/* Adds a warning at the first pixel of a tile, with `tiles` as the number of tiles that it is about. `palette`: that it
 * is about; -1: none. */
void service_doctor_report_tile(const struct service_doctor_bank *bank, enum diag diagnostic, size_t tile,
                                uint64_t tiles, int palette, struct base_text *message);

#endif
