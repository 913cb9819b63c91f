/* Tiles that are equal or blank: docs/contracts/workspace.md, 8.10. */
#ifndef PRPACK_SERVICE_DOCTOR_TILES_H
#define PRPACK_SERVICE_DOCTOR_TILES_H

#include "service/doctor/bank.h"

/* Adds tiles-equal and tiles-blank about one bank, one of each at most. Threads: many banks at once. */
void service_doctor_tiles(const struct service_doctor_bank *bank);

#endif
