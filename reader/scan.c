#include "reader/scan.h"

#include "base/json.h"
#include "base/utf8.h"

/* ---- Strings ---- */

/* \u00xx in lower case, for a control character that has no escape of two characters. */
static bool is_unit_escape(const uint8_t *at)
{
    if (memcmp(at, "\\u00", 4) != 0 || (at[4] != '0' && at[4] != '1')) {
        return false;
    }
    bool digit = at[5] >= '0' && at[5] <= '9';
    bool letter = at[5] >= 'a' && at[5] <= 'f';
    if (at[4] == '1') {
        return digit || letter;
    }
    return (digit && at[5] <= '7') || at[5] == 'b' || at[5] == 'e' || at[5] == 'f';
}

static const uint8_t *scan_escape(const uint8_t *at, const uint8_t *end)
{
    if (end - at < 2) {
        return NULL;
    }
    switch (at[1]) {
    case '"':
    case '\\':
    case 'b':
    case 't':
    case 'n':
    case 'f':
    case 'r':
        return at + 2;
    default:
        return end - at >= 6 && is_unit_escape(at) ? at + 6 : NULL;
    }
}

const uint8_t *pp_scan_special_piece(const uint8_t *at, const uint8_t *end)
{
    if (*at == '\\') {
        return scan_escape(at, end);
    }
    uint32_t character = 0;
    size_t length = *at >= 0x80 ? pp_utf8_decode(pp_bytes_make(at, (size_t)(end - at)), &character) : 0;
    return length > 0 ? at + length : NULL;
}

/* ---- Objects ---- */

/* Metadata is at level 4 of the header, so this stays far below PP_JSON_MAX_DEPTH; whatever nests deeper is left to the general
 * way. */
enum { LEVELS = 16 };

struct level {
    bool object;
    struct pp_bytes key; /* the last one; NULL data: none yet */
};

/* The containers that are open, the innermost on top. Invariant: 1 <= depth <= LEVELS while scanning. */
struct nest {
    struct level levels[LEVELS];
    unsigned depth;
};

static bool push(struct nest *nest, bool object)
{
    if (nest->depth == LEVELS) {
        return false;
    }
    nest->levels[nest->depth++] = (struct level){.object = object, .key = {.data = NULL}};
    return true;
}

static bool has_backslash(struct pp_bytes span)
{
    return memchr(span.data, '\\', span.size) != NULL;
}

/* Whether the key is above the one before it in its object: by value, which for keys without escapes is by bytes. */
static bool ascends(struct pp_bytes before, struct pp_bytes key)
{
    if (before.data == NULL) {
        return true;
    }
    if (before.size > 0 && key.size > 0 && before.data[0] != key.data[0] && before.data[0] != '\\' &&
        key.data[0] != '\\') {
        return before.data[0] < key.data[0];
    }
    if (has_backslash(before) || has_backslash(key)) {
        return pp_json_compare(before, key) < 0;
    }
    return pp_bytes_compare(before, key) < 0;
}

/* A key with its quotes and its colon. */
static const uint8_t *scan_key(struct nest *nest, const uint8_t *at, const uint8_t *end)
{
    if (at == end || *at != '"') {
        return NULL;
    }
    const uint8_t *begin = at + 1;
    at = pp_scan_string(begin, end);
    if (at == NULL || end - at < 2 || at[1] != ':') {
        return NULL;
    }
    struct level *level = &nest->levels[nest->depth - 1];
    struct pp_bytes key = pp_bytes_make(begin, (size_t)(at - begin));
    if (!ascends(level->key, key)) {
        return NULL;
    }
    level->key = key;
    return at + 2;
}

static const uint8_t *scan_signed(const uint8_t *at, const uint8_t *end)
{
    uint64_t value = 0;
    bool negative = *at == '-';
    at = pp_scan_integer(negative ? at + 1 : at, end, &value);
    return negative && value == 0 ? NULL : at;
}

static const uint8_t *scan_scalar(const uint8_t *at, const uint8_t *end)
{
    switch (*at) {
    case '"':
        at = pp_scan_string(at + 1, end);
        return at != NULL ? at + 1 : NULL;
    case 't':
        return PP_SCAN_LITERAL(at, end, "true");
    case 'f':
        return PP_SCAN_LITERAL(at, end, "false");
    case 'n':
        return PP_SCAN_LITERAL(at, end, "null");
    default:
        return scan_signed(at, end);
    }
}

/* A value; of a container that is not empty only its bracket, and it is then the innermost one. *opened tells. */
static const uint8_t *scan_value(struct nest *nest, const uint8_t *at, const uint8_t *end, bool *opened)
{
    *opened = false;
    if (at == end) {
        return NULL;
    }
    if (*at != '{' && *at != '[') {
        return scan_scalar(at, end);
    }
    bool object = *at == '{';
    at++;
    if (at < end && *at == (object ? '}' : ']')) {
        return at + 1;
    }
    *opened = true;
    return push(nest, object) ? at : NULL;
}

/* What follows a value: closing brackets, then a comma unless all is closed. */
static const uint8_t *scan_closing(struct nest *nest, const uint8_t *at, const uint8_t *end)
{
    while (nest->depth > 0) {
        if (at == end) {
            return NULL;
        }
        if (*at == ',') {
            return at + 1;
        }
        if (*at != (nest->levels[nest->depth - 1].object ? '}' : ']')) {
            return NULL;
        }
        at++;
        nest->depth--;
    }
    return at;
}

const uint8_t *pp_scan_object(const uint8_t *at, const uint8_t *end)
{
    struct nest nest;
    nest.depth = 0;
    if (at < end && *at == '}') {
        return at + 1;
    }
    (void)push(&nest, true);
    while (at != NULL && nest.depth > 0) {
        if (nest.levels[nest.depth - 1].object) {
            at = scan_key(&nest, at, end);
        }
        bool opened = false;
        at = at != NULL ? scan_value(&nest, at, end, &opened) : NULL;
        if (at != NULL && !opened) {
            at = scan_closing(&nest, at, end);
        }
    }
    return at;
}
