#include "verify/outline.h"

const char *const pp_entry_names[PP_ENTRY_MEMBERS] = {"asset_id",     "asset_name", "bank_type", "codec",
                                                      "decoded_size", "metadata",   "offset",    "size"};
const char *const pp_preload_names[PP_PRELOAD_MEMBERS] = {"asset_id", "slot"};

struct walk {
    struct pp_tokens tokens;
    const struct pp_outline_visitor *visitor;
    const char *array; /* the one that is open, or NULL */
    size_t index;
};

static void meet_unknown(void *context, struct pp_json_token key, struct pp_json_token value)
{
    const struct walk *walk = context;
    if (walk->visitor->unknown != NULL) {
        walk->visitor->unknown(walk->visitor->context, walk->array, walk->index, key, value);
    }
}

/* Reads the members of an element that is an object, and moves element.end behind it. */
static void read_element(struct walk *walk, struct pp_json_token *element, const char *const names[], size_t count,
                         struct pp_json_token members[])
{
    if (element->kind == PP_JSON_OBJECT_BEGIN) {
        pp_tokens_members(&walk->tokens, names, count, members, meet_unknown, walk);
        element->end = walk->tokens.json.at;
    } else {
        for (size_t i = 0; i < count; i++) {
            members[i] = (struct pp_json_token){.kind = PP_JSON_END};
        }
        *element = pp_tokens_whole(&walk->tokens, *element);
    }
}

static void meet_entry(struct walk *walk, struct pp_json_token element)
{
    struct pp_json_token members[PP_ENTRY_MEMBERS];
    read_element(walk, &element, pp_entry_names, PP_ENTRY_MEMBERS, members);
    if (walk->visitor->entry != NULL) {
        walk->visitor->entry(walk->visitor->context, walk->index, element, members);
    }
}

static void meet_preload(struct walk *walk, struct pp_json_token element)
{
    struct pp_json_token members[PP_PRELOAD_MEMBERS];
    read_element(walk, &element, pp_preload_names, PP_PRELOAD_MEMBERS, members);
    if (walk->visitor->preload != NULL) {
        walk->visitor->preload(walk->visitor->context, walk->index, element, members);
    }
}

/* Reads an array of the root whole. Anything else that stands there is only skipped. */
static struct pp_json_token read_array(struct walk *walk, const char *name,
                                       void (*meet)(struct walk *walk, struct pp_json_token element))
{
    struct pp_json_token array = pp_tokens_next(&walk->tokens);
    if (array.kind != PP_JSON_ARRAY_BEGIN) {
        return pp_tokens_whole(&walk->tokens, array);
    }
    walk->array = name;
    walk->index = 0;
    struct pp_json_token element = pp_tokens_next(&walk->tokens);
    while (element.kind != PP_JSON_ARRAY_END && element.kind != PP_JSON_ERROR) {
        meet(walk, element);
        walk->index++;
        element = pp_tokens_next(&walk->tokens);
    }
    walk->array = NULL;
    array.end = element.end;
    return array;
}

struct pp_outline pp_outline_walk(struct pp_bytes header, const struct pp_outline_visitor *visitor)
{
    struct pp_outline outline = {.asset_table = {.kind = PP_JSON_END}, .preload = {.kind = PP_JSON_END}};
    struct walk walk = {.visitor = visitor};
    pp_tokens_begin(&walk.tokens, header, 0, header.size);
    if (pp_tokens_next(&walk.tokens).kind != PP_JSON_OBJECT_BEGIN) {
        return outline;
    }
    for (struct pp_json_token key = pp_tokens_next(&walk.tokens); key.kind == PP_JSON_KEY;
         key = pp_tokens_next(&walk.tokens)) {
        struct pp_bytes name = pp_json_span(header, key);
        bool is_table = pp_json_is(name, "asset_table");
        bool is_preload = !is_table && pp_json_is(name, "preload");
        if (is_table && outline.asset_table.kind == PP_JSON_END) {
            outline.asset_table = read_array(&walk, "asset_table", meet_entry);
        } else if (is_preload && outline.preload.kind == PP_JSON_END) {
            outline.preload = read_array(&walk, "preload", meet_preload);
        } else {
            struct pp_json_token value = pp_tokens_value(&walk.tokens);
            if (!is_table && !is_preload) {
                meet_unknown(&walk, key, value);
            }
        }
    }
    return outline;
}
