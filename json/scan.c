#include "json/scan.h"

#include "base/utf8.h"
#include "json/value.h"

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

const uint8_t *json_scan_special_piece(const uint8_t *at, const uint8_t *end)
{
    if (*at == '\\') {
        return scan_escape(at, end);
    }
    uint32_t character = 0;
    size_t length = *at >= 0x80 ? base_utf8_decode(base_bytes_make(at, (size_t)(end - at)), &character) : 0;
    return length > 0 ? at + length : NULL;
}

const uint8_t *json_scan_long_string(const uint8_t *at, const uint8_t *end, struct base_task *task)
{
    const uint8_t *stop = at;
    while (at != NULL && at >= stop && stop < end) {
        stop = json_scan_stretch_end(at, end);
        at = base_task_cancelled(task) ? NULL : json_scan_stretch(at, stop, end);
    }
    return at != NULL && at < end ? at : NULL;
}

/* ---- Integers ---- */

const uint8_t *json_scan_long_integer(const uint8_t *at, const uint8_t *end, uint64_t *value)
{
    const uint8_t *begin = at;
    uint64_t sum = 0;
    while (at < end && *at >= '0' && *at <= '9') {
        if (at - begin == JSON_SCAN_DIGITS_MAX) {
            return NULL;
        }
        sum = sum * 10 + (uint64_t)(*at - '0');
        at++;
    }
    if (at == begin || sum > JSON_SCAN_INTEGER_MAX || (*begin == '0' && at - begin > 1)) {
        return NULL;
    }
    *value = sum;
    return at;
}

/* ---- Objects ---- */

static bool push(struct json_scan_nest *nest, bool object)
{
    if (nest->depth == JSON_SCAN_LEVELS) {
        return false;
    }
    nest->levels[nest->depth].object = object;
    nest->levels[nest->depth].key = NULL;
    nest->depth++;
    return true;
}

/* Whether the key is above the one before it in its object. */
static inline bool ascends(const struct json_scan_level *level, const uint8_t *key, size_t size, bool plain)
{
    const uint8_t *before = level->key;
    if (before == NULL) {
        return true;
    }
    if (!plain || !level->plain) {
        return json_compare(base_bytes_make(before, level->key_size), base_bytes_make(key, size)) < 0;
    }
    size_t shared = level->key_size < size ? level->key_size : size;
    for (size_t i = 0; i < shared; i++) {
        if (before[i] != key[i]) {
            return before[i] < key[i];
        }
    }
    return level->key_size < size;
}

/* A key with its quotes and its colon. */
static inline const uint8_t *scan_key(struct json_scan_nest *nest, const uint8_t *at, const uint8_t *end)
{
    if (at == end || *at != '"') {
        return NULL;
    }
    const uint8_t *key = at + 1;
    at = json_scan_plain(key, json_scan_stretch_end(key, end));
    bool plain = at < end && *at == '"';
    if (!plain) {
        at = json_scan_string(at, end, nest->task);
    }
    if (at == NULL || end - at < 2 || at[1] != ':') {
        return NULL;
    }
    struct json_scan_level *level = &nest->levels[nest->depth - 1];
    size_t size = (size_t)(at - key);
    if (!ascends(level, key, size, plain)) {
        return NULL;
    }
    level->key = key;
    level->key_size = size;
    level->plain = plain;
    return at + 2;
}

/* Whether `size` bytes are the same, in words where there are that many. */
static inline bool same(const uint8_t *a, const uint8_t *b, size_t size)
{
    if (size < 8) {
        return memcmp(a, b, size) == 0;
    }
    for (size_t i = 0; i < size - 8; i += 8) {
        if (json_scan_word(a + i) != json_scan_word(b + i)) {
            return false;
        }
    }
    return json_scan_word(a + size - 8) == json_scan_word(b + size - 8);
}

/* Key number `member` of the outermost object, when the keys before it were known too; else looks closely, and
 * remembers this object's keys from here on. */
static inline const uint8_t *scan_outer_key(struct json_scan_nest *nest, unsigned member, const uint8_t *at,
                                            const uint8_t *end)
{
    struct json_scan_level *level = &nest->levels[0];
    if (member < nest->known_count) {
        struct json_scan_known known = nest->known[member];
        if ((size_t)(end - at) >= known.size && same(at, known.text, known.size)) {
            *level = (struct json_scan_level){.key = at + 1, .key_size = known.size - 3, .plain = true, .object = true};
            return at + known.size;
        }
    }
    const uint8_t *next = scan_key(nest, at, end);
    if (member <= nest->known_count) {
        nest->known_count = member;
        if (next != NULL && level->plain && member < JSON_SCAN_KNOWN) {
            nest->known[member] = (struct json_scan_known){.text = at, .size = (size_t)(next - at)};
            nest->known_count = member + 1;
        }
    }
    return next;
}

static const uint8_t *scan_scalar(const uint8_t *at, const uint8_t *end, struct base_task *task)
{
    uint64_t value = 0;
    switch (*at) {
    case '"':
        at = json_scan_string(at + 1, end, task);
        return at != NULL ? at + 1 : NULL;
    case 't':
        return JSON_SCAN_LITERAL(at, end, "true");
    case 'f':
        return JSON_SCAN_LITERAL(at, end, "false");
    case 'n':
        return JSON_SCAN_LITERAL(at, end, "null");
    case '-':
        at = json_scan_integer(at + 1, end, &value);
        return value != 0 ? at : NULL;
    default:
        return json_scan_integer(at, end, &value);
    }
}

/* A value; of a container that is not empty only its bracket; *opened is then true, and the
 * container is the innermost one. */
static inline const uint8_t *scan_value(struct json_scan_nest *nest, const uint8_t *at, const uint8_t *end,
                                        bool *opened)
{
    *opened = false;
    if (at == end) {
        return NULL;
    }
    if (*at != '{' && *at != '[') {
        return scan_scalar(at, end, nest->task);
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
static inline const uint8_t *scan_closing(struct json_scan_nest *nest, const uint8_t *at, const uint8_t *end)
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

const uint8_t *json_scan_object(struct json_scan_nest *nest, const uint8_t *at, const uint8_t *end)
{
    if (at < end && *at == '}') {
        return at + 1;
    }
    unsigned member = 0;
    nest->depth = 0;
    (void)push(nest, true);
    size_t round = 0;
    while (at != NULL && nest->depth > 0) {
        if (base_task_cancelled_in(nest->task, ++round)) {
            return NULL;
        }
        if (nest->depth == 1) {
            at = scan_outer_key(nest, member++, at, end);
        } else if (nest->levels[nest->depth - 1].object) {
            at = scan_key(nest, at, end);
        }
        bool opened = false;
        at = at != NULL ? scan_value(nest, at, end, &opened) : NULL;
        if (at != NULL && !opened) {
            at = scan_closing(nest, at, end);
        }
    }
    return at;
}
