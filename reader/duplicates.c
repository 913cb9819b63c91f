#include "base/json_check.h"
#include "reader/parse.h"

enum section { SECTION_OTHER, SECTION_ASSET_TABLE, SECTION_PRELOAD, SECTION_COUNT };

/* Walks the header once, in step with the duplicates, which come in rising position, and knows at each key where it
 * is. */
struct walk {
    struct pp_parse *parse;
    struct pp_json json;
    enum section section;
    int64_t element; /* index in the section's array, or -1 */
    bool seen[SECTION_COUNT];
    bool repeated;    /* the section is not the first of its name: no row stands for its elements */
    bool in_metadata; /* the member of the element that stands open is metadata */
};

/* The levels of nesting: the root's members stand at 1, the elements of its arrays at 2, their members at 3. */
enum { ROOT = 1, ARRAY = 2, ELEMENT = 3 };

static enum section section_of(struct pp_bytes key)
{
    if (pp_json_is(key, "asset_table")) {
        return SECTION_ASSET_TABLE;
    }
    return pp_json_is(key, "preload") ? SECTION_PRELOAD : SECTION_OTHER;
}

static void enter_key(struct walk *walk, struct pp_json_token key)
{
    struct pp_bytes span = pp_json_span(walk->parse->header, key);
    if (walk->json.depth <= ELEMENT) {
        walk->in_metadata = false;
    }
    if (walk->json.depth == ROOT) {
        walk->section = section_of(span);
        walk->element = -1;
        walk->repeated = walk->seen[walk->section];
        walk->seen[walk->section] = true;
    } else if (walk->json.depth == ARRAY) {
        walk->section = SECTION_OTHER; /* an object stands where the array belongs */
        walk->element = -1;
    } else if (walk->json.depth == ELEMENT) {
        walk->in_metadata = walk->section == SECTION_ASSET_TABLE && pp_json_is(span, "metadata");
    }
}

static bool begins_element(const struct walk *walk, struct pp_json_token token)
{
    switch (token.kind) {
    case PP_JSON_OBJECT_BEGIN:
    case PP_JSON_ARRAY_BEGIN:
        return walk->json.depth == ELEMENT;
    case PP_JSON_STRING:
    case PP_JSON_NUMBER:
    case PP_JSON_TRUE:
    case PP_JSON_FALSE:
    case PP_JSON_NULL:
        return walk->json.depth == ARRAY;
    case PP_JSON_END:
    case PP_JSON_OBJECT_END:
    case PP_JSON_ARRAY_END:
    case PP_JSON_KEY:
    case PP_JSON_ERROR:
        break;
    }
    return false;
}

/* Stands behind the key that begins at `position`. */
static void advance(struct walk *walk, size_t position)
{
    struct pp_json_token token;
    do {
        token = pp_json_next(&walk->json);
        if (token.kind == PP_JSON_KEY) {
            enter_key(walk, token);
        } else if (walk->section != SECTION_OTHER && begins_element(walk, token)) {
            walk->element++;
            walk->in_metadata = false;
        }
    } while (token.begin < position && token.kind != PP_JSON_END && token.kind != PP_JSON_ERROR);
}

/* The asset_id of the entry, when the first asset_table has it. */
static void name_asset(const struct walk *walk, struct pp_fault *fault)
{
    const struct pp_table *table = &walk->parse->builder.table;
    if (fault->entry < 0 || (uint64_t)fault->entry >= table->count) {
        return;
    }
    const struct pp_row *row = &table->rows[fault->entry];
    fault->has_asset_id = (row->valid & PP_MEMBER_ASSET_ID) != 0;
    fault->asset_id = row->asset_id;
}

static bool report(void *context, const struct pp_json_duplicate *duplicate)
{
    struct walk *walk = context;
    advance(walk, duplicate->key_begin);
    struct pp_json_token key = {.kind = PP_JSON_STRING, .begin = duplicate->key_begin, .end = duplicate->key_end};
    struct pp_fault fault =
        pp_fault_at(walk->parse->header, PP_JSON_DUPLICATE_KEY, key, "the object has this key already");
    fault.class_ = walk->in_metadata && walk->json.depth > ELEMENT ? PP_CLASS_C : PP_CLASS_L;
    if (!walk->repeated && walk->section == SECTION_ASSET_TABLE) {
        fault.entry = walk->element;
        name_asset(walk, &fault);
    } else if (!walk->repeated && walk->section == SECTION_PRELOAD) {
        fault.preload = walk->element;
    }
    return pp_parse_report(walk->parse, &fault);
}

bool pp_parse_judge_duplicates(struct pp_parse *parse)
{
    struct walk walk = {.parse = parse, .section = SECTION_OTHER, .element = -1};
    pp_json_begin(&walk.json, parse->header);
    if (!pp_json_find_duplicates(parse->header, report, &walk)) {
        return pp_parse_stop(parse, PP_HEADER_NO_MEMORY);
    }
    return parse->result == PP_HEADER_PARSED;
}
