/* Input files with equal content: docs/contracts/workspace.md, 8.10. */
#ifndef PRPACK_SERVICE_DOCTOR_CONTENT_H
#define PRPACK_SERVICE_DOCTOR_CONTENT_H

#include "service/doctor/inputs.h"

/* Adds content-equal about each group of files, in the order of their first files, and hands the groups to the result.
 * Files of one size are hashed, side by side, and files of one hash are compared. Changes the order of the inputs. */
void service_doctor_content(struct service_doctor_inputs *inputs, struct service_doctor_result *result);

#endif
