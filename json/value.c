#include "json/value.h"

#include "base/hex.h"

#include <stdlib.h>
#include <string.h>

/* ---- Numbers ---- */

struct json_integer json_integer(struct base_bytes text, struct json_token token)
{
    enum { SAFE_SIZE = 19 }; /* so many digits never overflow 64 bits */
    struct base_bytes span = json_span(text, token);
    struct json_integer result = {.negative = span.size > 0 && span.data[0] == '-'};
    size_t i = result.negative ? 1 : 0;
    for (; i < span.size && i < SAFE_SIZE; i++) {
        result.magnitude = result.magnitude * 10 + (uint64_t)(span.data[i] - '0');
    }
    for (; i < span.size; i++) {
        uint64_t digit = (uint64_t)(span.data[i] - '0');
        if (result.magnitude > (UINT64_MAX - digit) / 10) {
            result.huge = true;
            result.magnitude = UINT64_MAX;
            break;
        }
        result.magnitude = result.magnitude * 10 + digit;
    }
    return result;
}

bool json_token_is_exact(struct base_bytes text, struct json_token token)
{
    return token.integral && json_integer(text, token).magnitude <= (uint64_t)JSON_EXACT_MAX;
}

bool json_token_integer(struct base_bytes text, struct json_token token, int64_t low, int64_t high, int64_t *value)
{
    if (token.kind != JSON_NUMBER || !token.integral) {
        return false;
    }
    struct json_integer integer = json_integer(text, token);
    if (integer.magnitude > (uint64_t)JSON_EXACT_MAX) {
        return false;
    }
    int64_t found = integer.negative ? -(int64_t)integer.magnitude : (int64_t)integer.magnitude;
    if (found < low || found > high) {
        return false;
    }
    *value = found;
    return true;
}

bool json_token_unsigned(struct base_bytes text, struct json_token token, uint64_t *value)
{
    if (token.kind != JSON_NUMBER || !token.integral) {
        return false;
    }
    struct json_integer integer = json_integer(text, token);
    if (integer.huge || (integer.negative && integer.magnitude != 0)) {
        return false;
    }
    *value = integer.magnitude;
    return true;
}

/* The exponent of a NUMBER that begins at `at`, its sign in front; beyond ±1000 it saturates. */
static int exponent_of(struct base_bytes span, size_t at)
{
    enum { MOST = 1000 };
    int value = 0;
    bool negative = at < span.size && span.data[at] == '-';
    for (size_t i = at; i < span.size; i++) {
        if (span.data[i] >= '0' && span.data[i] <= '9' && value < MOST) {
            value = value * 10 + (span.data[i] - '0');
        }
    }
    return negative ? -value : value;
}

/* Reads the digits before the exponent, at which it stops: their value without the zeros at their end, and in *scale by
 * which power of ten it is to be multiplied. False when the value is above JSON_EXACT_MAX. */
static bool read_digits(struct base_bytes span, size_t *at, int64_t *value, int *scale)
{
    int zeros = 0;
    bool point = false;
    *value = 0;
    *scale = 0;
    for (; *at < span.size && (span.data[*at] | 0x20) != 'e'; ++*at) {
        uint8_t byte = span.data[*at];
        if (byte == '.' || byte == '-') {
            point = point || byte == '.';
            continue;
        }
        *scale -= point ? 1 : 0;
        zeros++;
        if (byte == '0') {
            continue;
        }
        for (; zeros > 0; zeros--) {
            if (*value > JSON_EXACT_MAX / 10) {
                return false;
            }
            *value *= 10;
        }
        *value += byte - '0';
    }
    *scale += zeros;
    return true;
}

bool json_token_whole(struct base_bytes text, struct json_token token, int64_t *value)
{
    struct base_bytes span = json_span(text, token);
    size_t at = 0;
    int64_t found;
    int scale;
    if (token.kind != JSON_NUMBER || token.integral || span.data == NULL || !read_digits(span, &at, &found, &scale)) {
        return false;
    }
    scale += exponent_of(span, at + 1);
    for (; scale > 0 && found != 0; scale--) {
        if (found > JSON_EXACT_MAX / 10) {
            return false;
        }
        found *= 10;
    }
    if (found > JSON_EXACT_MAX || (scale < 0 && found != 0)) {
        return false;
    }
    *value = span.data[0] == '-' ? -found : found;
    return true;
}

/* ---- Escapes ---- */

enum { UNIT_ESCAPE = 6, PAIR_ESCAPE = 12 }; /* bytes of \uXXXX, of two of them */

static uint32_t hex_value(uint8_t digit)
{
    return (uint32_t)base_hex_value_any(digit);
}

/* The UTF-16 unit of a \uXXXX. */
static uint32_t unit_at(const uint8_t *escape)
{
    return hex_value(escape[2]) << 12 | hex_value(escape[3]) << 8 | hex_value(escape[4]) << 4 | hex_value(escape[5]);
}

static size_t encode_utf8(uint32_t character, uint8_t out[4])
{
    if (character < 0x80) {
        out[0] = (uint8_t)character;
        return 1;
    }
    if (character < 0x800) {
        out[0] = (uint8_t)(0xC0 | character >> 6);
        out[1] = (uint8_t)(0x80 | (character & 0x3F));
        return 2;
    }
    if (character < 0x10000) {
        out[0] = (uint8_t)(0xE0 | character >> 12);
        out[1] = (uint8_t)(0x80 | (character >> 6 & 0x3F));
        out[2] = (uint8_t)(0x80 | (character & 0x3F));
        return 3;
    }
    out[0] = (uint8_t)(0xF0 | (character >> 18 & 0x07));
    out[1] = (uint8_t)(0x80 | (character >> 12 & 0x3F));
    out[2] = (uint8_t)(0x80 | (character >> 6 & 0x3F));
    out[3] = (uint8_t)(0x80 | (character & 0x3F));
    return 4;
}

static uint8_t short_escape(uint8_t letter)
{
    switch (letter) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return letter; /* a quote, a backslash, a slash */
    }
}

/* The tests of what is left are for spans that are cut short: their last bytes are plain bytes. */
size_t json_step_length(struct base_bytes span, size_t at)
{
    const uint8_t *data = span.data + at;
    size_t left = span.size - at;
    if (data[0] != '\\' || left < 2) {
        return 1;
    }
    if (data[1] != 'u' || left < UNIT_ESCAPE) {
        return 2;
    }
    uint32_t unit = unit_at(data);
    return unit < 0xD800 || unit > 0xDBFF || left < PAIR_ESCAPE ? UNIT_ESCAPE : PAIR_ESCAPE;
}

/* Decodes what begins at *at into out and steps over it: an escape, or one byte that is itself. Returns the number of
 * bytes in out. */
static size_t decode_step(struct base_bytes span, size_t *at, uint8_t out[4])
{
    const uint8_t *data = span.data + *at;
    size_t length = json_step_length(span, *at);
    *at += length;
    if (length < UNIT_ESCAPE) {
        out[0] = length == 1 ? data[0] : short_escape(data[1]);
        return 1;
    }
    uint32_t unit = unit_at(data);
    if (length == UNIT_ESCAPE) {
        return encode_utf8(unit, out);
    }
    uint32_t low = unit_at(data + UNIT_ESCAPE);
    return encode_utf8(0x10000 + ((unit & 0x3FF) << 10 | (low & 0x3FF)), out);
}

static size_t unescape(struct base_bytes span, uint8_t *out, size_t capacity, struct base_task *task)
{
    size_t size = 0;
    size_t at = 0;
    for (size_t round = 1; at < span.size && !base_task_cancelled_in(task, round); round++) {
        uint8_t bytes[4];
        size_t count = decode_step(span, &at, bytes);
        for (size_t i = 0; i < count; i++, size++) {
            if (size < capacity) {
                out[size] = bytes[i];
            }
        }
    }
    return size;
}

size_t json_unescape(struct base_bytes span, uint8_t *out, size_t capacity)
{
    return unescape(span, out, capacity, NULL);
}

/* ---- Comparison ---- */

/* Yields the bytes of a span's value one by one. */
struct value_reader {
    struct base_bytes span;
    size_t at; /* after what `bytes` came from */
    uint8_t bytes[4];
    size_t next; /* in bytes */
    size_t count;
};

/* The next byte, or -1 after the last. */
static int next_byte(struct value_reader *reader)
{
    if (reader->next == reader->count) {
        if (reader->at == reader->span.size) {
            return -1;
        }
        reader->count = decode_step(reader->span, &reader->at, reader->bytes);
        reader->next = 0;
    }
    return reader->bytes[reader->next++];
}

int json_compare(struct base_bytes a, struct base_bytes b)
{
    /* Up to the first difference or backslash the spans are their own values. Both are then at the same place of a
     * character, so a backslash there begins an escape. The order of UTF-8 bytes is the order of code points. */
    size_t shared = a.size < b.size ? a.size : b.size;
    size_t at = 0;
    while (at < shared && a.data[at] == b.data[at] && a.data[at] != '\\') {
        at++;
    }
    if (at == a.size && at == b.size) {
        return 0;
    }
    struct value_reader left = {.span = a, .at = at};
    struct value_reader right = {.span = b, .at = at};
    int left_byte = 0;
    int right_byte = 0;
    do {
        left_byte = next_byte(&left);
        right_byte = next_byte(&right);
    } while (left_byte == right_byte && left_byte >= 0);
    return left_byte - right_byte;
}

bool json_equals(struct base_bytes span, const char *literal)
{
    /* Up to the first difference or backslash the span is its own value. A span of a file that another process is
     * changing can have a NUL: the literal must end the loop all the same. */
    size_t at = 0;
    while (at < span.size && literal[at] != '\0' && span.data[at] == (uint8_t)literal[at] && span.data[at] != '\\') {
        at++;
    }
    if (at == span.size || span.data[at] != '\\') {
        return at == span.size && literal[at] == '\0';
    }
    literal += at;
    struct value_reader reader = {.span = span, .at = at};
    for (int byte = next_byte(&reader); byte >= 0; byte = next_byte(&reader)) {
        if (*literal == '\0' || byte != (uint8_t)*literal) {
            return false;
        }
        literal++;
    }
    return *literal == '\0';
}

bool json_token_is(struct base_bytes text, struct json_token token, const char *literal)
{
    return token.kind == JSON_STRING && json_equals(json_span(text, token), literal);
}

/* ---- C strings ---- */

/* Makes U+FFFD of each NUL, in place, from the last one to the first. A NUL came from an escape of six bytes, so the
 * three bytes that it becomes have room in `capacity`. Returns the new size. */
static size_t replace_nul(uint8_t *value, size_t size, size_t capacity)
{
    size_t to = capacity;
    for (size_t at = size; at > 0; at--) {
        if (value[at - 1] != 0) {
            value[--to] = value[at - 1];
        } else {
            to -= 3;
            memcpy(value + to, "\xEF\xBF\xBD", 3);
        }
    }
    memmove(value, value + to, capacity - to);
    return capacity - to;
}

char *json_token_long_string(struct base_bytes text, struct json_token token, struct base_task *task)
{
    struct base_bytes span = json_span(text, token);
    uint8_t *value = malloc(span.size + 1);
    if (value == NULL) {
        return NULL;
    }
    size_t size = unescape(span, value, span.size, task);
    if (memchr(value, 0, size) != NULL) {
        size = replace_nul(value, size, span.size);
    }
    value[size] = 0;
    return (char *)value;
}

char *json_token_string(struct base_bytes text, struct json_token token)
{
    return json_token_long_string(text, token, NULL);
}

/* ---- Places ---- */

struct base_bytes json_token_bytes(struct base_bytes text, struct json_token token)
{
    size_t start = json_token_start(token);
    size_t end = start < token.begin ? token.end + 1 : token.end;
    return base_bytes_make(text.data + start, end - start);
}
