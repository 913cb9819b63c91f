#include "base/hex.h"
#include "json/check.h"

#include "json/value.h"

/* ---- Spelling of strings: assets-pa-v1.md, 1.3, rule 5 ---- */

enum { LONGEST_SPELLING = 6 };

/* The letter of the two-character escape that a byte has in canonical form, or 0. */
static uint8_t escape_letter(uint8_t byte)
{
    switch (byte) {
    case '"':
    case '\\':
        return byte;
    case '\b':
        return 'b';
    case '\t':
        return 't';
    case '\n':
        return 'n';
    case '\f':
        return 'f';
    case '\r':
        return 'r';
    default:
        return 0;
    }
}

/* Writes the canonical spelling of one byte of a string's value and returns its length. A byte of a longer UTF-8
 * sequence, like most bytes, is its own spelling. */
static size_t spell(uint8_t byte, uint8_t out[LONGEST_SPELLING])
{
    uint8_t letter = escape_letter(byte);
    if (letter == 0 && byte >= ' ') {
        out[0] = byte;
        return 1;
    }
    out[0] = '\\';
    if (letter != 0) {
        out[1] = letter;
        return 2;
    }
    out[1] = 'u';
    out[2] = '0';
    out[3] = '0';
    out[4] = (uint8_t)base_hex_digit(byte >> 4U);
    out[5] = (uint8_t)base_hex_digit(byte);
    return LONGEST_SPELLING;
}

/* Steps *at over the canonical spelling of one byte as far as the text has it; returns whether it has all of it. */
static bool match_spelling(struct base_bytes text, size_t *at, uint8_t byte)
{
    uint8_t spelling[LONGEST_SPELLING];
    size_t size = spell(byte, spelling);
    for (size_t i = 0; i < size; i++, ++*at) {
        if (text.data[*at] != spelling[i]) {
            return false;
        }
    }
    return true;
}

/* The first position, at or after `at`, where the text is not the canonical spelling of the span's value; the position
 * after that spelling when the text has all of it. `at` is the begin of an accepted string of the text: its closing
 * quote ends the comparison, because no spelling has a bare one. */
static size_t spelling_difference(struct base_bytes text, size_t at, struct base_bytes span, struct base_task *task)
{
    size_t round = 0;
    for (size_t from = 0; from < span.size && !base_task_cancelled_in(task, ++round);) {
        size_t length = json_step_length(span, from);
        uint8_t value[4];
        size_t value_size = json_unescape(base_bytes_make(span.data + from, length), value, sizeof value);
        for (size_t i = 0; i < value_size; i++) {
            if (!match_spelling(text, &at, value[i])) {
                return at;
            }
        }
        from += length;
    }
    return at;
}

/* ---- One token after the other ---- */

struct level {
    size_t begin; /* position of the open container's bracket */
    /* On the way to the first fault the last key, after it the least of that one and those that follow. Empty before
     * the first key: none is less. */
    struct base_bytes key;
};

struct walk {
    struct json_tokenizer json;
    struct level levels[JSON_MAX_DEPTH];
};

/* Only a comma may be between two tokens. Returns the first byte that is not one, or `end`. */
static size_t gap_difference(struct base_bytes text, size_t at, size_t end)
{
    while (at < end && text.data[at] == ',') {
        at++;
    }
    return at;
}

/* Where the key departs from the canonical form, or the end of its colon. */
static size_t key_difference(struct walk *walk, struct json_token token)
{
    struct base_bytes text = walk->json.text;
    struct level *level = &walk->levels[walk->json.depth - 1];
    struct base_bytes key = json_span(text, token);
    if (json_compare(level->key, key) > 0) {
        return token.begin;
    }
    level->key = key;
    size_t at = token.escaped ? spelling_difference(text, token.begin, key, walk->json.task) : token.end;
    if (at < token.end) {
        return at;
    }
    return text.data[token.end + 1] == ':' ? walk->json.at : token.end + 1;
}

/* Where the text departs from the canonical form between `from` and the end of the token that followed; json.at when it
 * does not. */
static size_t token_difference(struct walk *walk, size_t from, struct json_token token)
{
    struct base_bytes text = walk->json.text;
    bool quoted = token.kind == JSON_KEY || token.kind == JSON_STRING;
    size_t begin = quoted ? token.begin - 1 : token.begin;
    size_t at = gap_difference(text, from, begin);
    if (at < begin) {
        return at;
    }
    if (token.kind == JSON_OBJECT_BEGIN || token.kind == JSON_ARRAY_BEGIN) {
        walk->levels[walk->json.depth - 1] = (struct level){.begin = token.begin};
    } else if (token.kind == JSON_KEY) {
        return key_difference(walk, token);
    } else if (token.kind == JSON_STRING && token.escaped) {
        at = spelling_difference(text, token.begin, json_span(text, token), walk->json.task);
        return at < token.end ? at : walk->json.at;
    } else if (token.kind == JSON_NUMBER && token.integral && text.data[token.begin] == '-' &&
               text.data[token.begin + 1] == '0') {
        return token.begin;
    }
    return walk->json.at;
}

/* ---- Order of keys: rule 2 ----
 *
 * A key that belongs earlier makes the text differ where it is missing, not where it is. So the first fault that
 * a walk finds is only a limit: each object that is open there may have smaller keys still to come. A second walk takes
 * the least of them for each level, and a third looks for the first key, before the limit, that had to give way. */

static bool is_last(enum json_kind kind)
{
    return kind == JSON_END || kind == JSON_ERROR;
}

/* Lowers the key of each of the outermost `open` levels to the least that its container has from `token` on. The last
 * key before it may stay: none in front of that is greater. */
static void take_least_keys(struct walk *walk, struct json_token token, unsigned open)
{
    for (; open > 0 && !is_last(token.kind); token = json_next(&walk->json)) {
        if (walk->json.depth < open) {
            open = walk->json.depth;
        } else if (token.kind == JSON_KEY && walk->json.depth == open) {
            struct level *level = &walk->levels[open - 1];
            struct base_bytes key = json_span(walk->json.text, token);
            if (json_compare(key, level->key) < 0) {
                level->key = key;
            }
        }
    }
}

/* The position, up to `limit`, at which a key of levels belongs; else limit. */
static size_t order_difference(struct base_bytes text, struct base_task *task,
                               const struct level levels[JSON_MAX_DEPTH], size_t limit)
{
    size_t begins[JSON_MAX_DEPTH];
    struct json_tokenizer json;
    json_begin(&json, text);
    json.task = task;
    for (struct json_token token = json_next(&json); !is_last(token.kind) && token.begin <= limit;
         token = json_next(&json)) {
        if (token.kind == JSON_OBJECT_BEGIN || token.kind == JSON_ARRAY_BEGIN) {
            begins[json.depth - 1] = token.begin;
        } else if (token.kind == JSON_KEY) {
            const struct level *level = &levels[json.depth - 1];
            if (level->begin == begins[json.depth - 1] && json_compare(json_span(text, token), level->key) > 0) {
                return spelling_difference(text, token.begin, level->key, task);
            }
        }
    }
    return limit;
}

size_t json_first_difference(struct base_bytes text, struct base_task *task)
{
    struct walk walk;
    json_begin(&walk.json, text);
    walk.json.task = task;
    for (;;) {
        unsigned open = walk.json.depth;
        size_t from = walk.json.at;
        struct json_token token = json_next(&walk.json);
        size_t at = token_difference(&walk, from, token);
        if (at < walk.json.at) {
            take_least_keys(&walk, token, open);
            return order_difference(text, task, walk.levels, at);
        }
        if (is_last(token.kind)) {
            return at;
        }
    }
}
