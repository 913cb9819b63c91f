/* What would keep a build of the workspace: docs/contracts/workspace.md, 8.10.
 *
 * The findings are those of `build --check`, because the same functions find them. */
#ifndef PRPACK_SERVICE_DOCTOR_STRUCTURE_H
#define PRPACK_SERVICE_DOCTOR_STRUCTURE_H

#include "service/doctor/sheets.h"

/* Looks at the output directory as a build does, but takes no lock: reports what is in the way of the artifacts. False
 * when a build would end there. */
bool service_doctor_check_output(const struct service_doctor_subject *subject);

/* Packs the build set in memory, and drops the bytes; sheets are shown to *sheets. The workspace is loaded, and has no
 * fault. */
void service_doctor_pack(const struct service_doctor_subject *subject, struct service_doctor_sheets *sheets);

/* Warns of the files of roots that no declaration names (3.2.5). */
void service_doctor_undeclared(const struct service_doctor_subject *subject);

#endif
