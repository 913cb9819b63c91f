#include "verify/header/metadata.h"

#include "verify/core/findings.h"
#include "verify/core/format.h"
#include "verify/core/spelling.h"
#include "verify/header/glyph.h"
#include "verify/header/scene.h"
#include "verify/header/sound.h"
#include "json/double.h"
#include "json/scan.h"

#include <string.h>

static struct verify_spot spot_of(const struct verify_entry_view *view)
{
    return (struct verify_spot){
        .array = "asset_table",
        .index = view->index,
        .member = "metadata",
        .entry = view->known,
    };
}

static void check_number(const struct verify_entry_view *view, const struct json_path *path, struct json_token number)
{
    /* A number that no double can hold has been reported by the rules of class L. */
    if (json_token_is_exact(view->header, number) || !json_fits_double(json_span(view->header, number))) {
        return;
    }
    struct verify_spot spot = spot_of(view);
    spot.at = number.begin;
    spot.path = path;
    struct base_bytes actual = json_token_bytes(view->header, number);
    if (!number.integral) {
        verify_report_in_header(view->subject, view->sink, DIAG_METADATA_FLOAT, &spot, "an integer", actual,
                                "the number has a fraction or an exponent");
    } else {
        verify_report_in_header(view->subject, view->sink, DIAG_ENTRY_RANGE_EXACT, &spot,
                                "-" VERIFY_EXACT_MAX_TEXT " to " VERIFY_EXACT_MAX_TEXT, actual,
                                "the integer is beyond 2^53-1");
    }
}

/* A key or string. */
static void check_string(const struct verify_entry_view *view, const struct json_path *path, struct json_token string)
{
    if (!string.escaped || !verify_has_nul(json_span(view->header, string), view->subject->options->task)) {
        return;
    }
    struct verify_spot spot = spot_of(view);
    spot.at = json_token_start(string);
    spot.path = path;
    verify_report_in_header(
        view->subject, view->sink, DIAG_METADATA_NUL, &spot, NULL, json_token_bytes(view->header, string),
        string.kind == JSON_KEY ? "a key has the character U+0000" : "a string has the character U+0000");
}

/* ---- One walk over the metadata ---- */

/* What is looked for while the metadata is walked. */
struct search {
    const struct verify_entry_view *view;
    struct verify_bank_member *members; /* of the bank */
    size_t count;
    size_t likely; /* the member that the next key probably is */
    bool has_pipeline;
};

static bool is_name(struct base_bytes key, const char *name)
{
    size_t size = strlen(name);
    return key.size == size && memcmp(key.data, name, size) == 0;
}

/* Returns the member of the bank that has this name, or NULL. */
static struct verify_bank_member *find_member(struct search *search, struct base_bytes key,
                                              bool (*equals)(struct base_bytes key, const char *name))
{
    for (size_t i = 0; i < search->count; i++) {
        size_t at = search->likely + i < search->count ? search->likely + i : search->likely + i - search->count;
        if (equals(key, search->members[at].name)) {
            search->likely = at + 1 < search->count ? at + 1 : 0;
            return &search->members[at];
        }
    }
    search->has_pipeline = search->has_pipeline || equals(key, "pipeline");
    return NULL;
}

/* The fast way: an object of non-negative integers, without white space and without escapes in its keys. False: it is
 * another object, or the task was cancelled. */
static bool read_plain(struct search *search)
{
    struct base_bytes header = search->view->header;
    const uint8_t *end = header.data + search->view->metadata.end;
    const uint8_t *at = header.data + search->view->metadata.begin + 1;
    struct base_task *task = search->view->subject->options->task;
    if (*at == '}') {
        return true;
    }
    for (size_t round = 1; !base_task_cancelled_in(task, round); round++) {
        const uint8_t *key = at + 1;
        const uint8_t *colon = *at == '"' ? json_scan_plain(key, end) + 1 : end;
        if (end - colon < 2 || colon[-1] != '"' || *colon != ':') {
            return false;
        }
        uint64_t value;
        const uint8_t *number = colon + 1;
        at = json_scan_integer(number, end, &value);
        if (at == NULL || (*at != ',' && *at != '}')) {
            return false;
        }
        struct verify_bank_member *member =
            find_member(search, base_bytes_make(key, (size_t)(colon - 1 - key)), is_name);
        if (member != NULL && member->token.kind == JSON_END) {
            member->token = (struct json_token){.kind = JSON_NUMBER,
                                                .begin = (size_t)(number - header.data),
                                                .end = (size_t)(at - header.data),
                                                .integral = true};
            member->known = true;
            member->value = (int64_t)value;
        }
        if (*at++ == '}') {
            return true;
        }
    }
    return false;
}

/* Keeps a value of the metadata itself. Returns its member when the value is a container, whose end is not known yet.
 */
static struct verify_bank_member *keep_value(struct search *search, struct json_token key, struct json_token value)
{
    struct base_bytes header = search->view->header;
    struct verify_bank_member *member = find_member(search, json_span(header, key), json_equals);
    if (member == NULL || member->token.kind != JSON_END) {
        return NULL;
    }
    member->token = value;
    member->known = json_token_integer(header, value, -JSON_EXACT_MAX, JSON_EXACT_MAX, &member->value);
    return value.kind == JSON_OBJECT_BEGIN || value.kind == JSON_ARRAY_BEGIN ? member : NULL;
}

/* The general way. Checks every number and string, at any depth, as well. */
static void read_generally(struct search *search)
{
    struct base_bytes header = search->view->header;
    struct json_token object = search->view->metadata;
    struct json_path path = {.depth = 0};
    struct json_token key = {.kind = JSON_END};
    struct verify_bank_member *open = NULL;
    struct json_walk walk;
    json_walk_begin(&walk, header, object.begin, object.end);
    walk.json.task = search->view->subject->options->task;
    struct json_token token = json_walk_next(&walk);
    while (token.kind != JSON_END && token.kind != JSON_ERROR) {
        json_path_follow(&path, header, token);
        if (token.kind == JSON_NUMBER) {
            check_number(search->view, &path, token);
        } else if (token.kind == JSON_STRING || token.kind == JSON_KEY) {
            check_string(search->view, &path, token);
        }
        if (key.kind == JSON_KEY) {
            open = keep_value(search, key, token);
        } else if (open != NULL && walk.json.depth == 1) {
            open->token.end = token.end; /* the closing bracket */
            open = NULL;
        }
        key = token.kind == JSON_KEY && walk.json.depth == 1 ? token : (struct json_token){.kind = JSON_END};
        token = json_walk_next(&walk);
    }
}

/* ---- pipeline ---- */

static void check_pipeline(const struct verify_entry_view *view)
{
    struct json_walk walk;
    struct json_token key;
    struct json_token value;
    json_walk_begin_inside(&walk, view->header, view->metadata);
    walk.json.task = view->subject->options->task;
    while (json_walk_member(&walk, &key, &value)) {
        struct base_bytes span = json_span(view->header, key);
        if (json_equals(span, "pipeline")) {
            struct verify_spot spot = spot_of(view);
            spot.at = json_token_start(key);
            spot.key = span;
            verify_report_in_header(view->subject, view->sink, DIAG_METADATA_PIPELINE, &spot, NULL,
                                    json_token_bytes(view->header, key),
                                    "pipeline is of an earlier generation; version 1 forbids it in the header");
        }
    }
}

/* ---- All of it ---- */

/* The bank of the entry; one without members when it is unknown. */
static const struct verify_bank *bank_of(const struct verify_entry *known)
{
    static const struct verify_bank unknown = {NULL, 0, NULL};
    static const struct verify_bank *const banks[PP_BANK_COUNT] = {
        [PP_BANK_GLYPH] = &verify_glyph_bank,
        [PP_BANK_SOUNDS] = &verify_sound_bank,
        [PP_BANK_SCENE] = &verify_scene_bank,
    };
    return (known->flags & VERIFY_ENTRY_HAS_BANK) != 0 ? banks[known->bank] : &unknown;
}

static void begin_members(struct search *search, const struct verify_bank *bank)
{
    search->count = bank->count;
    search->likely = 0;
    for (size_t i = 0; i < bank->count; i++) {
        search->members[i] = (struct verify_bank_member){.name = bank->names[i], .token = {.kind = JSON_END}};
    }
}

void verify_check_metadata(const struct verify_entry_view *view)
{
    const struct verify_bank *bank = bank_of(view->known);
    struct verify_bank_member members[VERIFY_BANK_MEMBERS_MAX];
    struct search search = {.view = view, .members = members};
    begin_members(&search, bank);
    if (!read_plain(&search)) {
        begin_members(&search, bank);
        read_generally(&search);
    }
    if (search.has_pipeline) {
        check_pipeline(view);
    }
    if (bank->check != NULL) {
        bank->check(view, members);
    }
}
