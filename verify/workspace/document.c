#include "verify/workspace/document.h"

#include "base/file.h"
#include "verify/core/findings.h"
#include "verify/core/spelling.h"
#include "json/check.h"
#include "json/mistake.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct verify_document_kind verify_document_registry = {
    .name = "index.json",
    .limit = UINT64_C(256) << 20,
    .missing = DIAG_WORKSPACE_MISSING,
    .syntax = DIAG_REGISTRY_SYNTAX,
    .shape = DIAG_REGISTRY_SHAPE,
    .value = DIAG_REGISTRY_SHAPE,
};

const struct verify_document_kind verify_document_declaration = {
    .name = "asset.json",
    .limit = UINT64_C(1) << 20,
    .missing = DIAG_ANCHOR_MISSING,
    .syntax = DIAG_DECLARATION_SYNTAX,
    .shape = DIAG_DECLARATION_SHAPE,
    .value = DIAG_DECLARATION_VALUE,
};

/* ---- Findings ---- */

static struct base_place place_of(const struct verify_document *document)
{
    return (struct base_place){
        .file = document->path,
        .has_asset_id = document->has_asset_id,
        .asset_id = document->asset_id,
    };
}

__attribute__((format(printf, 7, 0))) static void report(struct verify_document *document, enum diag diagnostic,
                                                         size_t at, const char *expected, struct base_bytes actual,
                                                         size_t length, const char *format, va_list arguments)
{
    struct base_findings *findings = document->findings;
    struct base_text pointer = BASE_TEXT_EMPTY;
    struct base_details details = {
        .place = place_of(document),
        .expected = expected,
        .actual_bytes = actual,
        .cause = document->cause,
        .subject = document->subject,
        .remedy = document->remedy,
    };
    document->cause = DIAG_CAUSE_NONE;
    document->subject = NULL;
    document->remedy = NULL;
    details.place.has_byte_offset = true;
    details.place.byte_offset = at;
    details.place.length = length;
    details.place.lines = &document->lines;
    if (base_findings_keeps(findings, diagnostic)) {
        bool found = json_locate(&document->locator, at, &pointer);
        details.place.json_pointer = base_text_string(&pointer);
        if (length == 0 && found) {
            details.place.length = json_located_length(&document->locator);
        }
    }
    base_reportv(findings, diagnostic, &details, format, arguments);
    base_text_release(&pointer, &findings->out_of_memory);
}

void verify_document_report(struct verify_document *document, enum diag diagnostic, size_t at, const char *expected,
                            struct base_bytes actual, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report(document, diagnostic, at, expected, actual, 0, format, arguments);
    va_end(arguments);
}

void verify_document_report_value(struct verify_document *document, enum diag diagnostic, struct json_token value,
                                  const char *expected, const char *format, ...)
{
    va_list arguments;
    struct base_bytes actual = {.data = NULL};
    if (value.kind != JSON_OBJECT_BEGIN && value.kind != JSON_ARRAY_BEGIN) {
        actual = json_token_bytes(document->text, value);
    }
    va_start(arguments, format);
    report(document, diagnostic, value.begin, expected, actual, value.end - value.begin, format, arguments);
    va_end(arguments);
}

struct verify_document_place verify_document_place_of(struct verify_document *document, struct json_token value)
{
    uint64_t line = 0;
    uint64_t column = 0;
    (void)base_lines_find(&document->lines, value.begin, &line, &column);
    return (struct verify_document_place){.at = (uint32_t)value.begin,
                                          .length = (uint32_t)(value.end - value.begin),
                                          .line = (uint32_t)line,
                                          .column = (uint32_t)column,
                                          .character = (uint32_t)base_lines_character(&document->lines)};
}

struct base_place verify_document_place(const struct verify_document_place *place)
{
    return (struct base_place){BASE_AT_BYTE(place->at, place->length), .line = place->line, .column = place->column,
                               .character_utf16 = place->character};
}

/* ---- The file: 1.2, step 1 ---- */

static bool is_missing(int problem)
{
    return problem == ENOENT || problem == ENOTDIR;
}

static void report_problem(const struct verify_document *document, int problem)
{
    struct base_findings *findings = document->findings;
    struct base_details details = {.place = place_of(document)};
    const char *text = base_file_problem_text(problem);
    if (is_missing(problem)) {
        bool anchor = document->kind == &verify_document_declaration;
        details.cause = anchor ? DIAG_CAUSE_ANCHOR_LOST : DIAG_CAUSE_NONE;
        base_report(findings, document->kind->missing, &details, "there is no %s", document->kind->name);
    } else if (problem == BASE_FILE_TOO_LARGE) {
        base_report(findings, DIAG_INPUT_TOO_LARGE, &details,
                    "%s is larger than the %" PRIu64 " bytes that it may have", document->kind->name,
                    document->kind->limit);
    } else if (problem == BASE_FILE_NOT_REGULAR) {
        base_report(findings, DIAG_INPUT_NOT_REGULAR, &details, "%s: %s", document->kind->name, text);
    } else if (problem == BASE_FILE_OUTSIDE_ROOT || problem == ELOOP) {
        base_report(findings, DIAG_PATH_OUTSIDE, &details, "%s: %s", document->kind->name, text);
    } else if (problem == BASE_FILE_SHRUNK) {
        base_report(findings, DIAG_INPUT_CHANGED, &details, "%s: %s", document->kind->name, text);
    } else {
        base_report_read_failure(findings, &details.place, problem);
    }
}

static bool read_file(struct verify_document *document, int root_fd, const char *relative)
{
    struct base_file file;
    size_t size = 0;
    int problem = base_file_open_below(&file, root_fd, relative);
    if (problem == 0) {
        problem = base_file_read_all(&file, document->kind->limit, &document->memory, &size);
        base_file_close(&file);
    }
    if (problem != 0) {
        document->memory = NULL;
        report_problem(document, problem);
        return false;
    }
    document->text = base_bytes_make(document->memory, size);
    document->lines = base_lines_of(document->text);
    return true;
}

/* ---- The text: 1.2, steps 2 to 4 ---- */

static bool has_at(struct base_bytes text, uint64_t at, const char *begin)
{
    size_t size = strlen(begin);
    return at <= text.size && size <= text.size - at && memcmp(text.data + at, begin, size) == 0;
}

/* Whether a conflict begins there that a merge of the registry has left (8.13): the label of one, and then whole
 * records, or none. */
static bool is_left_conflict(struct base_bytes text, uint64_t at)
{
    if (!has_at(text, at, "<<<<<<< ours")) {
        return false;
    }
    const uint8_t *end = memchr(text.data + at, '\n', text.size - at);
    uint64_t next = end != NULL ? (uint64_t)(end - text.data) + 1 : text.size;
    return has_at(text, next, "    {") || has_at(text, next, "=======");
}

/* Why the text is not JSON, if the document needs more than a correction there. */
static enum diag_cause cause_of(const struct verify_document *document, const struct json_mistake *mistake)
{
    bool is_registry = document->kind == &verify_document_registry;
    switch (mistake->kind) {
    case JSON_MISTAKE_NO_TEXT:
        return is_registry ? DIAG_CAUSE_REGISTRY_LOST : DIAG_CAUSE_NONE;
    case JSON_MISTAKE_CUT:
        return is_registry ? DIAG_CAUSE_REGISTRY_CUT : DIAG_CAUSE_DECLARATION_CUT;
    case JSON_MISTAKE_MERGE:
        if (!is_registry) {
            return DIAG_CAUSE_NONE;
        }
        return is_left_conflict(document->text, mistake->at) ? DIAG_CAUSE_REGISTRY_CONFLICT : DIAG_CAUSE_REGISTRY_MERGE;
    case JSON_MISTAKE_OTHER:
        break;
    }
    return DIAG_CAUSE_NONE;
}

static bool check_syntax(struct verify_document *document)
{
    struct json_tokenizer json;
    json_begin(&json, document->text);
    json.task = document->task;
    if (json_finish(&json)) {
        return true;
    }
    struct base_text clause = BASE_TEXT_EMPTY;
    struct json_mistake mistake = json_mistake_find(&json, &clause);
    struct base_details details = {.place = place_of(document), .remedy = mistake.remedy};
    details.place.has_byte_offset = true;
    details.place.byte_offset = mistake.at;
    details.place.length = mistake.length;
    details.place.lines = &document->lines;
    details.cause = cause_of(document, &mistake);
    details.subject = details.cause == DIAG_CAUSE_REGISTRY_CONFLICT ? details.place.file : NULL;
    if (details.cause != DIAG_CAUSE_NONE) {
        details.remedy = NULL;
    }
    base_report(document->findings, document->kind->syntax, &details, "%s is %s: %s", document->kind->name,
                json_mistake_subject(&json), base_text_string(&clause));
    base_text_release(&clause, &document->findings->out_of_memory);
    return false;
}

static bool visit_duplicate(void *context, const struct json_duplicate *duplicate)
{
    struct verify_document *document = context;
    struct base_bytes key =
        base_bytes_make(document->text.data + duplicate->key_begin, duplicate->key_end - duplicate->key_begin);
    verify_document_report(document, document->kind->syntax, duplicate->key_begin, "each key once", key,
                           "a key occurs twice in one object");
    return true;
}

static void check_nul(struct verify_document *document)
{
    struct json_tokenizer json;
    struct base_bytes none = {.data = NULL};
    json_begin(&json, document->text);
    json.task = document->task;
    for (struct json_token token = json_next(&json); token.kind != JSON_END && token.kind != JSON_ERROR;
         token = json_next(&json)) {
        if (token.escaped && verify_has_nul(json_span(document->text, token), document->task)) {
            verify_document_report(document, document->kind->value, token.begin, NULL, none,
                                   "a string has the character U+0000");
        }
    }
}

bool verify_document_open(struct verify_document *document, int root_fd, const char *relative)
{
    uint64_t before = base_findings_errors(document->findings);
    if (!read_file(document, root_fd, relative)) {
        return false;
    }
    json_locator_begin(&document->locator, document->text);
    if (!check_syntax(document)) {
        return false;
    }
    if (!json_find_duplicates(document->text, document->task, visit_duplicate, document)) {
        base_report_out_of_memory(document->findings, document->path);
    }
    check_nul(document);
    return base_findings_errors(document->findings) == before && !document->findings->out_of_memory;
}

void verify_document_close(struct verify_document *document)
{
    free(document->memory);
    document->memory = NULL;
    document->text = (struct base_bytes){.data = NULL};
}

/* ---- Members and values ---- */

/* The object whose members are looked for. */
struct object {
    struct verify_document *document;
    const char *name;
};

static const char *text_of_kinds(unsigned kinds)
{
    static const struct {
        unsigned kinds;
        const char *text;
    } texts[] = {{JSON_KIND_OBJECT, "an object"},
                 {JSON_KIND_ARRAY, "an array"},
                 {JSON_KIND_STRING, "a string"},
                 {JSON_KIND_NUMBER, "an integer"},
                 {JSON_KIND_BOOLEAN, "true or false"}};
    size_t i = 0;
    while (i + 1 < sizeof texts / sizeof texts[0] && texts[i].kinds != kinds) {
        i++;
    }
    return texts[i].text;
}

static void visit_fault(void *context, const struct json_object_fault *found)
{
    const struct object *object = context;
    struct verify_document *document = object->document;
    struct base_bytes none = {.data = NULL};
    switch (found->fault) {
    case JSON_FAULT_UNKNOWN:
        verify_document_report_value(document, document->kind->shape, found->key, NULL,
                                     "%s has a member that it cannot have", object->name);
        break;
    case JSON_FAULT_MISSING:
        verify_document_report(document, document->kind->shape, found->object.begin, found->member->name, none,
                               "%s lacks a member", object->name);
        break;
    case JSON_FAULT_KIND:
    case JSON_FAULT_VALUE:
        verify_document_report_value(document, document->kind->shape, found->value, text_of_kinds(found->member->kinds),
                                     "%s is of another type", found->member->name);
        break;
    case JSON_FAULT_REPEATED:
        break; /* was reported with the text */
    }
}

bool verify_document_members(struct verify_document *document, struct json_token object, const char *name,
                             const struct json_member members[], size_t count, struct json_token values[])
{
    struct object context = {.document = document, .name = name};
    struct json_table table = {members, count, visit_fault};
    struct json_walk walk;
    uint64_t before = base_findings_errors(document->findings);
    for (size_t i = 0; i < count; i++) {
        values[i] = (struct json_token){.kind = JSON_END};
    }
    if (object.kind != JSON_OBJECT_BEGIN) {
        verify_document_report_value(document, document->kind->shape, object, "an object", "%s is not an object", name);
        return false;
    }
    json_locator_mark(&document->locator, object.begin);
    json_walk_begin_inside(&walk, document->text, object);
    (void)json_object_find(&walk, object, &table, values, &context);
    return base_findings_errors(document->findings) == before;
}

/* A number with a fraction or an exponent; the remedy has the integer that it is, if it is one. */
static void report_fraction(struct verify_document *document, struct json_token value, const char *expected,
                            const char *name)
{
    int64_t whole;
    char remedy[48] = "Write an integer.";
    if (json_token_whole(document->text, value, &whole)) {
        (void)snprintf(remedy, sizeof remedy, "Write %" PRId64 ".", whole);
    }
    document->remedy = remedy;
    verify_document_report_value(document, document->kind->value, value, expected, "%s has a fraction or an exponent",
                                 name);
}

bool verify_document_integer(struct verify_document *document, struct json_token value, const char *name, int64_t low,
                             int64_t high, int64_t *number)
{
    char range[64];
    if (!verify_is_present(value) || json_token_integer(document->text, value, low, high, number)) {
        return verify_is_present(value);
    }
    (void)snprintf(range, sizeof range, "an integer from %" PRId64 " to %" PRId64, low, high);
    if (value.kind == JSON_NUMBER && !value.integral) {
        report_fraction(document, value, range, name);
        return false;
    }
    verify_document_report_value(document, document->kind->value, value, range, "%s is out of range", name);
    return false;
}

bool verify_document_is_version_1(struct verify_document *document, struct json_token root)
{
    struct json_token version = json_object_member(document->text, root, "schema_version");
    int64_t number;
    if (version.kind != JSON_NUMBER || json_token_integer(document->text, version, 1, 1, &number)) {
        return true;
    }
    if (!version.integral) {
        report_fraction(document, version, "1", "schema_version");
        return false;
    }
    verify_document_report_value(document, document->kind->value, version, "1", "%s is of a version that is not known",
                                 document->kind->name);
    return false;
}

char *verify_document_string(struct verify_document *document, struct json_token value)
{
    char *string = json_token_string(document->text, value);
    if (string == NULL) {
        base_report_out_of_memory(document->findings, document->path);
    }
    return string;
}
