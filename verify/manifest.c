#include "verify/manifest.h"

#include "base/json_check.h"

enum member { APP_ID, APP_MODE, APP_VERSION, CAPABILITIES, CARTRIDGE_VERSION, ENTRYPOINT, MAGIC, TITLE, MEMBER_COUNT };

static const char *const names[MEMBER_COUNT] = {
    "app_id", "app_mode", "app_version", "capabilities", "cartridge_version", "entrypoint", "magic", "title"};

/* One manifest while it is judged. */
struct manifest {
    struct pp_report *report;
    const char *path;
    struct pp_bytes text;
    struct pp_json_token root;
    struct pp_json_token values[MEMBER_COUNT];
    bool out_of_memory;
};

static void tell(const struct manifest *manifest, size_t at, const char *pointer, const char *expected,
                 struct pp_bytes actual, const char *text)
{
    struct pp_place place = {.file = manifest->path, .byte_offset = (int64_t)at, .json_pointer = pointer};
    pp_tell_at(&manifest->report->findings, PP_CARTRIDGE_MANIFEST, &place, expected, actual, "%s", text);
}

/* A text that lacks a part is told to lack it. */
static void finish(const struct manifest *manifest, struct pp_text *text)
{
    struct pp_findings *findings = &manifest->report->findings;
    findings->out_of_memory = findings->out_of_memory || pp_text_failed(text);
    pp_text_free(text);
}

static void tell_member(const struct manifest *manifest, enum member member, const char *expected)
{
    struct pp_json_token value = manifest->values[member];
    struct pp_bytes none = {.data = NULL};
    struct pp_text text = PP_TEXT_EMPTY;
    struct pp_text pointer = PP_TEXT_EMPTY;
    bool missing = value.kind == PP_JSON_END;
    pp_text_addf(&text, "%s: %s", names[member], missing ? "the member is missing" : "not what a manifest has here");
    if (!missing) {
        pp_pointer_add_name(&pointer, names[member]);
    }
    tell(manifest, missing ? manifest->root.begin : pp_token_start(value), pp_text_string(&pointer), expected,
         missing ? none : pp_token_bytes(manifest->text, value), pp_text_string(&text));
    finish(manifest, &text);
    finish(manifest, &pointer);
}

/* ---- Members ---- */

static char *take_string(struct manifest *manifest, enum member member)
{
    if (manifest->values[member].kind != PP_JSON_STRING) {
        tell_member(manifest, member, "a string");
        return NULL;
    }
    char *string = pp_token_string(manifest->text, manifest->values[member]);
    manifest->out_of_memory = manifest->out_of_memory || string == NULL;
    return string;
}

static void judge_strings(struct manifest *manifest)
{
    manifest->report->cartridge.title = take_string(manifest, TITLE);
    manifest->report->cartridge.app_version = take_string(manifest, APP_VERSION);
    manifest->report->cartridge.app_mode = take_string(manifest, APP_MODE);
    if (manifest->values[APP_MODE].kind == PP_JSON_STRING &&
        !pp_token_is(manifest->text, manifest->values[APP_MODE], "Game") &&
        !pp_token_is(manifest->text, manifest->values[APP_MODE], "System")) {
        tell_member(manifest, APP_MODE, "\"Game\" or \"System\"");
    }
    if (!pp_token_is(manifest->text, manifest->values[MAGIC], "PMTU")) {
        tell_member(manifest, MAGIC, "\"PMTU\"");
    }
}

static void judge_numbers(struct manifest *manifest)
{
    int64_t value;
    if (!pp_token_integer(manifest->text, manifest->values[CARTRIDGE_VERSION], 1, 1, &value)) {
        tell_member(manifest, CARTRIDGE_VERSION, "1");
    }
    if (pp_token_integer(manifest->text, manifest->values[APP_ID], 0, UINT32_MAX, &value)) {
        manifest->report->cartridge.has_app_id = true;
        manifest->report->cartridge.app_id = (uint64_t)value;
    } else {
        tell_member(manifest, APP_ID, "0 to 4294967295");
    }
}

static void judge_entrypoint(struct manifest *manifest)
{
    struct pp_json_token value = manifest->values[ENTRYPOINT];
    bool integer = value.kind == PP_JSON_NUMBER && value.integral;
    if (value.kind != PP_JSON_END && value.kind != PP_JSON_STRING && !integer) {
        tell_member(manifest, ENTRYPOINT, "a string or an integer");
    }
}

static void judge_capabilities(struct manifest *manifest)
{
    struct pp_json_token list = manifest->values[CAPABILITIES];
    struct pp_tokens walk;
    if (list.kind == PP_JSON_END) {
        return;
    }
    if (list.kind != PP_JSON_ARRAY_BEGIN) {
        tell_member(manifest, CAPABILITIES, "an array of strings");
        return;
    }
    pp_tokens_begin(&walk, manifest->text, list.begin, list.end);
    (void)pp_tokens_next(&walk);
    size_t index = 0;
    for (struct pp_json_token value = pp_tokens_value(&walk); value.kind != PP_JSON_ARRAY_END;
         value = pp_tokens_value(&walk), index++) {
        if (pp_token_is(manifest->text, value, "asset")) {
            manifest->report->cartridge.declares_asset = true;
        } else if (value.kind != PP_JSON_STRING) {
            struct pp_text pointer = PP_TEXT_EMPTY;
            pp_pointer_add_name(&pointer, names[CAPABILITIES]);
            pp_pointer_add_index(&pointer, index);
            tell(manifest, pp_token_start(value), pp_text_string(&pointer), "a string",
                 pp_token_bytes(manifest->text, value), "capabilities: an element is no string");
            finish(manifest, &pointer);
        }
    }
}

/* A listed member that stands twice: which one would count? Others are left alone. */
static bool judge_repeated(void *context, const struct pp_json_duplicate *duplicate)
{
    const struct manifest *manifest = context;
    struct pp_bytes key =
        pp_bytes_make(manifest->text.data + duplicate->key_begin, duplicate->key_end - duplicate->key_begin);
    for (size_t i = 0; i < MEMBER_COUNT && duplicate->object_begin == manifest->root.begin; i++) {
        if (pp_json_is(key, names[i])) {
            struct pp_text pointer = PP_TEXT_EMPTY;
            pp_pointer_add_name(&pointer, names[i]);
            tell(manifest, duplicate->key_begin - 1, pp_text_string(&pointer), NULL, key,
                 "the manifest has this member already");
            finish(manifest, &pointer);
        }
    }
    return true;
}

/* ---- The text ---- */

static bool judge_text(struct manifest *manifest)
{
    struct pp_json json;
    struct pp_tokens walk;
    struct pp_bytes none = {.data = NULL};
    if (!pp_json_validate(&json, manifest->text)) {
        struct pp_text text = PP_TEXT_EMPTY;
        pp_text_addf(&text, "the manifest is not JSON: %s", json.error_text);
        tell(manifest, json.error_at, NULL, NULL, none, pp_text_string(&text));
        finish(manifest, &text);
        return false;
    }
    pp_tokens_begin(&walk, manifest->text, 0, manifest->text.size);
    manifest->root = pp_tokens_value(&walk);
    if (manifest->root.kind != PP_JSON_OBJECT_BEGIN) {
        tell(manifest, pp_token_start(manifest->root), "", "an object", pp_token_bytes(manifest->text, manifest->root),
             "the manifest is no object");
        return false;
    }
    return true;
}

void pp_examine_manifest(struct pp_report *report, const char *path, struct pp_bytes text)
{
    struct manifest manifest = {.report = report, .path = path, .text = text};
    if (!judge_text(&manifest)) {
        return;
    }
    pp_tokens_object(text, manifest.root, names, MEMBER_COUNT, manifest.values, NULL, NULL);
    judge_strings(&manifest);
    judge_numbers(&manifest);
    judge_entrypoint(&manifest);
    judge_capabilities(&manifest);
    if (!pp_json_find_duplicates(text, judge_repeated, &manifest) || manifest.out_of_memory) {
        pp_tell_no_memory(&report->findings, path);
    }
}
