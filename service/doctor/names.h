/* Names that differ by case only: docs/contracts/workspace.md, 8.10. */
#ifndef PRPACK_SERVICE_DOCTOR_NAMES_H
#define PRPACK_SERVICE_DOCTOR_NAMES_H

#include "service/doctor/subject.h"

/* Adds name-case about each two names, and each two roots, that follow each other when they are sorted without case. */
void service_doctor_names(const struct service_doctor_subject *subject);

#endif
