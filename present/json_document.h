/* One answer as a JSON document in memory, for a front end that puts it into a message. */
#ifndef PRPACK_PRESENT_JSON_DOCUMENT_H
#define PRPACK_PRESENT_JSON_DOCUMENT_H

#include "base/text.h"
#include "present/output.h"
#include "service/operations.h"

/* Appends the document that the format json prints for the answer, without the end of its line. Running out of memory
 * shows in the text. `output` has the remedies; nothing is written to its streams. */
void present_json_document_add(struct base_text *text, const struct present_output *output,
                               const struct service_answer *answer);

/* Appends one finding as the document has it. */
void present_json_finding_add(struct base_text *text, const struct present_output *output,
                              const struct base_finding *finding);

#endif
