#include "verify/companions/compare.h"

#include "base/array.h"
#include "verify/core/findings.h"

#include <inttypes.h>
#include <stdlib.h>

/* An element of one of the arrays. */
struct element {
    struct json_token value; /* whole */
    bool has_id;
    int64_t id;
};

/* One element of both arrays, or of one of them. */
struct pair {
    const struct verify_compare *compare;
    size_t index; /* in the companion */
    struct element header;
    struct element companion;
    bool has_asset_id; /* of the element that is spoken of */
    int64_t asset_id;
};

static const char *const id_name[] = {"asset_id"};

static bool is_end(enum json_kind kind)
{
    return kind == JSON_ARRAY_END || kind == JSON_END || kind == JSON_ERROR;
}

/* The next element; its id is read once, however often it is compared. */
static struct element next_element(struct json_walk *walk)
{
    struct element element = {.value = json_walk_value(walk)};
    struct json_token id;
    if (element.value.kind == JSON_OBJECT_BEGIN) {
        json_walk_object(walk->text, element.value, id_name, 1, &id, NULL, NULL);
        element.has_id = json_token_integer(walk->text, id, -JSON_EXACT_MAX, JSON_EXACT_MAX, &element.id);
    }
    return element;
}

/* ---- Findings ---- */

static void tell(const struct pair *pair, size_t at, const struct base_text *below, struct base_bytes expected,
                 struct base_bytes actual, const char *text)
{
    struct base_text pointer = BASE_TEXT_EMPTY;
    struct base_text shown = BASE_TEXT_EMPTY;
    struct base_findings *findings = pair->compare->findings;
    json_pointer_add_index(&pointer, pair->index);
    json_pointer_add_pointer(&pointer, below);
    verify_quote(&shown, expected);
    struct base_place place = {
        .file = pair->compare->path,
        .byte_offset = (int64_t)at,
        .json_pointer = base_text_string(&pointer),
        .has_asset_id = pair->has_asset_id,
        .asset_id = pair->asset_id,
    };
    verify_report_at(findings, pair->compare->mismatch, &place, expected.data != NULL ? base_text_string(&shown) : NULL,
                     actual, "%s", text);
    base_text_release(&pointer, &findings->out_of_memory);
    base_text_release(&shown, &findings->out_of_memory);
}

static void tell_no_memory(const struct verify_compare *compare)
{
    base_report_out_of_memory(compare->findings, compare->path);
}

/* ---- Values ---- */

/* A number of the companion that is not canonical is companion-syntax already. */
static bool is_told(struct base_bytes text, struct json_token token)
{
    struct base_bytes span = json_span(text, token);
    return token.kind == JSON_NUMBER &&
           (!json_token_is_exact(text, token) || base_bytes_equal(span, base_bytes_make("-0", 2)));
}

static bool tokens_equal(const struct verify_compare *compare, struct json_token header, struct json_token companion)
{
    if (header.kind != companion.kind) {
        return false;
    }
    if (header.kind == JSON_STRING || header.kind == JSON_KEY) {
        return json_compare(json_span(compare->header, header), json_span(compare->text, companion)) == 0;
    }
    return header.kind != JSON_NUMBER ||
           base_bytes_equal(json_span(compare->header, header), json_span(compare->text, companion));
}

static void begin_value(struct json_walk *walk, struct base_bytes text, struct json_token value)
{
    size_t start = json_token_start(value);
    json_walk_begin(walk, text, start, value.end + (value.begin - start));
}

/* Tells the first place at which two values of one member differ. */
static void compare_values(const struct pair *pair, struct base_bytes key, struct json_token header,
                           struct json_token companion)
{
    const struct verify_compare *compare = pair->compare;
    struct json_path path = {.depth = 0};
    struct json_walk left;
    struct json_walk right;
    begin_value(&left, compare->header, header);
    begin_value(&right, compare->text, companion);
    for (;;) {
        struct json_token a = json_walk_next(&left);
        struct json_token b = json_walk_next(&right);
        if (b.kind == JSON_END || b.kind == JSON_ERROR) {
            return;
        }
        json_path_follow(&path, compare->text, b);
        if (!tokens_equal(compare, a, b) && !is_told(compare->text, b)) {
            struct base_text below = BASE_TEXT_EMPTY;
            json_pointer_add_key(&below, key);
            json_path_write(&path, &below);
            tell(pair, json_token_start(b), &below, json_token_bytes(compare->header, a),
                 json_token_bytes(compare->text, b), "the companion differs from the header here");
            base_text_free(&below);
            return;
        }
        if (a.kind != b.kind) {
            return; /* told, and no longer in step */
        }
    }
}

/* ---- Members ---- */

struct member {
    struct json_token key;
    struct json_token value;
    struct base_bytes name;
};

struct members {
    struct base_bytes text;
    struct member *items;
    size_t count;
    size_t capacity;
    bool out_of_memory;
};

static void add_member(void *context, struct json_token key, struct json_token value)
{
    struct members *members = context;
    void *items = base_array_grow(members->items, members->count, &members->capacity, sizeof *members->items);
    if (items == NULL) {
        members->out_of_memory = true;
        return;
    }
    members->items = items;
    members->items[members->count++] =
        (struct member){.key = key, .value = value, .name = json_span(members->text, key)};
}

/* By name, equal ones in their order. */
static int compare_members(const void *left, const void *right)
{
    const struct member *a = left;
    const struct member *b = right;
    int order = json_compare(a->name, b->name);
    return order != 0 ? order : (a->key.begin > b->key.begin) - (a->key.begin < b->key.begin);
}

/* Of equal names the first counts (4.2.4). */
static void drop_repeated(struct members *members)
{
    size_t kept = 0;
    for (size_t i = 0; i < members->count; i++) {
        if (kept == 0 || json_compare(members->items[kept - 1].name, members->items[i].name) != 0) {
            members->items[kept++] = members->items[i];
        }
    }
    members->count = kept;
}

static struct members read_members(struct base_bytes text, struct json_token object)
{
    struct members members = {.text = text};
    json_walk_object(text, object, NULL, 0, NULL, add_member, &members);
    if (members.count > 0) {
        qsort(members.items, members.count, sizeof *members.items, compare_members);
        drop_repeated(&members);
    }
    return members;
}

static void tell_member(const struct pair *pair, bool missing, const struct member *member)
{
    const struct verify_compare *compare = pair->compare;
    struct base_text below = BASE_TEXT_EMPTY;
    struct base_bytes none = {.data = NULL};
    if (missing) {
        tell(pair, pair->companion.value.begin, &below, json_token_bytes(compare->header, member->key), none,
             "the companion lacks a member of the header");
    } else {
        json_pointer_add_key(&below, member->name);
        tell(pair, json_token_start(member->key), &below, none, json_token_bytes(compare->text, member->key),
             "the header has no such member");
    }
    base_text_free(&below);
}

static void merge_members(const struct pair *pair, const struct members *header, const struct members *companion)
{
    size_t i = 0;
    size_t j = 0;
    while (i < header->count || j < companion->count) {
        int order = 0;
        if (i == header->count || j == companion->count) {
            order = i == header->count ? 1 : -1;
        } else {
            order = json_compare(header->items[i].name, companion->items[j].name);
        }
        if (order < 0) {
            tell_member(pair, true, &header->items[i++]);
        } else if (order > 0) {
            tell_member(pair, false, &companion->items[j++]);
        } else {
            compare_values(pair, header->items[i].name, header->items[i].value, companion->items[j].value);
            i++;
            j++;
        }
    }
}

/* ---- Elements ---- */

static void compare_elements(struct pair *pair)
{
    const struct verify_compare *compare = pair->compare;
    if (base_bytes_equal(json_span(compare->header, pair->header.value),
                         json_span(compare->text, pair->companion.value)) ||
        pair->header.value.kind != JSON_OBJECT_BEGIN) {
        return; /* an element of the header that is no object is header-shape */
    }
    struct members header = read_members(compare->header, pair->header.value);
    struct members companion = read_members(compare->text, pair->companion.value);
    if (header.out_of_memory || companion.out_of_memory) {
        tell_no_memory(compare);
    } else {
        merge_members(pair, &header, &companion);
    }
    free(header.items);
    free(companion.items);
}

static void tell_element(const struct pair *pair, bool missing)
{
    struct base_text below = BASE_TEXT_EMPTY;
    struct base_bytes none = {.data = NULL};
    if (missing) {
        tell(pair, pair->companion.value.begin, &below, json_token_bytes(pair->compare->header, pair->header.value),
             none, "the companion lacks an element that the header has here");
    } else {
        tell(pair, pair->companion.value.begin, &below, none,
             json_token_bytes(pair->compare->text, pair->companion.value), "the header has no such element");
    }
    base_text_free(&below);
}

/* Where two arrays of different length go apart: less than 0 when the companion lacks the header's element, more when
 * the companion has one too many, 0 when the elements belong together. */
static int order_of(const struct pair *pair, bool equal_counts)
{
    if (is_end(pair->companion.value.kind)) {
        return -1;
    }
    if (is_end(pair->header.value.kind)) {
        return 1;
    }
    if (equal_counts || pair->compare->mismatch != DIAG_TABLE_MISMATCH || !pair->header.has_id ||
        !pair->companion.has_id) {
        return 0;
    }
    return (pair->header.id > pair->companion.id) - (pair->header.id < pair->companion.id);
}

static void begin_array(struct json_walk *walk, struct base_bytes text, struct json_token array)
{
    json_walk_begin(walk, text, array.begin, array.end);
    (void)json_walk_next(walk);
}

static size_t count_elements(struct base_bytes text, struct json_token array)
{
    struct json_walk walk;
    size_t count = 0;
    begin_array(&walk, text, array);
    while (!is_end(json_walk_value(&walk).kind)) {
        count++;
    }
    return count;
}

static struct json_token root_of(struct base_bytes text)
{
    struct json_walk walk;
    json_walk_begin(&walk, text, 0, text.size);
    return json_walk_value(&walk);
}

bool verify_compare_is_array(const struct verify_compare *compare)
{
    struct json_token root = root_of(compare->text);
    struct json_token wrong = root;
    struct base_text pointer = BASE_TEXT_EMPTY;
    if (root.kind == JSON_ARRAY_BEGIN) {
        struct json_walk walk;
        size_t index = 0;
        begin_array(&walk, compare->text, root);
        do {
            wrong = json_walk_value(&walk);
            index++;
        } while (wrong.kind == JSON_OBJECT_BEGIN);
        if (is_end(wrong.kind)) {
            return true;
        }
        json_pointer_add_index(&pointer, index - 1);
    }
    struct base_place place = {.file = compare->path,
                               .byte_offset = (int64_t)json_token_start(wrong),
                               .json_pointer = base_text_string(&pointer)};
    verify_report_at(compare->findings, DIAG_COMPANION_SYNTAX, &place, "an array of objects",
                     json_token_bytes(compare->text, wrong), "the companion is not of its shape");
    base_text_release(&pointer, &compare->findings->out_of_memory);
    return false;
}

void verify_compare_arrays(const struct verify_compare *compare)
{
    struct json_token root = root_of(compare->text);
    struct json_walk left;
    struct json_walk right;
    bool has_header = compare->array.kind == JSON_ARRAY_BEGIN;
    size_t header_count = 0;
    if (has_header) {
        begin_array(&left, compare->header, compare->array);
        header_count = count_elements(compare->header, compare->array);
    }
    begin_array(&right, compare->text, root);
    bool equal_counts = header_count == count_elements(compare->text, root);
    struct pair pair = {.compare = compare, .header = {.value = {.kind = JSON_END}}};
    if (has_header) {
        pair.header = next_element(&left);
    }
    pair.companion = next_element(&right);
    while (!is_end(pair.header.value.kind) || !is_end(pair.companion.value.kind)) {
        int order = order_of(&pair, equal_counts);
        pair.has_asset_id = order <= 0 ? pair.header.has_id : pair.companion.has_id;
        pair.asset_id = order <= 0 ? pair.header.id : pair.companion.id;
        if (order == 0) {
            compare_elements(&pair);
        } else {
            tell_element(&pair, order < 0);
        }
        if (order <= 0) {
            pair.header = next_element(&left);
        }
        if (order >= 0) {
            pair.companion = next_element(&right);
            pair.index++;
        }
    }
}
