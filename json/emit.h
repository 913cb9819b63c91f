/* Emits compact JSON into a base_text: reports, the registry, the cache. (The writer of packs has a printer of its own:
 * json/escape.h says why.)
 *
 * Strings are escaped as json/escape.h says, so a report is always valid JSON on one line. The caller opens and closes
 * containers in order; the emitter adds the commas. Running out of memory shows in the text. */
#ifndef PRPACK_JSON_EMIT_H
#define PRPACK_JSON_EMIT_H

#include "base/text.h"

struct json_emit {
    struct base_text *text;
    bool needs_comma;
};

struct json_emit json_emit_make(struct base_text *text);
void json_emit_object(struct json_emit *emit);
void json_emit_object_end(struct json_emit *emit);
void json_emit_array(struct json_emit *emit);
void json_emit_array_end(struct json_emit *emit);
void json_emit_key(struct json_emit *emit, const char *key);
void json_emit_string(struct json_emit *emit, const char *value); /* NULL becomes null */
void json_emit_bytes(struct json_emit *emit, struct base_bytes value);
void json_emit_u64(struct json_emit *emit, uint64_t value);
void json_emit_i64(struct json_emit *emit, int64_t value);
void json_emit_bool(struct json_emit *emit, bool value);
void json_emit_null(struct json_emit *emit);
/* A value that is JSON already: token by token as it is spelt, without the white space between them; null when it is
 * not JSON. */
void json_emit_json(struct json_emit *emit, struct base_bytes json);

/* Appends one string alone, for a text whose white space is up to the caller. */
void json_add_string(struct base_text *text, const char *value);

#endif
