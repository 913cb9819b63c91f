#include "writer/canonical_json.h"

#include "base/array.h"
#include "writer/layout.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct item {
    const cJSON *node;
};

/* A container that is being printed: its children are items[next, end) of the walk. */
struct level {
    size_t begin;
    size_t next;
    size_t end;
    bool object;
};

/* Invariant: the levels lie one after the other in items; the last one ends at item_count. */
struct walk {
    struct base_text *text;
    struct item *items;
    size_t item_count;
    size_t item_capacity;
    struct level *levels;
    unsigned depth;
    unsigned limit;
};

/* The escape of a quotation mark, a backslash or a control character. */
static const char *escape_of(uint8_t byte, char out[8])
{
    static const char digits[] = "0123456789abcdef";
    switch (byte) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\b':
        return "\\b";
    case '\t':
        return "\\t";
    case '\n':
        return "\\n";
    case '\f':
        return "\\f";
    case '\r':
        return "\\r";
    default:
        break;
    }
    memcpy(out, "\\u00", 4);
    out[4] = digits[byte >> 4];
    out[5] = digits[byte & 15];
    out[6] = '\0';
    return out;
}

void writer_canonical_string(struct base_text *text, const char *string)
{
    const char *plain = string; /* begin of what needs no escape */
    const char *at = string;
    base_text_add_char(text, '"');
    for (; *at != '\0'; at++) {
        char buffer[8];
        uint8_t byte = (uint8_t)*at;
        if (byte >= 0x20 && byte != '"' && byte != '\\') {
            continue;
        }
        base_text_add(text, base_bytes_make(plain, (size_t)(at - plain)));
        base_text_add_string(text, escape_of(byte, buffer));
        plain = at + 1;
    }
    base_text_add(text, base_bytes_make(plain, (size_t)(at - plain)));
    base_text_add_char(text, '"');
}

static enum writer_canonical print_number(struct base_text *text, double value)
{
    const double limit = (double)WRITER_INTEGER_MAX;
    /* Both comparisons are false for what is not a number. */
    if (!(value >= -limit && value <= limit)) {
        return WRITER_CANONICAL_NUMBER;
    }
    int64_t integer = (int64_t)value;
    if ((double)integer != value) {
        return WRITER_CANONICAL_NUMBER;
    }
    base_text_addf(text, "%" PRId64, integer);
    return WRITER_CANONICAL_FINE;
}

/* Code point order is the order of the UTF-8 bytes; strcmp compares those as unsigned. */
static int compare_keys(const void *a, const void *b)
{
    const struct item *left = a;
    const struct item *right = b;
    return strcmp(left->node->string, right->node->string);
}

static bool push_item(struct walk *walk, const cJSON *node)
{
    struct item *items = base_array_grow(walk->items, walk->item_count, &walk->item_capacity, sizeof *items);
    if (items == NULL) {
        return false;
    }
    walk->items = items;
    walk->items[walk->item_count++].node = node;
    return true;
}

/* Puts the keys of the newest level in order. */
static enum writer_canonical sort_level(struct walk *walk, const struct level *level)
{
    size_t count = level->end - level->begin;
    if (count == 0) {
        return WRITER_CANONICAL_FINE; /* there may be no items at all yet */
    }
    struct item *items = walk->items + level->begin;
    for (size_t i = 0; i < count; i++) {
        if (items[i].node->string == NULL) {
            return WRITER_CANONICAL_KIND;
        }
    }
    qsort(items, count, sizeof *items, compare_keys);
    for (size_t i = 1; i < count; i++) {
        if (compare_keys(&items[i - 1], &items[i]) == 0) {
            return WRITER_CANONICAL_KEY;
        }
    }
    return WRITER_CANONICAL_FINE;
}

static enum writer_canonical open_level(struct walk *walk, const cJSON *container)
{
    if (walk->depth == walk->limit) {
        return WRITER_CANONICAL_DEPTH;
    }
    struct level *level = &walk->levels[walk->depth];
    *level = (struct level){.begin = walk->item_count, .object = cJSON_IsObject(container)};
    level->next = level->begin;
    for (const cJSON *child = container->child; child != NULL; child = child->next) {
        if (!push_item(walk, child)) {
            return WRITER_CANONICAL_MEMORY;
        }
    }
    level->end = walk->item_count;
    walk->depth++;
    base_text_add_char(walk->text, level->object ? '{' : '[');
    return level->object ? sort_level(walk, level) : WRITER_CANONICAL_FINE;
}

/* Prints a scalar, or the bracket of a container, whose children follow. */
static enum writer_canonical print_value(struct walk *walk, const cJSON *value)
{
    if (cJSON_IsObject(value) || cJSON_IsArray(value)) {
        return open_level(walk, value);
    }
    if (cJSON_IsNumber(value)) {
        return print_number(walk->text, value->valuedouble);
    }
    if (cJSON_IsString(value) && value->valuestring != NULL) {
        writer_canonical_string(walk->text, value->valuestring);
        return WRITER_CANONICAL_FINE;
    }
    if (cJSON_IsBool(value) || cJSON_IsNull(value)) {
        base_text_add_string(walk->text, cJSON_IsNull(value) ? "null" : cJSON_IsTrue(value) ? "true" : "false");
        return WRITER_CANONICAL_FINE;
    }
    return WRITER_CANONICAL_KIND;
}

/* Prints the next child of the deepest level, or closes it. */
static enum writer_canonical step(struct walk *walk)
{
    struct level *level = &walk->levels[walk->depth - 1];
    if (level->next == level->end) {
        base_text_add_char(walk->text, level->object ? '}' : ']');
        walk->item_count = level->begin;
        walk->depth--;
        return WRITER_CANONICAL_FINE;
    }
    if (level->next > level->begin) {
        base_text_add_char(walk->text, ',');
    }
    const cJSON *child = walk->items[level->next++].node;
    if (level->object) {
        writer_canonical_string(walk->text, child->string);
        base_text_add_char(walk->text, ':');
    }
    return print_value(walk, child);
}

enum writer_canonical writer_canonical_tree(struct base_text *text, const struct cJSON *tree, unsigned levels)
{
    struct walk walk = {.text = text, .limit = levels};
    walk.levels = calloc(levels > 0 ? levels : 1, sizeof *walk.levels);
    if (walk.levels == NULL) {
        return WRITER_CANONICAL_MEMORY;
    }
    enum writer_canonical result = print_value(&walk, tree);
    while (result == WRITER_CANONICAL_FINE && walk.depth > 0) {
        result = step(&walk);
    }
    free(walk.items);
    free(walk.levels);
    return result == WRITER_CANONICAL_FINE && base_text_out_of_memory(text) ? WRITER_CANONICAL_MEMORY : result;
}

const char *writer_canonical_text(enum writer_canonical result)
{
    switch (result) {
    case WRITER_CANONICAL_NUMBER:
        return "a number has a fraction, or lies beyond 2^53-1";
    case WRITER_CANONICAL_DEPTH:
        return "nested too deeply";
    case WRITER_CANONICAL_KEY:
        return "a key occurs twice in one object";
    case WRITER_CANONICAL_KIND:
        return "a node is not a JSON value";
    case WRITER_CANONICAL_FINE:
    case WRITER_CANONICAL_MEMORY:
        break;
    }
    return "memory ran out";
}
