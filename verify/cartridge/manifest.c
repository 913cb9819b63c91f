#include "verify/cartridge/manifest.h"

#include "verify/core/findings.h"
#include "json/mistake.h"
#include "json/object.h"
#include "json/pointer.h"

#include <stddef.h>
#include <strings.h>

/* One manifest while it is checked. */
struct manifest {
    struct verify_sink *sink;
    const char *path;
    struct base_bytes text;
    struct base_lines *lines; /* of the text */
    struct json_token root;
    bool out_of_memory;
};

/* length: 0 when it is not known. */
static struct base_place place_of(const struct manifest *manifest, size_t at, size_t length, const char *pointer)
{
    return (struct base_place){
        .file = manifest->path, BASE_AT_BYTE(at, length), .lines = manifest->lines, .json_pointer = pointer};
}

/* A fault at a whole token. `actual` are those of its bytes that are shown. */
static void report_token(const struct manifest *manifest, struct json_token token, const char *pointer,
                         const char *expected, struct base_bytes actual, const char *text)
{
    size_t length = json_token_bytes(manifest->text, token).size;
    base_report(&manifest->sink->findings, DIAG_CARTRIDGE_MANIFEST,
                &(struct base_details){
                    .place = place_of(manifest, json_token_start(token), length, pointer),
                    .expected = expected,
                    .actual_bytes = actual,
                },
                "%s", text);
}

static void report_value(const struct manifest *manifest, struct json_token value, const char *pointer,
                         const char *expected, const char *text)
{
    report_token(manifest, value, pointer, expected, json_token_bytes(manifest->text, value), text);
}

static void report_missing(const struct manifest *manifest, size_t at, const struct json_member *member)
{
    base_report(&manifest->sink->findings, DIAG_CARTRIDGE_MANIFEST,
                &(struct base_details){.place = place_of(manifest, at, 0, ""), .expected = member->expected},
                "the manifest does not have the member %s", member->name);
}

/* A manifest may have members that we do not know; find_repeated reports the repeated ones. */
static void visit_fault(void *context, const struct json_object_fault *found)
{
    const struct manifest *manifest = context;
    if (found->fault == JSON_FAULT_MISSING) {
        report_missing(manifest, found->object.begin, found->member);
    } else if (found->fault == JSON_FAULT_VALUE) {
        struct base_text pointer = BASE_TEXT_EMPTY;
        json_pointer_add_name(&pointer, found->member->name);
        report_value(manifest, found->value, base_text_string(&pointer), found->member->expected,
                     "the value is not what a manifest has here");
        base_text_release(&pointer, &manifest->sink->findings.out_of_memory);
    }
}

/* A value that is no fault by itself. */
static void warn_spelling(const struct manifest *manifest, struct json_token value, const char *pointer,
                          const char *expected, const char *text)
{
    struct base_bytes actual = json_token_bytes(manifest->text, value);
    base_report(&manifest->sink->findings, DIAG_CARTRIDGE_SPELLING,
                &(struct base_details){
                    .place = place_of(manifest, json_token_start(value), actual.size, pointer),
                    .expected = expected,
                    .actual_bytes = actual,
                    .severity = BASE_WARNING,
                },
                "%s", text);
}

/* ---- Members ---- */

static bool read_string(void *context, struct json_token value, void *target)
{
    struct manifest *manifest = context;
    char **string = target;
    if (value.kind != JSON_STRING) {
        return false;
    }
    *string = json_token_string(manifest->text, value);
    manifest->out_of_memory = manifest->out_of_memory || *string == NULL;
    return true;
}

static bool read_app_mode(void *context, struct json_token value, void *target)
{
    const struct manifest *manifest = context;
    bool game = json_token_is(manifest->text, value, "game");
    if (!read_string(context, value, target)) {
        return false;
    }
    if (game || json_token_is(manifest->text, value, "system")) {
        warn_spelling(manifest, value, "/app_mode", game ? "\"Game\"" : "\"System\"",
                      "app_mode is in lower case, which the console may refuse");
        return true;
    }
    return json_token_is(manifest->text, value, "Game") || json_token_is(manifest->text, value, "System");
}

static bool read_magic(void *context, struct json_token value, void *target)
{
    const struct manifest *manifest = context;
    (void)target;
    return json_token_is(manifest->text, value, "PMTU");
}

static bool read_version(void *context, struct json_token value, void *target)
{
    const struct manifest *manifest = context;
    int64_t version;
    (void)target;
    return json_token_integer(manifest->text, value, 1, 1, &version);
}

static bool read_app_id(void *context, struct json_token value, void *target)
{
    const struct manifest *manifest = context;
    struct verify_report *report = target;
    int64_t app_id;
    if (!json_token_integer(manifest->text, value, 0, UINT32_MAX, &app_id)) {
        return false;
    }
    report->cartridge.has_app_id = true;
    report->cartridge.app_id = (uint64_t)app_id;
    return true;
}

static bool read_entrypoint(void *context, struct json_token value, void *target)
{
    (void)context;
    (void)target;
    return value.kind == JSON_STRING || (value.kind == JSON_NUMBER && value.integral);
}

/* "assets" in any case, or "asset" in another case: not the capability, but meant to be. */
static bool is_misspelled_asset(const struct manifest *manifest, struct json_token value)
{
    struct base_bytes span = json_span(manifest->text, value);
    return value.kind == JSON_STRING && (span.size == 5 || span.size == 6) &&
           strncasecmp((const char *)span.data, "assets", span.size) == 0;
}

/* Any capability but "asset". */
static void check_capability(const struct manifest *manifest, size_t index, struct json_token value)
{
    struct base_text pointer = BASE_TEXT_EMPTY;
    json_pointer_add_name(&pointer, "capabilities");
    json_pointer_add_index(&pointer, index);
    if (value.kind != JSON_STRING) {
        report_value(manifest, value, base_text_string(&pointer), "a string", "an element is not a string");
    } else if (is_misspelled_asset(manifest, value)) {
        warn_spelling(manifest, value, base_text_string(&pointer), "\"asset\"",
                      "this is not the capability asset, so the console does not ask for assets.pa");
    }
    base_text_release(&pointer, &manifest->sink->findings.out_of_memory);
}

static bool read_capabilities(void *context, struct json_token list, void *target)
{
    const struct manifest *manifest = context;
    struct verify_report *report = target;
    struct json_walk walk;
    struct json_token value;
    if (list.kind != JSON_ARRAY_BEGIN) {
        return false;
    }
    json_walk_begin_inside(&walk, manifest->text, list);
    for (size_t index = 0; json_walk_element(&walk, &value); index++) {
        if (json_token_is(manifest->text, value, "asset")) {
            report->cartridge.declares_asset = true;
        } else {
            check_capability(manifest, index, value);
        }
    }
    return true;
}

/* The order is that of the findings. */
static const struct json_member members[] = {
    {"title", "a string", 0, true, read_string, offsetof(struct verify_report, cartridge.title)},
    {"app_version", "a string", 0, true, read_string, offsetof(struct verify_report, cartridge.app_version)},
    {"app_mode", "\"Game\" or \"System\"", 0, true, read_app_mode, offsetof(struct verify_report, cartridge.app_mode)},
    {"magic", "\"PMTU\"", 0, true, read_magic, 0},
    {"cartridge_version", "1", 0, true, read_version, 0},
    {"app_id", "0 to 4294967295", 0, true, read_app_id, 0},
    {"entrypoint", "a string or an integer", 0, false, read_entrypoint, 0},
    {"capabilities", "an array of strings", 0, false, read_capabilities, 0},
};
enum { MEMBERS = sizeof members / sizeof members[0] };

/* A listed member that occurs twice: which one would count? Others are left alone. */
static void visit_repeated(void *context, const struct json_object_fault *found)
{
    const struct manifest *manifest = context;
    if (found->fault == JSON_FAULT_REPEATED) {
        struct base_text pointer = BASE_TEXT_EMPTY;
        json_pointer_add_name(&pointer, found->member->name);
        report_token(manifest, found->key, base_text_string(&pointer), NULL, json_span(manifest->text, found->key),
                     "the manifest has this member already");
        base_text_release(&pointer, &manifest->sink->findings.out_of_memory);
    }
}

static void find_repeated(struct manifest *manifest)
{
    static const struct json_table table = {members, MEMBERS, visit_repeated};
    struct json_token values[MEMBERS];
    struct json_walk walk;
    json_walk_begin_inside(&walk, manifest->text, manifest->root);
    (void)json_object_find(&walk, manifest->root, &table, values, manifest);
}

/* ---- The text ---- */

static bool check_text(struct manifest *manifest)
{
    struct json_tokenizer json;
    if (!json_validate(&json, manifest->text)) {
        struct base_text clause = BASE_TEXT_EMPTY;
        struct json_mistake mistake = json_mistake_find(&json, &clause);
        base_report(
            &manifest->sink->findings, DIAG_CARTRIDGE_MANIFEST,
            &(struct base_details){.place = place_of(manifest, json.error_at, 0, NULL), .remedy = mistake.remedy},
            "the manifest is not JSON: %s", base_text_string(&clause));
        base_text_release(&clause, &manifest->sink->findings.out_of_memory);
        return false;
    }
    manifest->root = json_root(manifest->text, NULL);
    if (manifest->root.kind != JSON_OBJECT_BEGIN) {
        report_value(manifest, manifest->root, "", "an object", "the manifest is not an object");
        return false;
    }
    return true;
}

void verify_check_manifest(const char *path, struct base_bytes text, struct verify_sink *sink,
                           struct verify_report *report)
{
    static const struct json_table table = {members, MEMBERS, visit_fault};
    struct base_lines lines = base_lines_of(text);
    struct manifest manifest = {.sink = sink, .path = path, .text = text, .lines = &lines};
    struct json_token values[MEMBERS];
    if (!check_text(&manifest)) {
        return;
    }
    (void)json_object_read(NULL, text, manifest.root, &table, values, report, &manifest);
    find_repeated(&manifest);
    if (manifest.out_of_memory) {
        base_report_out_of_memory(&sink->findings, path);
    }
}
