#include "workspace/value.h"

#include "workspace/problem.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { SHOWN_STRING = 60, SHOWN_NUMBER = 30 };

struct pp_bytes pp_value_span(const struct pp_document *document, struct pp_value value)
{
    return pp_bytes_make(document->text.data + value.begin, value.end - value.begin);
}

/* The value that begins with `token`; containers are skipped to their end. */
static struct pp_value complete(struct pp_json *json, size_t base, struct pp_json_token token)
{
    struct pp_json_token last = pp_json_skip(json, token);
    return (struct pp_value){
        .kind = token.kind,
        .begin = base + token.begin,
        .end = base + last.end,
        .integral = token.integral,
    };
}

struct pp_value pp_value_root(const struct pp_document *document)
{
    struct pp_json json;
    pp_json_begin(&json, document->text);
    return complete(&json, 0, pp_json_next(&json));
}

struct pp_walk pp_walk_begin(const struct pp_document *document, struct pp_value container)
{
    struct pp_walk walk = {.base = container.begin};
    pp_json_begin(&walk.json, pp_value_span(document, container));
    (void)pp_json_next(&walk.json);
    return walk;
}

bool pp_walk_element(struct pp_walk *walk, struct pp_value *element)
{
    struct pp_json_token token = pp_json_next(&walk->json);
    if (token.kind == PP_JSON_ARRAY_END || token.kind == PP_JSON_END || token.kind == PP_JSON_ERROR) {
        return false;
    }
    *element = complete(&walk->json, walk->base, token);
    return true;
}

bool pp_walk_member(struct pp_walk *walk, struct pp_value *key, struct pp_value *value)
{
    struct pp_json_token token = pp_json_next(&walk->json);
    if (token.kind != PP_JSON_KEY) {
        return false;
    }
    *key = complete(&walk->json, walk->base, token);
    *value = complete(&walk->json, walk->base, pp_json_next(&walk->json));
    return true;
}

struct pp_value pp_value_member(const struct pp_document *document, struct pp_value object, const char *name)
{
    struct pp_value none = {.kind = PP_JSON_END};
    if (object.kind != PP_JSON_OBJECT_BEGIN) {
        return none;
    }
    struct pp_walk walk = pp_walk_begin(document, object);
    struct pp_value key;
    struct pp_value value;
    while (pp_walk_member(&walk, &key, &value)) {
        if (pp_json_is(pp_value_span(document, key), name)) {
            return value;
        }
    }
    return none;
}

void pp_value_describe(const struct pp_document *document, struct pp_value value, struct pp_text *text)
{
    switch (value.kind) {
    case PP_JSON_OBJECT_BEGIN:
        pp_text_add_string(text, "an object");
        break;
    case PP_JSON_ARRAY_BEGIN:
        pp_text_add_string(text, "an array");
        break;
    case PP_JSON_KEY:
    case PP_JSON_STRING:
        pp_text_add_char(text, '"');
        pp_text_add_printable(text, pp_value_span(document, value), SHOWN_STRING);
        pp_text_add_char(text, '"');
        break;
    case PP_JSON_NUMBER:
        pp_text_add_printable(text, pp_value_span(document, value), SHOWN_NUMBER);
        break;
    case PP_JSON_TRUE:
        pp_text_add_string(text, "true");
        break;
    case PP_JSON_FALSE:
        pp_text_add_string(text, "false");
        break;
    case PP_JSON_NULL:
        pp_text_add_string(text, "null");
        break;
    case PP_JSON_END:
    case PP_JSON_OBJECT_END:
    case PP_JSON_ARRAY_END:
    case PP_JSON_ERROR:
        break;
    }
}

void pp_value_fault(struct pp_document *document, enum pp_diagnostic diagnostic, struct pp_value value,
                    const char *expected, const char *format, ...)
{
    struct pp_text message = PP_TEXT_EMPTY;
    struct pp_text actual = PP_TEXT_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    pp_text_addv(&message, format, arguments);
    va_end(arguments);
    pp_value_describe(document, value, &actual);
    pp_document_fault(document, diagnostic, value.begin, expected, pp_text_string(&actual), "%s",
                      pp_text_string(&message));
    pp_text_done(document->findings, &message);
    pp_text_done(document->findings, &actual);
}

char *pp_value_string(struct pp_document *document, struct pp_value value)
{
    struct pp_bytes span = pp_value_span(document, value);
    uint8_t *string = malloc(span.size + 1);
    if (string == NULL) {
        pp_report_out_of_memory(document->findings);
        return NULL;
    }
    string[pp_json_unescape(span, string, span.size)] = 0;
    return (char *)string;
}

bool pp_value_integer(struct pp_document *document, struct pp_value value, const char *what, int64_t minimum,
                      int64_t maximum, int64_t *result)
{
    char expected[80];
    if (minimum == maximum) {
        (void)snprintf(expected, sizeof expected, "%" PRId64, minimum);
    } else {
        (void)snprintf(expected, sizeof expected, "an integer from %" PRId64 " to %" PRId64, minimum, maximum);
    }
    if (!value.integral) {
        pp_value_fault(document, document->kind->value, value, expected,
                       "%s must be an integer, without fraction and exponent", what);
        return false;
    }
    struct pp_json_token token = {.kind = PP_JSON_NUMBER, .begin = value.begin, .end = value.end, .integral = true};
    struct pp_json_integer integer = pp_json_integer(document->text, token);
    bool fits = !integer.huge && integer.magnitude <= INT64_MAX;
    int64_t number = fits ? (int64_t)integer.magnitude : 0;
    number = integer.negative ? -number : number;
    if (!fits || number < minimum || number > maximum) {
        pp_value_fault(document, document->kind->value, value, expected,
                       minimum == maximum ? "%s has another value" : "%s is out of range", what);
        return false;
    }
    *result = number;
    return true;
}

bool pp_value_schema_known(struct pp_document *document, struct pp_value object)
{
    struct pp_value version = pp_value_member(document, object, "schema_version");
    if (version.kind != PP_JSON_NUMBER) {
        return true;
    }
    int64_t number;
    return pp_value_integer(document, version, "schema_version", 1, 1, &number);
}
