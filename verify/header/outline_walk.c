#include "verify/header/outline_walk.h"

struct walk {
    struct json_walk tokens;
    struct verify_outline *outline;
    enum verify_outline_array_id array_id; /* the array that is open, or the root */
    size_t index;                          /* of the element in it */
    bool stopped;                          /* memory ran out, or the task was cancelled */
};

static void keep_unknown(struct walk *walk, struct json_token key)
{
    if (!walk->stopped) {
        walk->stopped = !verify_outline_add_unknown(walk->outline, walk->array_id, walk->index, key);
    }
}

static void visit_fault(void *context, const struct json_object_fault *found)
{
    if (found->fault == JSON_FAULT_UNKNOWN) {
        keep_unknown(context, found->key);
    }
}

static const struct json_table entry_table = {verify_entry_members, VERIFY_ENTRY_MEMBERS, visit_fault};
static const struct json_table preload_table = {verify_preload_members, VERIFY_PRELOAD_MEMBERS, visit_fault};

/* Reads an element whole, with its members when it is an object. */
static void read_element(struct walk *walk, struct verify_outline_array *array, const struct json_table *table,
                         struct json_token element)
{
    struct json_token members[VERIFY_ENTRY_MEMBERS];
    size_t count = 0;
    if (element.kind == JSON_OBJECT_BEGIN) {
        count = table->count;
        (void)json_object_find(&walk->tokens, element, table, members, walk);
        element.end = walk->tokens.json.at;
    } else {
        element = json_walk_whole(&walk->tokens, element);
    }
    if (!walk->stopped) {
        walk->stopped = !verify_outline_add(walk->outline, array, element, members, count);
    }
}

/* Reads a value of the root whole; the elements, when it is an array. */
static void read_array(struct walk *walk, struct verify_outline_array *array, const struct json_table *table,
                       enum verify_outline_array_id array_id)
{
    array->whole = json_walk_next(&walk->tokens);
    if (array->whole.kind != JSON_ARRAY_BEGIN) {
        array->whole = json_walk_whole(&walk->tokens, array->whole);
        return;
    }
    walk->array_id = array_id;
    struct json_token element = json_walk_next(&walk->tokens);
    while (element.kind != JSON_ARRAY_END && element.kind != JSON_ERROR && !walk->stopped) {
        read_element(walk, array, table, element);
        walk->index++;
        element = json_walk_next(&walk->tokens);
    }
    walk->array_id = VERIFY_OUTLINE_ROOT;
    walk->index = 0;
    array->whole.end = element.end;
}

static void read_member(struct walk *walk, struct json_token key)
{
    struct verify_outline *outline = walk->outline;
    struct base_bytes name = json_span(outline->header, key);
    bool is_table = json_equals(name, "asset_table");
    bool is_preload = !is_table && json_equals(name, "preload");
    if (is_table && outline->entries.whole.kind == JSON_END) {
        read_array(walk, &outline->entries, &entry_table, VERIFY_OUTLINE_ENTRIES);
    } else if (is_preload && outline->preload.whole.kind == JSON_END) {
        read_array(walk, &outline->preload, &preload_table, VERIFY_OUTLINE_PRELOAD);
    } else {
        (void)json_walk_value(&walk->tokens);
        if (!is_table && !is_preload) {
            keep_unknown(walk, key);
        }
    }
}

bool verify_outline_walk(struct verify_outline *outline)
{
    struct walk walk = {.outline = outline, .array_id = VERIFY_OUTLINE_ROOT};
    json_walk_begin(&walk.tokens, outline->header, 0, outline->header.size);
    walk.tokens.json.task = outline->task;
    if (json_walk_next(&walk.tokens).kind != JSON_OBJECT_BEGIN) {
        return true;
    }
    struct json_token key = json_walk_next(&walk.tokens);
    while (key.kind == JSON_KEY && !walk.stopped) {
        read_member(&walk, key);
        key = json_walk_next(&walk.tokens);
    }
    return !walk.stopped;
}
