/* What people write in place of JSON, by the names that they have for it: a comment, a comma too many, a brace that is
 * missing. The tokenizer alone says what is JSON; this only explains a text that it has refused.
 *
 * Threads: no shared state. */
#ifndef PRPACK_JSON_MISTAKE_H
#define PRPACK_JSON_MISTAKE_H

#include "base/text.h"
#include "json/tokenizer.h"

/* Mistakes that a caller may have a better remedy for. */
enum json_mistake_kind {
    JSON_MISTAKE_OTHER,
    JSON_MISTAKE_NO_TEXT, /* empty, white, or zeros */
    JSON_MISTAKE_CUT,     /* the text ends before it is complete, as after a write that did not come to its end */
    JSON_MISTAKE_MERGE
};

/* Where the text is to be corrected, and how. */
struct json_mistake {
    enum json_mistake_kind kind;
    size_t at;          /* text.size when something is missing at the end */
    size_t length;      /* bytes; 0: something is missing there */
    const char *remedy; /* a sentence; static. NULL: none but "correct the text" */
};

/* Appends a clause that says what is wrong, such as "a comma comes before the closing brace"; without a better one,
 * what the tokenizer expected. It may have printable bytes of the text, and numbers of lines. `refused` has returned
 * JSON_ERROR, and not because its task was cancelled. Reads the text up to the error once more. */
struct json_mistake json_mistake_find(const struct json_tokenizer *refused, struct base_text *clause);

/* What a refused text is: "not strict JSON", "not valid text" or "nested too deeply". Static. */
const char *json_mistake_subject(const struct json_tokenizer *refused);

#endif
