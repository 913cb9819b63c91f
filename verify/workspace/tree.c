#include "verify/workspace/tree.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

/* Three levels are around metadata in the pack's header: root, list and entry. */
enum { DEEPEST = JSON_MAX_DEPTH - 3 };

/* ---- What may be in it ---- */

static bool is_minus_zero(struct base_bytes text, struct json_token number)
{
    return number.end - number.begin == 2 && text.data[number.begin] == '-' && text.data[number.begin + 1] == '0';
}

void verify_check_tree(struct verify_document *document, struct json_token object, const char *name)
{
    struct json_walk walk;
    json_walk_begin_value(&walk, document->text, object);
    walk.json.task = document->task;
    for (;;) {
        struct json_token token = json_walk_next(&walk);
        if (token.kind == JSON_END || token.kind == JSON_ERROR) {
            return;
        }
        bool begins = token.kind == JSON_OBJECT_BEGIN || token.kind == JSON_ARRAY_BEGIN;
        if (begins && walk.json.depth > DEEPEST) {
            verify_document_report_value(document, DIAG_DECLARATION_VALUE, token, "at most 124 levels",
                                         "%s is nested too deeply", name);
        } else if (token.kind == JSON_NUMBER &&
                   (!json_token_is_exact(document->text, token) || is_minus_zero(document->text, token))) {
            verify_document_report_value(document, DIAG_DECLARATION_VALUE, token,
                                         "an integer from -9007199254740991 to 9007199254740991",
                                         "%s has a number that the pack cannot carry exactly", name);
        }
    }
}

/* ---- In sorted order ----
 *
 * The output grows as the text is walked. Where an object ends, its members lie one after the other at the end of the
 * output; they are sorted, and written again in their order. A byte is copied once per level around it at most. */

struct member {
    struct base_bytes key; /* span in the text */
    size_t begin, end;     /* key and value in the output */
};

/* A container that is open. */
struct level {
    bool object;
    bool begun;   /* an array has an element */
    size_t begin; /* of an object in the output, after its brace */
    size_t first; /* of its members */
};

struct sorting {
    struct base_bytes text;
    struct base_text *out;
    struct base_text space;
    struct member *members;
    size_t count, capacity;
    unsigned depth;
    struct level levels[JSON_MAX_DEPTH + 1];
};

static int compare_members(const void *left, const void *right)
{
    const struct member *a = left;
    const struct member *b = right;
    return json_compare(a->key, b->key);
}

/* Before a value or a closing bracket: the comma of an array, the end of a member's key. */
static void begin_value(struct sorting *sorting)
{
    struct level *level = &sorting->levels[sorting->depth];
    if (sorting->depth > 0 && !level->object) {
        if (level->begun) {
            base_text_add_char(sorting->out, ',');
        }
        level->begun = true;
    }
}

static void end_value(struct sorting *sorting)
{
    /* In an object a key came before the value. */
    if (sorting->depth > 0 && sorting->levels[sorting->depth].object && sorting->members != NULL) {
        sorting->members[sorting->count - 1].end = sorting->out->size;
    }
}

static void begin_container(struct sorting *sorting, bool object)
{
    begin_value(sorting);
    base_text_add_char(sorting->out, object ? '{' : '[');
    sorting->levels[++sorting->depth] =
        (struct level){.object = object, .begin = sorting->out->size, .first = sorting->count};
}

static void sort_members(struct sorting *sorting, const struct level *level)
{
    size_t count = sorting->count - level->first;
    if (count == 0) {
        return;
    }
    struct member *members = sorting->members + level->first;
    qsort(members, count, sizeof *members, compare_members);
    base_text_clear(&sorting->space);
    for (size_t i = 0; i < count; i++) {
        base_text_add_string(&sorting->space, i > 0 ? "," : "");
        base_text_add(&sorting->space, base_bytes_make((const uint8_t *)sorting->out->data + members[i].begin,
                                                       members[i].end - members[i].begin));
    }
    if (base_text_out_of_memory(&sorting->space)) {
        sorting->out->out_of_memory = true;
        return;
    }
    sorting->out->size = level->begin;
    sorting->out->data[level->begin] = '\0';
    base_text_add(sorting->out, base_text_bytes(&sorting->space));
}

static void end_container(struct sorting *sorting)
{
    const struct level *level = &sorting->levels[sorting->depth];
    if (level->object) {
        sort_members(sorting, level);
        sorting->count = level->first;
    }
    base_text_add_char(sorting->out, level->object ? '}' : ']');
    sorting->depth--;
    end_value(sorting);
}

static bool add_key(struct sorting *sorting, struct json_token key)
{
    void *members = base_array_grow(sorting->members, sorting->count, &sorting->capacity, sizeof *sorting->members);
    if (members == NULL) {
        return false;
    }
    sorting->members = members;
    sorting->members[sorting->count++] =
        (struct member){.key = json_span(sorting->text, key), .begin = sorting->out->size};
    base_text_add(sorting->out, json_token_bytes(sorting->text, key));
    base_text_add_char(sorting->out, ':');
    return true;
}

static bool take_token(struct sorting *sorting, struct json_token token)
{
    if (token.kind == JSON_KEY) {
        return add_key(sorting, token);
    }
    if (token.kind == JSON_OBJECT_BEGIN || token.kind == JSON_ARRAY_BEGIN) {
        begin_container(sorting, token.kind == JSON_OBJECT_BEGIN);
    } else if (token.kind == JSON_OBJECT_END || token.kind == JSON_ARRAY_END) {
        end_container(sorting);
    } else {
        begin_value(sorting);
        base_text_add(sorting->out, json_token_bytes(sorting->text, token));
        end_value(sorting);
    }
    return !base_text_out_of_memory(sorting->out);
}

bool verify_tree_sort(struct base_bytes text, struct json_token value, struct base_text *out)
{
    struct sorting sorting = {.text = text, .out = out, .space = BASE_TEXT_EMPTY};
    struct json_walk walk;
    bool fine = true;
    json_walk_begin_value(&walk, text, value);
    for (struct json_token token = json_walk_next(&walk); fine && token.kind != JSON_END && token.kind != JSON_ERROR;
         token = json_walk_next(&walk)) {
        fine = take_token(&sorting, token);
    }
    free(sorting.members);
    base_text_free(&sorting.space);
    return fine;
}
