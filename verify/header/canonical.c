#include "verify/header/canonical.h"

#include "verify/core/findings.h"
#include "verify/header/outline.h"

#include "reader/layout.h"
#include "json/check.h"

#include <stdlib.h>
#include <string.h>

/* json-not-canonical is one finding: the first byte at which the header differs from its canonical form (1.3). Numbers
 * make that more than a comparison. A number that is not exact has no canonical form, and other rules report most of
 * those numbers; 4.2.3 says that they are not reported again. So each number is looked at together with its path, which
 * shows whether another rule has reported it. A -0 that another rule has reported would also hide every difference
 * after it: then a copy of the header is compared, in which such a -0 is -1, which is canonical. */

struct spelling {
    struct base_task *task;
    struct base_bytes header;
    size_t first_number;    /* the first number that only this rule reports, or header.size */
    bool has_reported_zero; /* there is a -0 that another rule has reported */
    uint8_t *patched;       /* NULL, or a copy of the header in which such a -0 becomes -1, which is canonical */
};

/* Where a number is: the levels of nesting around it. */
enum { IN_NOTHING, IN_ROOT, IN_ARRAY, IN_ELEMENT };

static bool is_one_of(struct base_bytes key, const struct json_member members[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (json_equals(key, members[i].name)) {
            return true;
        }
    }
    return false;
}

/* Whether the path goes through this key of an object at this level. */
static bool key_at(const struct json_path *path, unsigned level, const char *name)
{
    return !path->levels[level].array && json_equals(path->levels[level].key, name);
}

/* A member of an entry or preload element: numbers in known members have their own rules. A -0 is reported only where
 * it is below the range, as an asset_id, or where no number belongs. */
static bool is_member_reported(const struct json_path *path, bool in_table, bool zero)
{
    struct base_bytes key = path->levels[IN_ARRAY].key;
    if (path->levels[IN_ARRAY].array) {
        return false;
    }
    if (!in_table) {
        return !zero && is_one_of(key, verify_preload_members, VERIFY_PRELOAD_MEMBERS);
    }
    bool takes_zero = json_equals(key, "offset") || json_equals(key, "size") || json_equals(key, "decoded_size");
    return !(zero && takes_zero) && is_one_of(key, verify_entry_members, VERIFY_ENTRY_MEMBERS);
}

/* Whether another rule has reported this number, which is -0 or not exact. No key is repeated here. */
static bool is_reported(const struct json_path *path, bool zero)
{
    if (path->depth == IN_NOTHING) {
        return true; /* header-shape */
    }
    bool in_table = key_at(path, 0, "asset_table");
    if (!in_table && !key_at(path, 0, "preload")) {
        return false;
    }
    if (path->depth == IN_ROOT) {
        return true; /* header-shape */
    }
    if (!path->levels[IN_ROOT].array) {
        return false;
    }
    if (path->depth == IN_ARRAY) {
        return true; /* header-shape */
    }
    if (path->depth == IN_ELEMENT) {
        return is_member_reported(path, in_table, zero);
    }
    return !zero && in_table && key_at(path, IN_ARRAY, "metadata") && !path->levels[IN_ELEMENT].array;
}

static void add_number(struct spelling *spelling, const struct json_path *path, struct json_token number)
{
    bool zero = base_bytes_equal(json_span(spelling->header, number), base_bytes_make("-0", 2));
    if (json_token_is_exact(spelling->header, number) && !zero) {
        return;
    }
    bool reported = is_reported(path, zero);
    if (zero && reported) {
        spelling->has_reported_zero = true;
        if (spelling->patched != NULL) {
            spelling->patched[number.begin + 1] = '1';
        }
    } else if (!reported && number.begin < spelling->first_number) {
        spelling->first_number = number.begin;
    }
}

static void find_numbers(struct spelling *spelling)
{
    struct json_path path = {.depth = 0};
    struct json_tokenizer json;
    json_begin(&json, spelling->header);
    json.task = spelling->task;
    struct json_token token = json_next(&json);
    while (token.kind != JSON_END && token.kind != JSON_ERROR) {
        json_path_follow(&path, spelling->header, token);
        if (token.kind == JSON_NUMBER) {
            add_number(spelling, &path, token);
        }
        token = json_next(&json);
    }
}

/* The first difference of the header in which each -0 that another rule has reported counts as canonical. */
static bool difference_without_reported(struct spelling *spelling, size_t *at)
{
    spelling->patched = malloc(spelling->header.size);
    if (spelling->patched == NULL) {
        return false;
    }
    memcpy(spelling->patched, spelling->header.data, spelling->header.size);
    find_numbers(spelling);
    *at = json_first_difference(base_bytes_make(spelling->patched, spelling->header.size), spelling->task);
    free(spelling->patched);
    return true;
}

bool verify_check_canonical(const struct verify_subject *subject, struct base_bytes header, struct verify_sink *sink)
{
    enum { SHOWN = 16 };
    struct spelling spelling = {.task = subject->options->task, .header = header, .first_number = header.size};
    find_numbers(&spelling);
    size_t at = json_first_difference(header, spelling.task);
    if (at < header.size && spelling.has_reported_zero && !difference_without_reported(&spelling, &at)) {
        base_report_out_of_memory(&sink->findings, subject->path);
        return false;
    }
    if (spelling.first_number < at) {
        at = spelling.first_number;
    }
    if (at < header.size) {
        struct base_text actual = BASE_TEXT_EMPTY;
        base_text_add_printable(&actual, base_bytes_make(header.data + at, header.size - at), SHOWN);
        base_report(&sink->findings, DIAG_JSON_NOT_CANONICAL,
                    &(struct base_details){
                        .place = {.file = subject->path, BASE_AT_BYTE(READER_PRELUDE_SIZE + at, 0)},
                        .actual = base_text_string(&actual),
                    },
                    "the header differs from its canonical form here");
        base_text_free(&actual);
    }
    return at == header.size;
}
