#include "workspace/document/document.h"

#include "base/file.h"
#include "base/hash.h"
#include "workspace/document/conflict.h"
#include "workspace/document/problem.h"
#include "workspace/model/limits.h"
#include "json/check.h"
#include "json/mistake.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 60 };

const struct workspace_document_kind workspace_document_registry = {
    .name = WORKSPACE_REGISTRY_NAME,
    .syntax = DIAG_REGISTRY_SYNTAX,
    .shape = DIAG_REGISTRY_SHAPE,
    .value = DIAG_REGISTRY_SHAPE,
    .limit = WORKSPACE_REGISTRY_BYTES_MAX,
};

const struct workspace_document_kind workspace_document_declaration = {
    .name = WORKSPACE_ANCHOR_NAME,
    .syntax = DIAG_DECLARATION_SYNTAX,
    .shape = DIAG_DECLARATION_SHAPE,
    .value = DIAG_DECLARATION_VALUE,
    .limit = WORKSPACE_ANCHOR_BYTES_MAX,
};

uint8_t *workspace_document_read(const struct workspace_document_kind *kind, int root_fd, const char *relative,
                                 const struct base_place *place, enum diag missing, size_t *size,
                                 struct base_content *seen, struct base_findings *findings)
{
    struct base_file file;
    uint8_t *data = NULL;
    int problem = base_file_open_below(&file, root_fd, relative);
    if (problem == 0) {
        problem = base_file_read_all(&file, kind->limit, &data, size);
    }
    if (problem == BASE_FILE_TOO_LARGE) {
        char expected[64];
        char actual[64];
        (void)snprintf(expected, sizeof expected, "at most %" PRIu64 " bytes", kind->limit);
        (void)snprintf(actual, sizeof actual, "%" PRIu64 " bytes", file.size);
        base_report(findings, DIAG_INPUT_TOO_LARGE,
                    &(struct base_details){.place = *place, .expected = expected, .actual = actual}, "%s is too large",
                    kind->name);
    } else if (problem != 0 && !(missing == DIAG_NONE && (problem == ENOENT || problem == ENOTDIR))) {
        workspace_report_read_problem(findings, place, problem, missing,
                                      kind == &workspace_document_registry ? "there is no registry"
                                                                           : "there is no asset.json");
    } else if (seen != NULL) {
        *seen =
            (struct base_content){.stamp = base_stamp_of(&file), .hash = base_hash_of(base_bytes_make(data, *size))};
    }
    base_file_close(&file);
    return data;
}

static struct base_place place_of(struct workspace_document *document, size_t position)
{
    return (struct base_place){
        .file = document->file,
        BASE_AT_BYTE(position, 0),
        .lines = &document->lines,
        .has_asset_id = document->has_asset_id,
        .asset_id = document->asset_id,
        .request_field = document->request_field,
    };
}

void workspace_document_faultv(struct workspace_document *document, enum diag diagnostic, struct json_token value,
                               const char *expected, const char *actual, const char *format, va_list arguments)
{
    struct base_text pointer = BASE_TEXT_EMPTY;
    struct base_details details = {
        .place = place_of(document, value.begin),
        .expected = expected,
        .actual = actual,
        .cause = document->cause,
        .subject = document->subject,
        .remedy = document->remedy,
    };
    document->cause = DIAG_CAUSE_NONE;
    document->subject = NULL;
    document->remedy = NULL;
    /* The list counts what is beyond its cap and keeps nothing of it: no need to look for the place. */
    if (base_findings_keeps(document->findings, diagnostic)) {
        bool found = json_locate(&document->locator, value.begin, &pointer);
        details.place.json_pointer = base_text_string(&pointer);
        details.place.length = value.end - value.begin;
        if (details.place.length == 0 && found) {
            details.place.length = json_located_length(&document->locator);
        }
    }
    base_reportv(document->findings, diagnostic, &details, format, arguments);
    base_text_release(&pointer, &document->findings->out_of_memory);
}

void workspace_document_fault(struct workspace_document *document, enum diag diagnostic, size_t position,
                              const char *expected, const char *actual, const char *format, ...)
{
    const struct json_token unknown = {.begin = position, .end = position};
    va_list arguments;
    va_start(arguments, format);
    workspace_document_faultv(document, diagnostic, unknown, expected, actual, format, arguments);
    va_end(arguments);
}

/* The cause of a mistake that has a better remedy than to correct the text where it is wrong. */
static enum diag_cause cause_in_registry(enum json_mistake_kind kind)
{
    static const enum diag_cause causes[] = {
        [JSON_MISTAKE_OTHER] = DIAG_CAUSE_NONE,
        [JSON_MISTAKE_NO_TEXT] = DIAG_CAUSE_REGISTRY_LOST,
        [JSON_MISTAKE_CUT] = DIAG_CAUSE_REGISTRY_CUT,
        [JSON_MISTAKE_MERGE] = DIAG_CAUSE_REGISTRY_MERGE,
    };
    return causes[kind];
}

static enum diag_cause cause_in_declaration(enum json_mistake_kind kind)
{
    return kind == JSON_MISTAKE_CUT ? DIAG_CAUSE_DECLARATION_CUT : DIAG_CAUSE_NONE;
}

/* A conflict that a merge by asset has left is not merged any further: one version has to be chosen. */
static bool report_conflict(struct workspace_document *document, const struct json_mistake *mistake)
{
    size_t last;
    uint64_t first_line;
    uint64_t last_line;
    uint64_t column;
    if (document->kind != &workspace_document_registry || mistake->kind != JSON_MISTAKE_MERGE ||
        !workspace_conflict_find(document->text, mistake->at, &last) ||
        !base_lines_find(&document->lines, mistake->at, &first_line, &column) ||
        !base_lines_find(&document->lines, last, &last_line, &column)) {
        return false;
    }
    const struct base_details details = {
        .place = place_of(document, mistake->at), .cause = DIAG_CAUSE_REGISTRY_CONFLICT, .subject = document->file};
    base_report(document->findings, document->kind->syntax, &details,
                "the two sides of a merge contradict each other: lines %" PRIu64 " to %" PRIu64
                " have the versions of both",
                first_line, last_line);
    return true;
}

static void report_syntax(struct workspace_document *document, const struct json_tokenizer *json)
{
    struct base_text clause = BASE_TEXT_EMPTY;
    struct json_mistake mistake = json_mistake_find(json, &clause);
    if (report_conflict(document, &mistake)) {
        base_text_release(&clause, &document->findings->out_of_memory);
        return;
    }
    struct base_place place = place_of(document, mistake.at);
    place.length = mistake.length;
    struct base_details details = {.place = place};
    bool registry = document->kind == &workspace_document_registry;
    details.cause = registry ? cause_in_registry(mistake.kind) : cause_in_declaration(mistake.kind);
    details.remedy = details.cause == DIAG_CAUSE_NONE ? mistake.remedy : NULL;
    base_report(document->findings, document->kind->syntax, &details, "%s is %s: %s", document->kind->name,
                json_mistake_subject(json), base_text_string(&clause));
    base_text_release(&clause, &document->findings->out_of_memory);
}

static bool report_duplicate(void *context, const struct json_duplicate *duplicate)
{
    struct workspace_document *document = context;
    struct base_text key = BASE_TEXT_EMPTY;
    base_text_add_printable(
        &key, base_bytes_make(document->text.data + duplicate->key_begin, duplicate->key_end - duplicate->key_begin),
        SHOWN);
    workspace_document_fault(document, document->kind->syntax, duplicate->key_begin, "each key once", NULL,
                             "the key \"%s\" occurs twice in one object", base_text_string(&key));
    base_text_release(&key, &document->findings->out_of_memory);
    return true;
}

/* Whether an accepted span has the escape of U+0000. It cannot have the byte itself. */
static bool has_nul(struct base_bytes span)
{
    static const uint8_t escape[5] = {'u', '0', '0', '0', '0'};
    for (size_t i = 0; i + 1 < span.size; i++) {
        if (span.data[i] != '\\') {
            continue;
        }
        i++;
        if (span.size - i >= sizeof escape && memcmp(span.data + i, escape, sizeof escape) == 0) {
            return true;
        }
    }
    return false;
}

/* No string of a document has a use for U+0000, and C strings, ours and those of the JSON library, would end there. */
static void refuse_nul(struct workspace_document *document)
{
    struct json_tokenizer json;
    json_begin(&json, document->text);
    json.task = document->task;
    for (;;) {
        struct json_token token = json_next(&json);
        if (token.kind == JSON_END || token.kind == JSON_ERROR) {
            return;
        }
        if (token.escaped && has_nul(json_span(document->text, token))) {
            workspace_document_fault(document, document->kind->value, token.begin, NULL, NULL,
                                     "a string has the character U+0000");
        }
    }
}

bool workspace_document_begin(struct workspace_document *document, const struct workspace_document_kind *kind,
                              struct base_bytes text, struct base_task *task, const struct base_place *place,
                              struct base_findings *findings)
{
    *document = (struct workspace_document){
        .task = task,
        .kind = kind,
        .text = text,
        .lines = base_lines_of(text),
        .file = place->file,
        .has_asset_id = place->has_asset_id,
        .asset_id = (int32_t)place->asset_id,
        .findings = findings,
    };
    uint64_t before = base_findings_errors(findings);
    struct json_tokenizer json;
    json_begin(&json, text);
    json.task = task;
    if (!json_finish(&json)) {
        report_syntax(document, &json);
        return false;
    }
    json_locator_begin(&document->locator, text);
    if (!json_find_duplicates(text, task, report_duplicate, document)) {
        base_report_out_of_memory(findings, NULL);
    }
    refuse_nul(document);
    return workspace_nothing_wrong_since(findings, before);
}
