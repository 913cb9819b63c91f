#include "verify/cartridge/manifest.h"

#include "verify/core/findings.h"
#include "json/check.h"
#include "json/object.h"

enum member { APP_ID, APP_MODE, APP_VERSION, CAPABILITIES, CARTRIDGE_VERSION, ENTRYPOINT, MAGIC, TITLE, MEMBER_COUNT };

static const char *const names[MEMBER_COUNT] = {
    "app_id", "app_mode", "app_version", "capabilities", "cartridge_version", "entrypoint", "magic", "title"};

/* One manifest while it is judged. */
struct manifest {
    struct verify_report *report;
    const char *path;
    struct base_bytes text;
    struct json_token root;
    struct json_token values[MEMBER_COUNT];
    bool out_of_memory;
};

static void tell(const struct manifest *manifest, size_t at, const char *pointer, const char *expected,
                 struct base_bytes actual, const char *text)
{
    struct base_place place = {.file = manifest->path, .byte_offset = (int64_t)at, .json_pointer = pointer};
    verify_report_at(&manifest->report->findings, DIAG_CARTRIDGE_MANIFEST, &place, expected, actual, "%s", text);
}

static void tell_member(const struct manifest *manifest, enum member member, const char *expected)
{
    struct json_token value = manifest->values[member];
    struct base_bytes none = {.data = NULL};
    struct base_text text = BASE_TEXT_EMPTY;
    struct base_text pointer = BASE_TEXT_EMPTY;
    bool missing = value.kind == JSON_END;
    base_text_addf(&text, "%s: %s", names[member], missing ? "the member is missing" : "not what a manifest has here");
    if (!missing) {
        json_pointer_add_name(&pointer, names[member]);
    }
    tell(manifest, missing ? manifest->root.begin : json_token_start(value), base_text_string(&pointer), expected,
         missing ? none : json_token_bytes(manifest->text, value), base_text_string(&text));
    base_text_release(&text, &manifest->report->findings.out_of_memory);
    base_text_release(&pointer, &manifest->report->findings.out_of_memory);
}

/* ---- Members ---- */

static char *take_string(struct manifest *manifest, enum member member)
{
    if (manifest->values[member].kind != JSON_STRING) {
        tell_member(manifest, member, "a string");
        return NULL;
    }
    char *string = json_token_string(manifest->text, manifest->values[member]);
    manifest->out_of_memory = manifest->out_of_memory || string == NULL;
    return string;
}

static void judge_strings(struct manifest *manifest)
{
    manifest->report->cartridge.title = take_string(manifest, TITLE);
    manifest->report->cartridge.app_version = take_string(manifest, APP_VERSION);
    manifest->report->cartridge.app_mode = take_string(manifest, APP_MODE);
    if (manifest->values[APP_MODE].kind == JSON_STRING &&
        !json_token_is(manifest->text, manifest->values[APP_MODE], "Game") &&
        !json_token_is(manifest->text, manifest->values[APP_MODE], "System")) {
        tell_member(manifest, APP_MODE, "\"Game\" or \"System\"");
    }
    if (!json_token_is(manifest->text, manifest->values[MAGIC], "PMTU")) {
        tell_member(manifest, MAGIC, "\"PMTU\"");
    }
}

static void judge_numbers(struct manifest *manifest)
{
    int64_t value;
    if (!json_token_integer(manifest->text, manifest->values[CARTRIDGE_VERSION], 1, 1, &value)) {
        tell_member(manifest, CARTRIDGE_VERSION, "1");
    }
    if (json_token_integer(manifest->text, manifest->values[APP_ID], 0, UINT32_MAX, &value)) {
        manifest->report->cartridge.has_app_id = true;
        manifest->report->cartridge.app_id = (uint64_t)value;
    } else {
        tell_member(manifest, APP_ID, "0 to 4294967295");
    }
}

static void judge_entrypoint(struct manifest *manifest)
{
    struct json_token value = manifest->values[ENTRYPOINT];
    bool integer = value.kind == JSON_NUMBER && value.integral;
    if (value.kind != JSON_END && value.kind != JSON_STRING && !integer) {
        tell_member(manifest, ENTRYPOINT, "a string or an integer");
    }
}

static void judge_capabilities(struct manifest *manifest)
{
    struct json_token list = manifest->values[CAPABILITIES];
    struct json_walk walk;
    if (list.kind == JSON_END) {
        return;
    }
    if (list.kind != JSON_ARRAY_BEGIN) {
        tell_member(manifest, CAPABILITIES, "an array of strings");
        return;
    }
    json_walk_begin(&walk, manifest->text, list.begin, list.end);
    (void)json_walk_next(&walk);
    size_t index = 0;
    for (struct json_token value = json_walk_value(&walk); value.kind != JSON_ARRAY_END;
         value = json_walk_value(&walk), index++) {
        if (json_token_is(manifest->text, value, "asset")) {
            manifest->report->cartridge.declares_asset = true;
        } else if (value.kind != JSON_STRING) {
            struct base_text pointer = BASE_TEXT_EMPTY;
            json_pointer_add_name(&pointer, names[CAPABILITIES]);
            json_pointer_add_index(&pointer, index);
            tell(manifest, json_token_start(value), base_text_string(&pointer), "a string",
                 json_token_bytes(manifest->text, value), "capabilities: an element is no string");
            base_text_release(&pointer, &manifest->report->findings.out_of_memory);
        }
    }
}

/* A listed member that stands twice: which one would count? Others are left alone. */
static bool judge_repeated(void *context, const struct json_duplicate *duplicate)
{
    const struct manifest *manifest = context;
    struct base_bytes key =
        base_bytes_make(manifest->text.data + duplicate->key_begin, duplicate->key_end - duplicate->key_begin);
    for (size_t i = 0; i < MEMBER_COUNT && duplicate->object_begin == manifest->root.begin; i++) {
        if (json_equals(key, names[i])) {
            struct base_text pointer = BASE_TEXT_EMPTY;
            json_pointer_add_name(&pointer, names[i]);
            tell(manifest, duplicate->key_begin - 1, base_text_string(&pointer), NULL, key,
                 "the manifest has this member already");
            base_text_release(&pointer, &manifest->report->findings.out_of_memory);
        }
    }
    return true;
}

/* ---- The text ---- */

static bool judge_text(struct manifest *manifest)
{
    struct json_tokenizer json;
    struct json_walk walk;
    struct base_bytes none = {.data = NULL};
    if (!json_validate(&json, manifest->text)) {
        struct base_text text = BASE_TEXT_EMPTY;
        base_text_addf(&text, "the manifest is not JSON: %s", json.error_text);
        tell(manifest, json.error_at, NULL, NULL, none, base_text_string(&text));
        base_text_release(&text, &manifest->report->findings.out_of_memory);
        return false;
    }
    json_walk_begin(&walk, manifest->text, 0, manifest->text.size);
    manifest->root = json_walk_value(&walk);
    if (manifest->root.kind != JSON_OBJECT_BEGIN) {
        tell(manifest, json_token_start(manifest->root), "", "an object",
             json_token_bytes(manifest->text, manifest->root), "the manifest is no object");
        return false;
    }
    return true;
}

void verify_check_manifest(struct verify_report *report, const char *path, struct base_bytes text)
{
    struct manifest manifest = {.report = report, .path = path, .text = text};
    if (!judge_text(&manifest)) {
        return;
    }
    json_walk_object(text, manifest.root, names, MEMBER_COUNT, manifest.values, NULL, NULL);
    judge_strings(&manifest);
    judge_numbers(&manifest);
    judge_entrypoint(&manifest);
    judge_capabilities(&manifest);
    if (!json_find_duplicates(text, judge_repeated, &manifest) || manifest.out_of_memory) {
        base_report_out_of_memory(&report->findings, path);
    }
}
