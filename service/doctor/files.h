/* Large files that no declaration names: docs/contracts/workspace.md, 8.10. */
#ifndef PRPACK_SERVICE_DOCTOR_FILES_H
#define PRPACK_SERVICE_DOCTOR_FILES_H

#include "service/doctor/inputs.h"

/* Files of so many bytes count as large. */
#define SERVICE_DOCTOR_LARGE (UINT64_C(1) << 20)

/* Adds file-unused about each file that the scan has found to be large and that is not an input. In a root whose
 * declaration was not accepted no file counts. The inputs are sorted by file. */
void service_doctor_files(const struct service_doctor_inputs *inputs);

#endif
