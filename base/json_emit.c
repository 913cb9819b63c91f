#include "base/json_emit.h"

#include "base/json.h"
#include "base/utf8.h"

#include <inttypes.h>

struct pp_json_emit pp_json_emit_make(struct pp_text *text)
{
    return (struct pp_json_emit){.text = text};
}

static void begin_value(struct pp_json_emit *emit)
{
    if (emit->needs_comma) {
        pp_text_add_char(emit->text, ',');
    }
    emit->needs_comma = true;
}

static void open_container(struct pp_json_emit *emit, char bracket)
{
    begin_value(emit);
    pp_text_add_char(emit->text, bracket);
    emit->needs_comma = false;
}

static void close_container(struct pp_json_emit *emit, char bracket)
{
    pp_text_add_char(emit->text, bracket);
    emit->needs_comma = true;
}

void pp_json_emit_object(struct pp_json_emit *emit)
{
    open_container(emit, '{');
}

void pp_json_emit_object_end(struct pp_json_emit *emit)
{
    close_container(emit, '}');
}

void pp_json_emit_array(struct pp_json_emit *emit)
{
    open_container(emit, '[');
}

void pp_json_emit_array_end(struct pp_json_emit *emit)
{
    close_container(emit, ']');
}

static void add_escape(struct pp_text *text, uint32_t character)
{
    static const char named[] = "\b\t\n\f\r\"\\";
    static const char letters[] = "btnfr\"\\";
    for (size_t i = 0; named[i] != '\0'; i++) {
        if ((uint32_t)named[i] == character) {
            pp_text_add_char(text, '\\');
            pp_text_add_char(text, letters[i]);
            return;
        }
    }
    pp_text_addf(text, "\\u%04x", (unsigned)character);
}

/* Characters that some readers of lines take for the end of one, and controls beyond ASCII: JSON allows them, one document a line does not. */
static bool breaks_lines(uint32_t character)
{
    return (character >= 0x7f && character <= 0x9f) || character == 0x2028 || character == 0x2029;
}

/* Adds the content of a string. `spelt`: it is the inside of a JSON string already, so quotes and escapes stay as they are. */
static void add_content(struct pp_text *text, struct pp_bytes value, bool spelt)
{
    size_t plain = 0; /* where the bytes that are not added yet begin */
    size_t at = 0;
    while (at < value.size) {
        uint32_t character = 0;
        size_t length = pp_utf8_decode(pp_bytes_make(value.data + at, value.size - at), &character);
        bool escaped =
            breaks_lines(character) || (!spelt && (character < 0x20 || character == '"' || character == '\\'));
        if (length != 0 && !escaped) {
            at += length;
            continue;
        }
        pp_text_add(text, pp_bytes_make(value.data + plain, at - plain));
        if (length == 0) {
            pp_text_add_string(text, "\xef\xbf\xbd");
        } else {
            add_escape(text, character);
        }
        at += length == 0 ? 1 : length;
        plain = at;
    }
    if (plain < value.size) {
        pp_text_add(text, pp_bytes_make(value.data + plain, value.size - plain));
    }
}

static void add_string(struct pp_text *text, struct pp_bytes value)
{
    pp_text_add_char(text, '"');
    add_content(text, value, false);
    pp_text_add_char(text, '"');
}

void pp_json_emit_key(struct pp_json_emit *emit, const char *key)
{
    begin_value(emit);
    add_string(emit->text, pp_bytes_of_string(key));
    pp_text_add_char(emit->text, ':');
    emit->needs_comma = false;
}

void pp_json_emit_bytes(struct pp_json_emit *emit, struct pp_bytes value)
{
    begin_value(emit);
    add_string(emit->text, value);
}

void pp_json_emit_string(struct pp_json_emit *emit, const char *value)
{
    if (value == NULL) {
        pp_json_emit_null(emit);
    } else {
        pp_json_emit_bytes(emit, pp_bytes_of_string(value));
    }
}

void pp_json_emit_u64(struct pp_json_emit *emit, uint64_t value)
{
    begin_value(emit);
    pp_text_addf(emit->text, "%" PRIu64, value);
}

void pp_json_emit_i64(struct pp_json_emit *emit, int64_t value)
{
    begin_value(emit);
    pp_text_addf(emit->text, "%" PRId64, value);
}

void pp_json_emit_bool(struct pp_json_emit *emit, bool value)
{
    begin_value(emit);
    pp_text_add_string(emit->text, value ? "true" : "false");
}

void pp_json_emit_null(struct pp_json_emit *emit)
{
    begin_value(emit);
    pp_text_add_string(emit->text, "null");
}

/* Emits one token of an accepted text as it is spelt. */
static void emit_token(struct pp_json_emit *emit, struct pp_bytes text, struct pp_json_token token)
{
    switch (token.kind) {
    case PP_JSON_OBJECT_BEGIN:
        pp_json_emit_object(emit);
        break;
    case PP_JSON_OBJECT_END:
        pp_json_emit_object_end(emit);
        break;
    case PP_JSON_ARRAY_BEGIN:
        pp_json_emit_array(emit);
        break;
    case PP_JSON_ARRAY_END:
        pp_json_emit_array_end(emit);
        break;
    case PP_JSON_KEY:
    case PP_JSON_STRING:
        begin_value(emit);
        pp_text_add_char(emit->text, '"');
        add_content(emit->text, pp_json_span(text, token), true);
        pp_text_add_char(emit->text, '"');
        if (token.kind == PP_JSON_KEY) {
            pp_text_add_char(emit->text, ':');
            emit->needs_comma = false;
        }
        break;
    case PP_JSON_NUMBER:
    case PP_JSON_TRUE:
    case PP_JSON_FALSE:
    case PP_JSON_NULL:
        begin_value(emit);
        pp_text_add(emit->text, pp_json_span(text, token));
        break;
    case PP_JSON_END:
    case PP_JSON_ERROR:
        break;
    }
}

void pp_json_emit_json(struct pp_json_emit *emit, struct pp_bytes json)
{
    struct pp_json check;
    if (!pp_json_validate(&check, json)) {
        pp_json_emit_null(emit);
        return;
    }
    struct pp_json walk;
    pp_json_begin(&walk, json);
    for (struct pp_json_token token = pp_json_next(&walk); token.kind != PP_JSON_END; token = pp_json_next(&walk)) {
        emit_token(emit, json, token);
    }
}
