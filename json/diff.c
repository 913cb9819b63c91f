#include "json/diff.h"

#include "base/array.h"
#include "base/sort.h"
#include "json/object.h"
#include "json/pointer.h"

#include <stdlib.h>

/* An element of one of the arrays. */
struct element {
    struct json_token value; /* whole; after the last one, the token that ends the array */
    bool exists;
    bool has_id;
    int64_t id;
};

/* One element of both arrays, or of one of them. */
struct pair {
    const struct json_diff *diff;
    size_t index; /* in the actual array */
    struct element expected;
    struct element actual;
    bool has_id; /* of the element that differences are about */
    int64_t id;
};

static const struct json_token none = {.kind = JSON_END};

/* ---- Differences ---- */

/* `below` is the pointer inside the element. */
static void report(const struct pair *pair, enum json_difference_kind kind, size_t at, const struct base_text *below,
                   struct json_token expected, struct json_token actual)
{
    struct base_text pointer = BASE_TEXT_EMPTY;
    json_pointer_add_index(&pointer, pair->index);
    json_pointer_add_pointer(&pointer, below);
    struct json_difference difference = {
        .kind = kind,
        .at = at,
        .pointer = &pointer,
        .expected = expected,
        .actual = actual,
        .has_id = pair->has_id,
        .id = pair->id,
    };
    pair->diff->visit(pair->diff->context, &difference);
    base_text_free(&pointer);
}

/* ---- Values ---- */

static bool tokens_equal(const struct json_diff *diff, struct json_token expected, struct json_token actual)
{
    struct base_bytes a = json_span(diff->expected_text, expected);
    struct base_bytes b = json_span(diff->actual_text, actual);
    if (expected.kind != actual.kind) {
        return false;
    }
    if (expected.kind == JSON_STRING || expected.kind == JSON_KEY) {
        return json_compare(a, b) == 0;
    }
    return expected.kind != JSON_NUMBER || base_bytes_equal(a, b);
}

static bool is_ignored(const struct json_diff *diff, struct json_token actual)
{
    return diff->ignores != NULL && diff->ignores(diff->context, actual);
}

/* Reports the first place at which two values of one member differ. */
static void compare_values(const struct pair *pair, struct base_bytes key, struct json_token expected,
                           struct json_token actual)
{
    const struct json_diff *diff = pair->diff;
    struct json_path path = {.depth = 0};
    struct json_walk left;
    struct json_walk right;
    json_walk_begin_value(&left, diff->expected_text, expected);
    json_walk_begin_value(&right, diff->actual_text, actual);
    left.json.task = diff->task;
    right.json.task = diff->task;
    for (;;) {
        struct json_token a = json_walk_next(&left);
        struct json_token b = json_walk_next(&right);
        if (b.kind == JSON_END || b.kind == JSON_ERROR) {
            return;
        }
        json_path_follow(&path, diff->actual_text, b);
        if (!tokens_equal(diff, a, b) && !is_ignored(diff, b)) {
            struct base_text below = BASE_TEXT_EMPTY;
            json_pointer_add_key(&below, key);
            json_path_write(&path, &below);
            report(pair, JSON_DIFFERENCE_VALUE, json_token_start(b), &below, a, b);
            base_text_free(&below);
            return;
        }
        if (a.kind != b.kind) {
            return; /* ignored, and the two walks are no longer in step */
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
    struct member *items;
    size_t count;
    size_t capacity;
};

static bool add_member(struct members *members, struct member member)
{
    void *items = base_array_grow(members->items, members->count, &members->capacity, sizeof *members->items);
    if (items == NULL) {
        return false;
    }
    members->items = items;
    members->items[members->count++] = member;
    return true;
}

/* By name, equal ones in their order. */
static int compare_members(const void *left, const void *right)
{
    const struct member *a = left;
    const struct member *b = right;
    int order = json_compare(a->name, b->name);
    return order != 0 ? order : (a->key.begin > b->key.begin) - (a->key.begin < b->key.begin);
}

/* Keeps the first of equal names. */
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

/* Fills *members, which the caller frees in any case. False when memory runs out. */
static bool read_members(const struct json_diff *diff, struct base_bytes text, struct json_token object,
                         struct members *members)
{
    struct json_walk walk;
    struct json_token key;
    struct json_token value;
    json_walk_begin_inside(&walk, text, object);
    walk.json.task = diff->task;
    while (json_walk_member(&walk, &key, &value)) {
        if (!add_member(members, (struct member){.key = key, .value = value, .name = json_span(text, key)})) {
            return false;
        }
    }
    if (members->count > 0) {
        (void)base_sort(members->items, members->count, sizeof *members->items, compare_members, diff->task);
        drop_repeated(members);
    }
    return true;
}

static void report_missing(const struct pair *pair, const struct member *member)
{
    const struct base_text below = BASE_TEXT_EMPTY;
    report(pair, JSON_DIFFERENCE_MEMBER_MISSING, pair->actual.value.begin, &below, member->key, none);
}

static void report_added(const struct pair *pair, const struct member *member)
{
    struct base_text below = BASE_TEXT_EMPTY;
    json_pointer_add_key(&below, member->name);
    report(pair, JSON_DIFFERENCE_MEMBER_ADDED, json_token_start(member->key), &below, none, member->key);
    base_text_free(&below);
}

static void merge_members(const struct pair *pair, const struct members *expected, const struct members *actual)
{
    size_t i = 0;
    size_t j = 0;
    while (i < expected->count || j < actual->count) {
        int order = 0;
        if (i == expected->count || j == actual->count) {
            order = i == expected->count ? 1 : -1;
        } else {
            order = json_compare(expected->items[i].name, actual->items[j].name);
        }
        if (order < 0) {
            report_missing(pair, &expected->items[i++]);
        } else if (order > 0) {
            report_added(pair, &actual->items[j++]);
        } else {
            compare_values(pair, expected->items[i].name, expected->items[i].value, actual->items[j].value);
            i++;
            j++;
        }
    }
}

/* ---- Elements ---- */

/* The next element; its id is read once, however often it is compared. */
static struct element next_element(const struct json_diff *diff, struct json_walk *walk)
{
    struct element element = {.value = none};
    element.exists = json_walk_element(walk, &element.value);
    if (element.value.kind == JSON_OBJECT_BEGIN) {
        struct json_token id = json_object_member(walk->text, element.value, diff->id);
        element.has_id = json_token_integer(walk->text, id, -JSON_EXACT_MAX, JSON_EXACT_MAX, &element.id);
    }
    return element;
}

/* False when memory runs out. */
static bool compare_elements(const struct pair *pair)
{
    const struct json_diff *diff = pair->diff;
    if (pair->expected.value.kind != JSON_OBJECT_BEGIN ||
        base_bytes_equal(json_span(diff->expected_text, pair->expected.value),
                         json_span(diff->actual_text, pair->actual.value))) {
        return true;
    }
    struct members expected = {.count = 0};
    struct members actual = {.count = 0};
    bool enough_memory = read_members(diff, diff->expected_text, pair->expected.value, &expected) &&
                         read_members(diff, diff->actual_text, pair->actual.value, &actual);
    if (enough_memory) {
        merge_members(pair, &expected, &actual);
    }
    free(expected.items);
    free(actual.items);
    return enough_memory;
}

static void report_element(const struct pair *pair, bool missing)
{
    const struct base_text below = BASE_TEXT_EMPTY;
    if (missing) {
        report(pair, JSON_DIFFERENCE_ELEMENT_MISSING, pair->actual.value.begin, &below, pair->expected.value, none);
    } else {
        report(pair, JSON_DIFFERENCE_ELEMENT_ADDED, pair->actual.value.begin, &below, none, pair->actual.value);
    }
}

/* Less than 0 when the actual array lacks the expected element, more when it has one too many, 0 when the two elements
 * belong together. */
static int order_of(const struct pair *pair, bool by_position)
{
    const struct element *expected = &pair->expected;
    const struct element *actual = &pair->actual;
    if (!expected->exists || !actual->exists) {
        return actual->exists ? 1 : -1;
    }
    if (by_position || !expected->has_id || !actual->has_id) {
        return 0;
    }
    return (expected->id > actual->id) - (expected->id < actual->id);
}

bool json_diff_arrays(const struct json_diff *diff)
{
    struct pair pair = {.diff = diff, .expected = {.value = none}};
    struct json_walk left;
    struct json_walk right;
    bool enough_memory = true;
    bool has_expected = diff->expected.kind == JSON_ARRAY_BEGIN;
    size_t expected_count = has_expected ? json_count_elements(diff->expected_text, diff->expected, diff->task) : 0;
    bool by_position =
        !diff->ascends_by_id || expected_count == json_count_elements(diff->actual_text, diff->actual, diff->task);
    if (has_expected) {
        json_walk_begin_inside(&left, diff->expected_text, diff->expected);
        left.json.task = diff->task;
        pair.expected = next_element(diff, &left);
    }
    json_walk_begin_inside(&right, diff->actual_text, diff->actual);
    right.json.task = diff->task;
    pair.actual = next_element(diff, &right);
    while ((pair.expected.exists || pair.actual.exists) && !base_task_cancelled_in(diff->task, pair.index)) {
        int order = order_of(&pair, by_position);
        pair.has_id = order <= 0 ? pair.expected.has_id : pair.actual.has_id;
        pair.id = order <= 0 ? pair.expected.id : pair.actual.id;
        if (order == 0) {
            enough_memory = compare_elements(&pair) && enough_memory;
        } else {
            report_element(&pair, order < 0);
        }
        if (order <= 0) {
            pair.expected = next_element(diff, &left);
        }
        if (order >= 0) {
            pair.actual = next_element(diff, &right);
            pair.index++;
        }
    }
    return enough_memory;
}
