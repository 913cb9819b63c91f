#include "workspace/document/value.h"

#include "workspace/document/problem.h"
#include "json/value.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { SHOWN_STRING = 60, SHOWN_NUMBER = 30 };

void workspace_value_describe(const struct workspace_document *document, struct json_token value,
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
        base_text_add_quoted(text, json_span(document->text, value), SHOWN_STRING);
        break;
    case JSON_NUMBER:
        base_text_add_printable(text, json_span(document->text, value), SHOWN_NUMBER);
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

void workspace_value_fault(struct workspace_document *document, enum diag diagnostic, struct json_token value,
                           const char *expected, const char *format, ...)
{
    struct base_text actual = BASE_TEXT_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    workspace_value_describe(document, value, &actual);
    workspace_document_faultv(document, diagnostic, value, expected, base_text_string(&actual), format, arguments);
    va_end(arguments);
    base_text_release(&actual, &document->findings->out_of_memory);
}

char *workspace_value_string(struct workspace_document *document, struct json_token value)
{
    char *string = json_token_string(document->text, value);
    if (string == NULL) {
        base_report_out_of_memory(document->findings, NULL);
    }
    return string;
}

void workspace_value_not_integral(struct workspace_document *document, enum diag diagnostic, struct json_token value,
                                  const char *expected, const char *what)
{
    struct base_text remedy = BASE_TEXT_EMPTY;
    int64_t whole;
    if (json_token_whole(document->text, value, &whole)) {
        base_text_addf(&remedy, "Write %" PRId64 ".", whole);
    } else {
        base_text_add_string(&remedy, "Write an integer.");
    }
    document->remedy = base_text_string(&remedy);
    workspace_value_fault(document, diagnostic, value, expected, "%s has a fraction or an exponent", what);
    base_text_release(&remedy, &document->findings->out_of_memory);
}

bool workspace_value_integer(struct workspace_document *document, struct json_token value, const char *what,
                             int64_t minimum, int64_t maximum, int64_t *result)
{
    char expected[80];
    if (minimum == maximum) {
        (void)snprintf(expected, sizeof expected, "%" PRId64, minimum);
    } else {
        (void)snprintf(expected, sizeof expected, "an integer from %" PRId64 " to %" PRId64, minimum, maximum);
    }
    if (!value.integral) {
        workspace_value_not_integral(document, document->kind->value, value, expected, what);
        return false;
    }
    struct json_integer integer = json_integer(document->text, value);
    bool fits = !integer.huge && integer.magnitude <= INT64_MAX;
    int64_t number = fits ? (int64_t)integer.magnitude : 0;
    number = integer.negative ? -number : number;
    if (!fits || number < minimum || number > maximum) {
        workspace_value_fault(document, document->kind->value, value, expected,
                              minimum == maximum ? "%s has a value that is not known" : "%s is out of range", what);
        return false;
    }
    *result = number;
    return true;
}

bool workspace_value_ranged(struct workspace_document *document, struct json_token value,
                            const struct workspace_member *member, int64_t *result)
{
    return workspace_value_integer(document, value, member->name, member->least, member->most, result);
}

bool workspace_value_schema_known(struct workspace_document *document, struct json_token object)
{
    struct json_token version = json_object_member(document->text, object, "schema_version");
    if (version.kind != JSON_NUMBER) {
        return true;
    }
    int64_t number;
    if (version.integral && !json_token_integer(document->text, version, 1, 1, &number)) {
        document->remedy = "Use the prpack that belongs to this version of the file.";
    }
    return workspace_value_integer(document, version, "schema_version", 1, 1, &number);
}
