/* A finding in words, as every format for people shows it. All that is appended is printable, and one line. */
#ifndef PRPACK_PRESENT_FINDING_WORDS_H
#define PRPACK_PRESENT_FINDING_WORDS_H

#include "base/text.h"
#include "present/output.h"

/* "error" or "warning". Static storage. */
const char *present_severity(const struct base_finding *finding);

/* "byte 20, pixel x 3, y 5, asset 2, /asset_table/0/offset"; nothing when none of this is known. */
void present_words_add_place(struct base_text *text, const struct base_place *place);

/* What is wrong, then what is expected and what was found, as far as the message does not say it: without a full stop.
 */
void present_words_add_message(struct base_text *text, const struct base_finding *finding);

/* What to do about it, with its full stop. */
void present_words_add_remedy(struct base_text *text, const struct present_output *output,
                              const struct base_finding *finding);

/* The whole line, without its end: "FILE:LINE:COLUMN: error[id] PLACE: MESSAGE. REMEDY", as compilers write it. */
void present_words_add_line(struct base_text *text, const struct present_output *output,
                            const struct base_finding *finding, bool color);

#endif
