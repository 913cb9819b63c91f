#include "workspace/document/value.h"

#include "workspace/document/problem.h"
#include "json/value.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { SHOWN_STRING = 60, SHOWN_NUMBER = 30 };

struct base_bytes workspace_value_span(const struct workspace_document *document, struct workspace_value value)
{
    return base_bytes_make(document->text.data + value.begin, value.end - value.begin);
}

/* The value that begins with `token`; containers are skipped to their end. */
static struct workspace_value complete(struct json_tokenizer *json, size_t base, struct json_token token)
{
    struct json_token last = json_skip(json, token);
    return (struct workspace_value){
        .kind = token.kind,
        .begin = base + token.begin,
        .end = base + last.end,
        .integral = token.integral,
    };
}

struct workspace_value workspace_value_root(const struct workspace_document *document)
{
    struct json_tokenizer json;
    json_begin(&json, document->text);
    return complete(&json, 0, json_next(&json));
}

struct workspace_walk workspace_walk_begin(const struct workspace_document *document, struct workspace_value container)
{
    struct workspace_walk walk = {.base = container.begin};
    json_begin(&walk.json, workspace_value_span(document, container));
    (void)json_next(&walk.json);
    return walk;
}

bool workspace_walk_element(struct workspace_walk *walk, struct workspace_value *element)
{
    struct json_token token = json_next(&walk->json);
    if (token.kind == JSON_ARRAY_END || token.kind == JSON_END || token.kind == JSON_ERROR) {
        return false;
    }
    *element = complete(&walk->json, walk->base, token);
    return true;
}

bool workspace_walk_member(struct workspace_walk *walk, struct workspace_value *key, struct workspace_value *value)
{
    struct json_token token = json_next(&walk->json);
    if (token.kind != JSON_KEY) {
        return false;
    }
    *key = complete(&walk->json, walk->base, token);
    *value = complete(&walk->json, walk->base, json_next(&walk->json));
    return true;
}

struct workspace_value workspace_value_member(const struct workspace_document *document, struct workspace_value object,
                                              const char *name)
{
    struct workspace_value none = {.kind = JSON_END};
    if (object.kind != JSON_OBJECT_BEGIN) {
        return none;
    }
    struct workspace_walk walk = workspace_walk_begin(document, object);
    struct workspace_value key;
    struct workspace_value value;
    while (workspace_walk_member(&walk, &key, &value)) {
        if (json_equals(workspace_value_span(document, key), name)) {
            return value;
        }
    }
    return none;
}

void workspace_value_describe(const struct workspace_document *document, struct workspace_value value,
                              struct base_text *text)
{
    switch (value.kind) {
    case JSON_OBJECT_BEGIN:
        base_text_add_string(text, "an object");
        break;
    case JSON_ARRAY_BEGIN:
        base_text_add_string(text, "an array");
        break;
    case JSON_KEY:
    case JSON_STRING:
        base_text_add_char(text, '"');
        base_text_add_printable(text, workspace_value_span(document, value), SHOWN_STRING);
        base_text_add_char(text, '"');
        break;
    case JSON_NUMBER:
        base_text_add_printable(text, workspace_value_span(document, value), SHOWN_NUMBER);
        break;
    case JSON_TRUE:
        base_text_add_string(text, "true");
        break;
    case JSON_FALSE:
        base_text_add_string(text, "false");
        break;
    case JSON_NULL:
        base_text_add_string(text, "null");
        break;
    case JSON_END:
    case JSON_OBJECT_END:
    case JSON_ARRAY_END:
    case JSON_ERROR:
        break;
    }
}

void workspace_value_fault(struct workspace_document *document, enum diag diagnostic, struct workspace_value value,
                           const char *expected, const char *format, ...)
{
    struct base_text message = BASE_TEXT_EMPTY;
    struct base_text actual = BASE_TEXT_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    base_text_addv(&message, format, arguments);
    va_end(arguments);
    workspace_value_describe(document, value, &actual);
    workspace_document_fault(document, diagnostic, value.begin, expected, base_text_string(&actual), "%s",
                             base_text_string(&message));
    base_text_release(&message, &document->findings->out_of_memory);
    base_text_release(&actual, &document->findings->out_of_memory);
}

char *workspace_value_string(struct workspace_document *document, struct workspace_value value)
{
    struct base_bytes span = workspace_value_span(document, value);
    uint8_t *string = malloc(span.size + 1);
    if (string == NULL) {
        base_report_out_of_memory(document->findings, NULL);
        return NULL;
    }
    string[json_unescape(span, string, span.size)] = 0;
    return (char *)string;
}

bool workspace_value_integer(struct workspace_document *document, struct workspace_value value, const char *what,
                             int64_t minimum, int64_t maximum, int64_t *result)
{
    char expected[80];
    if (minimum == maximum) {
        (void)snprintf(expected, sizeof expected, "%" PRId64, minimum);
    } else {
        (void)snprintf(expected, sizeof expected, "an integer from %" PRId64 " to %" PRId64, minimum, maximum);
    }
    if (!value.integral) {
        workspace_value_fault(document, document->kind->value, value, expected,
                              "%s must be an integer, without fraction and exponent", what);
        return false;
    }
    struct json_token token = {.kind = JSON_NUMBER, .begin = value.begin, .end = value.end, .integral = true};
    struct json_integer integer = json_integer(document->text, token);
    bool fits = !integer.huge && integer.magnitude <= INT64_MAX;
    int64_t number = fits ? (int64_t)integer.magnitude : 0;
    number = integer.negative ? -number : number;
    if (!fits || number < minimum || number > maximum) {
        workspace_value_fault(document, document->kind->value, value, expected,
                              minimum == maximum ? "%s has another value" : "%s is out of range", what);
        return false;
    }
    *result = number;
    return true;
}

bool workspace_value_schema_known(struct workspace_document *document, struct workspace_value object)
{
    struct workspace_value version = workspace_value_member(document, object, "schema_version");
    if (version.kind != JSON_NUMBER) {
        return true;
    }
    int64_t number;
    return workspace_value_integer(document, version, "schema_version", 1, 1, &number);
}
