#include "workspace/document.h"

#include "base/file.h"
#include "base/json_check.h"
#include "workspace/problem.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 60 };

const struct pp_document_kind pp_document_registry = {
    .name = "index.json",
    .syntax = PP_REGISTRY_SYNTAX,
    .shape = PP_REGISTRY_SHAPE,
    .value = PP_REGISTRY_SHAPE,
    .limit = UINT64_C(256) << 20,
};

const struct pp_document_kind pp_document_declaration = {
    .name = "asset.json",
    .syntax = PP_DECLARATION_SYNTAX,
    .shape = PP_DECLARATION_SHAPE,
    .value = PP_DECLARATION_VALUE,
    .limit = UINT64_C(1) << 20,
};

uint8_t *pp_document_read(const struct pp_document_kind *kind, int root_fd, const char *relative,
                          const struct pp_place *place, enum pp_diagnostic missing, size_t *size, struct pp_seen *seen,
                          struct pp_findings *findings)
{
    struct pp_file file;
    uint8_t *data = NULL;
    int problem = pp_file_open_below(&file, root_fd, relative);
    if (problem == 0) {
        problem = pp_file_read_all(&file, kind->limit, &data, size);
    }
    if (problem == PP_FILE_TOO_LARGE) {
        char expected[64];
        char actual[64];
        (void)snprintf(expected, sizeof expected, "at most %" PRIu64 " bytes", kind->limit);
        (void)snprintf(actual, sizeof actual, "%" PRIu64 " bytes", file.size);
        pp_findings_add(findings, PP_INPUT_TOO_LARGE, place, expected, actual, "%s is too large", kind->name);
    } else if (problem != 0) {
        pp_report_read_problem(findings, place, problem, missing,
                               kind == &pp_document_registry ? "there is no registry" : "there is no asset.json");
    } else if (seen != NULL) {
        *seen = (struct pp_seen){.stamp = pp_stamp_of(&file), .hash = pp_hash_of(pp_bytes_make(data, *size))};
    }
    pp_file_close(&file);
    return data;
}

static struct pp_place place_of(const struct pp_document *document, size_t position)
{
    return (struct pp_place){
        .file = document->file,
        .byte_offset = (int64_t)position,
        .has_asset_id = document->has_asset_id,
        .asset_id = document->asset_id,
    };
}

void pp_document_fault(struct pp_document *document, enum pp_diagnostic diagnostic, size_t position,
                       const char *expected, const char *actual, const char *format, ...)
{
    struct pp_text message = PP_TEXT_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    pp_text_addv(&message, format, arguments);
    va_end(arguments);

    struct pp_text pointer = PP_TEXT_EMPTY;
    struct pp_place place = place_of(document, position);
    /* The list counts what is beyond its cap and keeps nothing of it: no need to look for the place. */
    if (document->findings->total[diagnostic] < PP_FINDINGS_KEPT) {
        pp_locate(&document->locator, position, &pointer);
        place.json_pointer = pp_text_string(&pointer);
    }
    pp_findings_add(document->findings, diagnostic, &place, expected, actual, "%s", pp_text_string(&message));
    pp_text_done(document->findings, &pointer);
    pp_text_done(document->findings, &message);
}

static void report_syntax(struct pp_document *document, const struct pp_json *json)
{
    struct pp_place place = place_of(document, json->error_at);
    size_t line;
    size_t column;
    pp_line_of(document->text, json->error_at, &line, &column);
    const char *what = "no strict JSON";
    if (json->error_kind == PP_JSON_ERROR_ENCODING) {
        what = "no valid text";
    } else if (json->error_kind == PP_JSON_ERROR_DEPTH) {
        what = "nested too deeply";
    }
    pp_findings_add(document->findings, document->kind->syntax, &place, NULL, NULL,
                    "%s is %s: line %zu, column %zu: %s", document->kind->name, what, line, column, json->error_text);
}

static bool report_duplicate(void *context, const struct pp_json_duplicate *duplicate)
{
    struct pp_document *document = context;
    struct pp_text key = PP_TEXT_EMPTY;
    pp_text_add_printable(
        &key, pp_bytes_make(document->text.data + duplicate->key_begin, duplicate->key_end - duplicate->key_begin),
        SHOWN);
    pp_document_fault(document, document->kind->syntax, duplicate->key_begin, "each key once", NULL,
                      "\"%s\" stands twice in one object", pp_text_string(&key));
    pp_text_done(document->findings, &key);
    return true;
}

/* Whether an accepted span has the escape of U+0000. It cannot have the byte itself. */
static bool has_nul(struct pp_bytes span)
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
static void refuse_nul(struct pp_document *document)
{
    struct pp_json json;
    pp_json_begin(&json, document->text);
    for (;;) {
        struct pp_json_token token = pp_json_next(&json);
        if (token.kind == PP_JSON_END || token.kind == PP_JSON_ERROR) {
            return;
        }
        if (token.escaped && has_nul(pp_json_span(document->text, token))) {
            pp_document_fault(document, document->kind->value, token.begin, NULL, NULL,
                              "a string has the character U+0000");
        }
    }
}

bool pp_document_begin(struct pp_document *document, const struct pp_document_kind *kind, struct pp_bytes text,
                       const struct pp_place *place, struct pp_findings *findings)
{
    *document = (struct pp_document){
        .kind = kind,
        .text = text,
        .file = place->file,
        .has_asset_id = place->has_asset_id,
        .asset_id = (int32_t)place->asset_id,
        .findings = findings,
    };
    uint64_t before = pp_findings_errors(findings);
    struct pp_json json;
    if (!pp_json_validate(&json, text)) {
        report_syntax(document, &json);
        return false;
    }
    pp_locator_begin(&document->locator, text);
    if (!pp_json_find_duplicates(text, report_duplicate, document)) {
        pp_report_out_of_memory(findings);
    }
    refuse_nul(document);
    return pp_nothing_wrong_since(findings, before);
}
