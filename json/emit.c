#include "json/emit.h"

#include "json/escape.h"
#include "json/tokenizer.h"

#include <inttypes.h>

struct json_emit json_emit_make(struct base_text *text)
{
    return (struct json_emit){.text = text};
}

static void begin_value(struct json_emit *emit)
{
    if (emit->needs_comma) {
        base_text_add_char(emit->text, ',');
    }
    emit->needs_comma = true;
}

static void open_container(struct json_emit *emit, char bracket)
{
    begin_value(emit);
    base_text_add_char(emit->text, bracket);
    emit->needs_comma = false;
}

static void close_container(struct json_emit *emit, char bracket)
{
    base_text_add_char(emit->text, bracket);
    emit->needs_comma = true;
}

void json_emit_object(struct json_emit *emit)
{
    open_container(emit, '{');
}

void json_emit_object_end(struct json_emit *emit)
{
    close_container(emit, '}');
}

void json_emit_array(struct json_emit *emit)
{
    open_container(emit, '[');
}

void json_emit_array_end(struct json_emit *emit)
{
    close_container(emit, ']');
}

static void add_string(struct base_text *text, struct base_bytes value)
{
    base_text_add_char(text, '"');
    json_escape(text, value);
    base_text_add_char(text, '"');
}

void json_emit_key(struct json_emit *emit, const char *key)
{
    begin_value(emit);
    add_string(emit->text, base_bytes_of_string(key));
    base_text_add_char(emit->text, ':');
    emit->needs_comma = false;
}

void json_emit_bytes(struct json_emit *emit, struct base_bytes value)
{
    begin_value(emit);
    add_string(emit->text, value);
}

void json_emit_string(struct json_emit *emit, const char *value)
{
    if (value == NULL) {
        json_emit_null(emit);
    } else {
        json_emit_bytes(emit, base_bytes_of_string(value));
    }
}

void json_emit_u64(struct json_emit *emit, uint64_t value)
{
    begin_value(emit);
    base_text_addf(emit->text, "%" PRIu64, value);
}

void json_emit_i64(struct json_emit *emit, int64_t value)
{
    begin_value(emit);
    base_text_addf(emit->text, "%" PRId64, value);
}

void json_emit_bool(struct json_emit *emit, bool value)
{
    begin_value(emit);
    base_text_add_string(emit->text, value ? "true" : "false");
}

void json_emit_null(struct json_emit *emit)
{
    begin_value(emit);
    base_text_add_string(emit->text, "null");
}

/* Emits one token of an accepted text as it is spelt. */
static void emit_token(struct json_emit *emit, struct base_bytes text, struct json_token token)
{
    switch (token.kind) {
    case JSON_OBJECT_BEGIN:
        json_emit_object(emit);
        break;
    case JSON_OBJECT_END:
        json_emit_object_end(emit);
        break;
    case JSON_ARRAY_BEGIN:
        json_emit_array(emit);
        break;
    case JSON_ARRAY_END:
        json_emit_array_end(emit);
        break;
    case JSON_KEY:
    case JSON_STRING:
        begin_value(emit);
        base_text_add_char(emit->text, '"');
        json_escape_spelt(emit->text, json_span(text, token));
        base_text_add_char(emit->text, '"');
        if (token.kind == JSON_KEY) {
            base_text_add_char(emit->text, ':');
            emit->needs_comma = false;
        }
        break;
    case JSON_NUMBER:
    case JSON_TRUE:
    case JSON_FALSE:
    case JSON_NULL:
        begin_value(emit);
        base_text_add(emit->text, json_span(text, token));
        break;
    case JSON_END:
    case JSON_ERROR:
        break;
    }
}

void json_emit_json(struct json_emit *emit, struct base_bytes json)
{
    struct json_tokenizer check;
    if (!json_validate(&check, json)) {
        json_emit_null(emit);
        return;
    }
    struct json_tokenizer walk;
    json_begin(&walk, json);
    for (struct json_token token = json_next(&walk); token.kind != JSON_END; token = json_next(&walk)) {
        emit_token(emit, json, token);
    }
}

void json_add_string(struct base_text *text, const char *value)
{
    struct json_emit emit = json_emit_make(text);
    json_emit_string(&emit, value);
}
