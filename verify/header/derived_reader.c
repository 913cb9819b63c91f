#include "verify/header/derived_reader.h"

#include "verify/header/outline.h"
#include "json/value.h"
#include "json/walk.h"

#include <string.h>

/* Levels of nesting: the root's members are at 1, the elements of its arrays at 2, their members at 3. */
enum { ROOT = 1, ARRAY = 2, ELEMENT = 3 };

/* ---- The walk ---- */

void verify_derived_begin(struct verify_derived *derived, struct base_bytes header, struct base_task *task)
{
    *derived = (struct verify_derived){.header = header};
    json_begin(&derived->json, header);
    derived->json.task = task;
}

static bool is_known(struct base_bytes key, const struct json_member members[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (json_equals(key, members[i].name)) {
            return true;
        }
    }
    return false;
}

static enum verify_derived_place place_in_element(const struct verify_derived *derived, struct base_bytes key)
{
    if (derived->section == VERIFY_DERIVED_TABLE && json_equals(key, "metadata")) {
        return VERIFY_DERIVED_METADATA;
    }
    bool known = derived->section == VERIFY_DERIVED_TABLE
                     ? is_known(key, verify_entry_members, VERIFY_ENTRY_MEMBERS)
                     : is_known(key, verify_preload_members, VERIFY_PRELOAD_MEMBERS);
    return known ? VERIFY_DERIVED_OTHER : VERIFY_DERIVED_UNKNOWN;
}

static void enter_root_member(struct verify_derived *derived, struct base_bytes key)
{
    derived->section = json_equals(key, "asset_table") ? VERIFY_DERIVED_TABLE
                       : json_equals(key, "preload")   ? VERIFY_DERIVED_PRELOAD
                                                       : VERIFY_DERIVED_ROOT;
    derived->place = derived->section == VERIFY_DERIVED_ROOT ? VERIFY_DERIVED_UNKNOWN : VERIFY_DERIVED_OTHER;
}

static void enter_key(struct verify_derived *derived, struct json_token token)
{
    struct base_bytes key = json_span(derived->header, token);
    derived->place = VERIFY_DERIVED_OTHER;
    derived->level = derived->json.depth;
    if (derived->level == ROOT) {
        enter_root_member(derived, key);
    } else if (derived->level == ARRAY) {
        derived->section = VERIFY_DERIVED_ROOT; /* an object where the array belongs */
    } else if (derived->level == ELEMENT && derived->section != VERIFY_DERIVED_ROOT) {
        derived->place = place_in_element(derived, key);
    }
}

/* Whether the token is the last one of a value. */
static bool ends_value(struct json_token token)
{
    return token.kind != JSON_KEY && token.kind != JSON_OBJECT_BEGIN && token.kind != JSON_ARRAY_BEGIN;
}

/* Goes on until the token that begins at `position`, or after it, or until the text is faulty. */
static void advance(struct verify_derived *derived, size_t position)
{
    struct json_token token;
    do {
        derived->before = derived->json.at;
        token = json_next(&derived->json);
        if (token.kind == JSON_KEY &&
            (derived->place == VERIFY_DERIVED_OTHER || derived->json.depth <= derived->level)) {
            enter_key(derived, token);
        } else if (token.kind != JSON_ERROR && ends_value(token) && derived->json.depth <= derived->level) {
            derived->place = VERIFY_DERIVED_OTHER;
        }
    } while (token.kind != JSON_END && token.kind != JSON_ERROR && json_token_start(token) < position);
}

/* Where the token begins that the tokenizer could not finish. */
static size_t faulty_token(const struct verify_derived *derived)
{
    size_t at = derived->before;
    while (at < derived->header.size && strchr(" \t\n\r,", derived->header.data[at]) != NULL &&
           derived->header.data[at] != '\0') {
        at++;
    }
    return at;
}

/* ---- The faults ---- */

/* Text that is not UTF-8, or half of a surrogate pair, inside a string that is skipped. */
static bool is_in_string(const struct verify_derived *derived, size_t at)
{
    size_t begin = faulty_token(derived);
    return begin < at && derived->header.data[begin] == '"';
}

/* An integer beyond 2^64-1 with a point and no digit after it. */
static bool is_point_after_long_integer(const struct verify_derived *derived, size_t at)
{
    static const char least[] = "18446744073709551616";
    enum { DIGITS = sizeof least - 1 };
    const uint8_t *text = derived->header.data;
    size_t begin = faulty_token(derived);
    if (begin < at && text[begin] == '-') {
        begin++;
    }
    if (at <= begin || at - begin <= DIGITS || text[at - 1] != '.') {
        return false;
    }
    size_t digits = 0;
    while (text[begin + digits] >= '0' && text[begin + digits] <= '9') {
        digits++;
    }
    return begin + digits == at - 1 && (digits > DIGITS || memcmp(text + begin, least, DIGITS) >= 0);
}

/* {"NAME":null}, where the name alone belongs. */
static bool is_variant_as_map(struct base_bytes value, const char *const names[], size_t count)
{
    struct json_walk walk;
    json_walk_begin(&walk, value, 0, value.size);
    if (json_walk_next(&walk).kind != JSON_OBJECT_BEGIN) {
        return false;
    }
    struct json_token key = json_walk_next(&walk);
    bool named = false;
    for (size_t i = 0; i < count && key.kind == JSON_KEY; i++) {
        named = named || json_equals(json_span(value, key), names[i]);
    }
    return named && json_walk_next(&walk).kind == JSON_NULL && json_walk_next(&walk).kind == JSON_OBJECT_END;
}

static bool is_enum_as_map(const struct reader_fault *fault)
{
    static const char *const banks[] = {"GLYPH", "SOUNDS", "SCENE"};
    static const char *const codecs[] = {"NONE"};
    if (fault->member == NULL || fault->entry < 0) {
        return false;
    }
    if (strcmp(fault->member, "bank_type") == 0) {
        return is_variant_as_map(fault->actual, banks, sizeof banks / sizeof banks[0]);
    }
    return strcmp(fault->member, "codec") == 0 && is_variant_as_map(fault->actual, codecs, 1);
}

bool verify_derived_may_accept(struct verify_derived *derived, const struct reader_fault *fault)
{
    switch ((unsigned)fault->diagnostic) {
    case DIAG_HEADER_SHAPE:
        return fault->actual.size > 0 && fault->actual.data[0] == '[';
    case DIAG_ENTRY_TYPE:
        return is_enum_as_map(fault);
    case DIAG_JSON_DUPLICATE_KEY:
        advance(derived, fault->at);
        return derived->place == VERIFY_DERIVED_UNKNOWN;
    case DIAG_JSON_DEPTH:
        advance(derived, derived->header.size);
        return derived->place == VERIFY_DERIVED_UNKNOWN;
    case DIAG_JSON_ENCODING:
        advance(derived, derived->header.size);
        return derived->place == VERIFY_DERIVED_UNKNOWN && is_in_string(derived, fault->at);
    case DIAG_JSON_SYNTAX:
        advance(derived, derived->header.size);
        return derived->place == VERIFY_DERIVED_METADATA && is_point_after_long_integer(derived, fault->at);
    default:
        return false;
    }
}
