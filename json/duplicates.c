#include "base/array.h"
#include "base/sort.h"
#include "json/check.h"
#include "json/value.h"

#include <stdint.h>
#include <stdlib.h>

static bool is_last(enum json_kind kind)
{
    return kind == JSON_END || kind == JSON_ERROR;
}

/* ---- Keys that ascend: then none repeats, and no memory is needed to know it ---- */

/* Of each open object its last key; NULL data: none yet. */
struct last_keys {
    struct base_bytes of[JSON_MAX_DEPTH];
};

/* Whether the token is not a key, or is one above the last key of its object. */
static bool ascends(struct last_keys *last, const struct json_tokenizer *json, struct json_token token)
{
    if (token.kind == JSON_OBJECT_BEGIN) {
        last->of[json->depth - 1] = (struct base_bytes){.data = NULL};
    }
    if (token.kind != JSON_KEY) {
        return true;
    }
    struct base_bytes before = last->of[json->depth - 1];
    struct base_bytes key = json_span(json->text, token);
    last->of[json->depth - 1] = key;
    return before.data == NULL || json_compare(before, key) < 0;
}

bool json_finish_keys(struct json_tokenizer *json, bool *all_ascend)
{
    struct last_keys last;
    struct json_token token;
    *all_ascend = true;
    do {
        token = json_next(json);
        *all_ascend = *all_ascend && ascends(&last, json, token);
    } while (!is_last(token.kind));
    return token.kind == JSON_END;
}

static bool all_keys_ascend(struct base_bytes text, struct base_task *task)
{
    struct last_keys last;
    struct json_tokenizer json;
    struct json_token token;
    json_begin(&json, text);
    json.task = task;
    do {
        token = json_next(&json);
    } while (ascends(&last, &json, token) && !is_last(token.kind));
    return is_last(token.kind);
}

/* ---- Keys that do not ---- */

/* An open object. */
struct object {
    size_t begin;           /* position of the brace */
    size_t first_key;       /* index in keys */
    struct base_bytes last; /* key; NULL data: none yet */
    bool ascends;           /* strictly, so far */
};

/* Keys of the objects that are open now, outermost first, each object's in their order. An object's keys are compared
 * and dropped when it ends, so the memory is that of the open objects, not of the document. */
struct search {
    struct base_task *task;
    struct base_bytes text;
    struct base_bytes *keys;
    size_t key_count;
    size_t key_capacity;
    struct json_duplicate *found;
    size_t found_count;
    size_t found_capacity;
    struct object objects[JSON_MAX_DEPTH];
};

static bool add_key(struct search *search, unsigned level, struct base_bytes key)
{
    struct base_bytes *grown = base_array_grow(search->keys, search->key_count, &search->key_capacity, sizeof *grown);
    if (grown == NULL) {
        return false;
    }
    search->keys = grown;
    search->keys[search->key_count++] = key;
    struct base_bytes last = search->objects[level].last;
    if (last.data != NULL && json_compare(last, key) >= 0) {
        search->objects[level].ascends = false;
    }
    search->objects[level].last = key;
    return true;
}

static bool add_found(struct search *search, unsigned level, struct base_bytes key)
{
    struct json_duplicate *grown =
        base_array_grow(search->found, search->found_count, &search->found_capacity, sizeof *grown);
    if (grown == NULL) {
        return false;
    }
    search->found = grown;
    size_t begin = (size_t)(key.data - search->text.data);
    search->found[search->found_count++] = (struct json_duplicate){
        .key_begin = begin, .key_end = begin + key.size, .object_begin = search->objects[level].begin};
    return true;
}

/* By value, equal ones by position. Both point into one text. */
static int compare_keys(const void *left, const void *right)
{
    const struct base_bytes *a = left;
    const struct base_bytes *b = right;
    int order = json_compare(*a, *b);
    return order != 0 ? order : (a->data > b->data) - (a->data < b->data);
}

static bool end_object(struct search *search, unsigned level)
{
    size_t first = search->objects[level].first_key;
    if (!search->objects[level].ascends) {
        bool sorted = base_sort(search->keys + first, search->key_count - first, sizeof *search->keys, compare_keys,
                                search->task);
        for (size_t i = first + 1; sorted && i < search->key_count && !base_task_cancelled_in(search->task, i); i++) {
            if (json_compare(search->keys[i - 1], search->keys[i]) == 0 && !add_found(search, level, search->keys[i])) {
                return false;
            }
        }
    }
    search->key_count = first;
    return true;
}

/* Collects every repeated key, in no order. */
static bool collect(struct search *search)
{
    struct json_tokenizer json;
    struct json_token token;
    bool enough_memory = true;
    json_begin(&json, search->text);
    json.task = search->task;
    do {
        token = json_next(&json);
        if (token.kind == JSON_OBJECT_BEGIN) {
            search->objects[json.depth - 1] =
                (struct object){.begin = token.begin, .first_key = search->key_count, .ascends = true};
        } else if (token.kind == JSON_KEY) {
            enough_memory = add_key(search, json.depth - 1, json_span(search->text, token));
        } else if (token.kind == JSON_OBJECT_END) {
            enough_memory = end_object(search, json.depth);
        }
    } while (enough_memory && !is_last(token.kind));
    return enough_memory;
}

static int compare_positions(const void *left, const void *right)
{
    const struct json_duplicate *a = left;
    const struct json_duplicate *b = right;
    return (a->key_begin > b->key_begin) - (a->key_begin < b->key_begin);
}

/* An inner object ends, and its keys are compared, before later keys of the outer one: hence the sorting. */
static void report(struct search *search, json_duplicate_sink sink, void *context)
{
    (void)base_sort(search->found, search->found_count, sizeof *search->found, compare_positions, search->task);
    for (size_t i = 0;
         i < search->found_count && !base_task_cancelled_in(search->task, i) && sink(context, &search->found[i]); i++) {
    }
}

bool json_find_duplicates(struct base_bytes text, struct base_task *task, json_duplicate_sink sink, void *context)
{
    if (all_keys_ascend(text, task)) {
        return true;
    }
    struct search search = {.task = task, .text = text};
    search.keys = base_array_grow(NULL, 0, &search.key_capacity, sizeof *search.keys);
    bool enough_memory = search.keys != NULL && collect(&search);
    if (enough_memory) {
        report(&search, sink, context);
    }
    free(search.found);
    free(search.keys);
    return enough_memory;
}
