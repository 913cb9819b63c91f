/* What `gc` would delete: docs/contracts/workspace.md, 8.10 and 8.11. */
#ifndef PRPACK_SERVICE_DOCTOR_LEFTOVER_H
#define PRPACK_SERVICE_DOCTOR_LEFTOVER_H

#include "service/doctor/subject.h"

/* Adds leftover about each thing that no process uses, but for a cache, which a build may have use for. */
void service_doctor_leftovers(const struct service_doctor_subject *subject);

#endif
