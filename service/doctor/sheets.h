/* The packed sheets of a workspace, as the writer shows them while it packs: each is looked at by itself, and the
 * advice about it is kept until all are there.
 *
 * Threads: service_doctor_sheets_show may be called by many at once, for different assets; the rest belongs to one. */
#ifndef PRPACK_SERVICE_DOCTOR_SHEETS_H
#define PRPACK_SERVICE_DOCTOR_SHEETS_H

#include "service/doctor/subject.h"
#include "writer/sheets.h"

struct service_doctor_sheets {
    const struct service_doctor_subject *subject;
    struct base_findings **advice; /* of each asset of the subject; NULL: none */
    bool *shown;                   /* likewise */
};

/* False when memory ran out. Free it in either case. */
bool service_doctor_sheets_begin(struct service_doctor_sheets *sheets, const struct service_doctor_subject *subject);

/* What the writer calls: writer_sheets.show; context is a struct service_doctor_sheets. */
void service_doctor_sheets_show(void *context, const struct writer_packed_sheet *sheet);

/* Packs the glyph banks in memory that were not shown, side by side: those that builds leave out, and all others when
 * something kept them from being packed. What the writer has to say about them is not reported. Then adds the advice,
 * in rising asset_id. */
void service_doctor_sheets_end(struct service_doctor_sheets *sheets);

void service_doctor_sheets_free(struct service_doctor_sheets *sheets);

#endif
