/* Which findings of two runs are the same: a text without positions. */
#ifndef PRPACK_PRESENT_SARIF_IDENTITY_H
#define PRPACK_PRESENT_SARIF_IDENTITY_H

#include "base/text.h"
#include "present/output.h"
#include "present/subjects.h"

/* Appends the id of the diagnostic, the asset and the member, separated by ":". The asset is its uuid; without one its
 * id; of a finding about no asset it is the file, as present_location_add_uri has it. The member is the JSON pointer,
 * with "*" for the elements of arrays; of a source it is the path of the file below the root of the asset. */
void present_sarif_identity(struct base_text *text, const struct present_from *from,
                            const struct present_subjects *subjects, const struct base_finding *finding);

#endif
