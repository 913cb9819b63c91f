/* Emits compact JSON into a pp_text: reports and the registry. (The writer of packs has a printer of its own.)
 *
 * The output is one line for every reader of lines: U+007F to U+009F, U+2028 and U+2029 are escaped too.
 * The caller opens and closes in order; commas are the emitter's matter. Strings that are not UTF-8 have the faulty
 * bytes replaced by U+FFFD, so that a report is always valid JSON. Running out of memory shows in the text. */
#ifndef PRPACK_BASE_JSON_EMIT_H
#define PRPACK_BASE_JSON_EMIT_H

#include "base/text.h"

struct pp_json_emit {
    struct pp_text *text;
    bool needs_comma;
};

struct pp_json_emit pp_json_emit_make(struct pp_text *text);
void pp_json_emit_object(struct pp_json_emit *emit);
void pp_json_emit_object_end(struct pp_json_emit *emit);
void pp_json_emit_array(struct pp_json_emit *emit);
void pp_json_emit_array_end(struct pp_json_emit *emit);
void pp_json_emit_key(struct pp_json_emit *emit, const char *key);
void pp_json_emit_string(struct pp_json_emit *emit, const char *value); /* NULL becomes null */
void pp_json_emit_bytes(struct pp_json_emit *emit, struct pp_bytes value);
void pp_json_emit_u64(struct pp_json_emit *emit, uint64_t value);
void pp_json_emit_i64(struct pp_json_emit *emit, int64_t value);
void pp_json_emit_bool(struct pp_json_emit *emit, bool value);
void pp_json_emit_null(struct pp_json_emit *emit);
/* A value that is JSON already: token by token as it is spelt, without the white space between them; null when it is not JSON. */
void pp_json_emit_json(struct pp_json_emit *emit, struct pp_bytes json);

#endif
