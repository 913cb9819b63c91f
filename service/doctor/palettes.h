/* Palettes that leave entries empty, or that nothing uses: docs/contracts/workspace.md, 8.10. */
#ifndef PRPACK_SERVICE_DOCTOR_PALETTES_H
#define PRPACK_SERVICE_DOCTOR_PALETTES_H

#include "service/doctor/bank.h"

/* Adds palette-entry-unset and palette-unused about the declared palettes of one bank, one of each per palette at most.
 * Threads: many banks at once. */
void service_doctor_palettes(const struct service_doctor_bank *bank);

#endif
