#include "verify/header/outline.h"

const struct json_member verify_entry_members[VERIFY_ENTRY_MEMBERS] = {
    {.name = "asset_id"},     {.name = "asset_name"}, {.name = "bank_type"}, {.name = "codec"},
    {.name = "decoded_size"}, {.name = "metadata"},   {.name = "offset"},    {.name = "size"},
};
const struct json_member verify_preload_members[VERIFY_PRELOAD_MEMBERS] = {{.name = "asset_id"}, {.name = "slot"}};

struct walk {
    struct json_walk tokens;
    const struct verify_outline_visitor *visitor;
    const char *array; /* the one that is open, or NULL */
    size_t index;
};

static void visit_unknown(const struct walk *walk, struct json_token key, struct json_token value)
{
    if (walk->visitor->unknown != NULL) {
        walk->visitor->unknown(walk->visitor->context, walk->array, walk->index, key, value);
    }
}

static void visit_fault(void *context, const struct json_object_fault *found)
{
    if (found->fault == JSON_FAULT_UNKNOWN) {
        visit_unknown(context, found->key, found->value);
    }
}

static const struct json_table entry_table = {verify_entry_members, VERIFY_ENTRY_MEMBERS, visit_fault};
static const struct json_table preload_table = {verify_preload_members, VERIFY_PRELOAD_MEMBERS, visit_fault};

/* Reads the members of an element that is an object, and moves element.end to its end. */
static void read_element(struct walk *walk, struct json_token *element, const struct json_table *table,
                         struct json_token members[])
{
    if (element->kind == JSON_OBJECT_BEGIN) {
        (void)json_object_find(&walk->tokens, *element, table, members, walk);
        element->end = walk->tokens.json.at;
    } else {
        for (size_t i = 0; i < table->count; i++) {
            members[i] = (struct json_token){.kind = JSON_END};
        }
        *element = json_walk_whole(&walk->tokens, *element);
    }
}

static void visit_entry(struct walk *walk, struct json_token element)
{
    struct json_token members[VERIFY_ENTRY_MEMBERS];
    read_element(walk, &element, &entry_table, members);
    if (walk->visitor->entry != NULL) {
        walk->visitor->entry(walk->visitor->context, walk->index, element, members);
    }
}

static void visit_preload(struct walk *walk, struct json_token element)
{
    struct json_token members[VERIFY_PRELOAD_MEMBERS];
    read_element(walk, &element, &preload_table, members);
    if (walk->visitor->preload != NULL) {
        walk->visitor->preload(walk->visitor->context, walk->index, element, members);
    }
}

/* Reads an array of the root whole. Any other value is skipped. */
static struct json_token read_array(struct walk *walk, const char *name,
                                    void (*visit)(struct walk *walk, struct json_token element))
{
    struct json_token array = json_walk_next(&walk->tokens);
    if (array.kind != JSON_ARRAY_BEGIN) {
        return json_walk_whole(&walk->tokens, array);
    }
    walk->array = name;
    walk->index = 0;
    struct json_token element = json_walk_next(&walk->tokens);
    while (element.kind != JSON_ARRAY_END && element.kind != JSON_ERROR) {
        visit(walk, element);
        walk->index++;
        element = json_walk_next(&walk->tokens);
    }
    walk->array = NULL;
    array.end = element.end;
    return array;
}

struct verify_outline verify_outline_walk(struct base_bytes header, const struct verify_outline_visitor *visitor)
{
    struct verify_outline outline = {.asset_table = {.kind = JSON_END}, .preload = {.kind = JSON_END}};
    struct walk walk = {.visitor = visitor};
    json_walk_begin(&walk.tokens, header, 0, header.size);
    if (json_walk_next(&walk.tokens).kind != JSON_OBJECT_BEGIN) {
        return outline;
    }
    for (struct json_token key = json_walk_next(&walk.tokens); key.kind == JSON_KEY;
         key = json_walk_next(&walk.tokens)) {
        struct base_bytes name = json_span(header, key);
        bool is_table = json_equals(name, "asset_table");
        bool is_preload = !is_table && json_equals(name, "preload");
        if (is_table && outline.asset_table.kind == JSON_END) {
            outline.asset_table = read_array(&walk, "asset_table", visit_entry);
        } else if (is_preload && outline.preload.kind == JSON_END) {
            outline.preload = read_array(&walk, "preload", visit_preload);
        } else {
            struct json_token value = json_walk_value(&walk.tokens);
            if (!is_table && !is_preload) {
                visit_unknown(&walk, key, value);
            }
        }
    }
    return outline;
}
