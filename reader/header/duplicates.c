#include "reader/header/duplicates.h"

#include "json/check.h"
#include "json/value.h"

enum section { SECTION_OTHER, SECTION_ASSET_TABLE, SECTION_PRELOAD, SECTION_COUNT };

/* Walks the header once, in step with the duplicates, which come in rising position, and knows at each key where it
 * is. */
struct walk {
    struct reader_parse *parse;
    struct json_tokenizer json;
    enum section section;
    int64_t element; /* index in the section's array, or -1 */
    bool seen[SECTION_COUNT];
    bool repeated;    /* the section is not the first of its name: its elements have no rows */
    bool in_metadata; /* the walk is inside the member metadata of the element */
};

/* Levels of nesting: the root's members are at 1, the elements of its arrays at 2, their members at 3. */
enum { ROOT = 1, ARRAY = 2, ELEMENT = 3 };

static enum section section_of(struct base_bytes key)
{
    if (json_equals(key, "asset_table")) {
        return SECTION_ASSET_TABLE;
    }
    return json_equals(key, "preload") ? SECTION_PRELOAD : SECTION_OTHER;
}

static void enter_key(struct walk *walk, struct json_token key)
{
    struct base_bytes span = json_span(walk->parse->header, key);
    if (walk->json.depth <= ELEMENT) {
        walk->in_metadata = false;
    }
    if (walk->json.depth == ROOT) {
        walk->section = section_of(span);
        walk->element = -1;
        walk->repeated = walk->seen[walk->section];
        walk->seen[walk->section] = true;
    } else if (walk->json.depth == ARRAY) {
        walk->section = SECTION_OTHER; /* an object where the array belongs */
        walk->element = -1;
    } else if (walk->json.depth == ELEMENT) {
        walk->in_metadata = walk->section == SECTION_ASSET_TABLE && json_equals(span, "metadata");
    }
}

static bool begins_element(const struct walk *walk, struct json_token token)
{
    switch (token.kind) {
    case JSON_OBJECT_BEGIN:
    case JSON_ARRAY_BEGIN:
        return walk->json.depth == ELEMENT;
    case JSON_STRING:
    case JSON_NUMBER:
    case JSON_TRUE:
    case JSON_FALSE:
    case JSON_NULL:
        return walk->json.depth == ARRAY;
    case JSON_END:
    case JSON_OBJECT_END:
    case JSON_ARRAY_END:
    case JSON_KEY:
    case JSON_ERROR:
        break;
    }
    return false;
}

/* Moves past the key that begins at `position`. */
static void advance(struct walk *walk, size_t position)
{
    struct json_token token;
    do {
        token = json_next(&walk->json);
        if (token.kind == JSON_KEY) {
            enter_key(walk, token);
        } else if (walk->section != SECTION_OTHER && begins_element(walk, token)) {
            walk->element++;
            walk->in_metadata = false;
        }
    } while (token.begin < position && token.kind != JSON_END && token.kind != JSON_ERROR);
}

/* The asset_id of the entry, when the first asset_table has it. */
static void name_asset(const struct walk *walk, struct reader_fault *fault)
{
    const struct reader_table *table = &walk->parse->builder.table;
    if (fault->entry < 0 || (uint64_t)fault->entry >= table->count) {
        return;
    }
    const struct reader_row *row = &table->rows[fault->entry];
    fault->has_asset_id = (row->valid & READER_MEMBER_ASSET_ID) != 0;
    fault->asset_id = row->asset_id;
}

static bool report(void *context, const struct json_duplicate *duplicate)
{
    struct walk *walk = context;
    advance(walk, duplicate->key_begin);
    struct json_token key = {.kind = JSON_STRING, .begin = duplicate->key_begin, .end = duplicate->key_end};
    struct reader_fault fault =
        reader_fault_at(walk->parse->header, DIAG_JSON_DUPLICATE_KEY, key, "the object has this key already");
    fault.class_ = walk->in_metadata && walk->json.depth > ELEMENT ? DIAG_CLASS_C : DIAG_CLASS_L;
    if (!walk->repeated && walk->section == SECTION_ASSET_TABLE) {
        fault.entry = walk->element;
        name_asset(walk, &fault);
    } else if (!walk->repeated && walk->section == SECTION_PRELOAD) {
        fault.preload = walk->element;
    }
    return reader_parse_report(walk->parse, &fault);
}

bool reader_parse_check_duplicates(struct reader_parse *parse)
{
    struct walk walk = {.parse = parse, .section = SECTION_OTHER, .element = -1};
    json_begin(&walk.json, parse->header);
    walk.json.task = parse->frame->task;
    if (!parse->keys_ascend && !json_find_duplicates(parse->header, parse->frame->task, report, &walk)) {
        return reader_parse_stop(parse, READER_HEADER_NO_MEMORY);
    }
    return parse->result == READER_HEADER_PARSED;
}
