#include "json/tokenizer.h"

#include <string.h>

struct base_bytes json_span(struct base_bytes text, struct json_token token)
{
    if (text.data == NULL) {
        return (struct base_bytes){.size = 0};
    }
    return base_bytes_make(text.data + token.begin, token.end - token.begin);
}

struct json_integer json_integer(struct base_bytes text, struct json_token token)
{
    struct base_bytes span = json_span(text, token);
    struct json_integer result = {.negative = span.size > 0 && span.data[0] == '-'};
    for (size_t i = result.negative ? 1 : 0; i < span.size; i++) {
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

/* ---- Escapes ---- */

enum { UNIT_ESCAPE = 6, PAIR_ESCAPE = 12 }; /* bytes of \uXXXX, of two of them */

static uint32_t hex_value(uint8_t byte)
{
    return byte <= '9' ? (uint32_t)byte - '0' : ((uint32_t)byte | 0x20U) - 'a' + 10;
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

/* Decodes what stands at *at into out and steps over it: an escape, or one byte that is itself. Returns the number of
 * bytes in out. The bounds are tested although accepted spans keep them: a span cut short reads as plain bytes. */
static size_t decode_step(struct base_bytes span, size_t *at, uint8_t out[4])
{
    const uint8_t *data = span.data + *at;
    size_t left = span.size - *at;
    if (data[0] != '\\' || left < 2) {
        out[0] = data[0];
        *at += 1;
        return 1;
    }
    if (data[1] != 'u' || left < UNIT_ESCAPE) {
        out[0] = short_escape(data[1]);
        *at += 2;
        return 1;
    }
    uint32_t unit = unit_at(data);
    if (unit < 0xD800 || unit > 0xDBFF || left < PAIR_ESCAPE) {
        *at += UNIT_ESCAPE;
        return encode_utf8(unit, out);
    }
    uint32_t low = unit_at(data + UNIT_ESCAPE);
    *at += PAIR_ESCAPE;
    return encode_utf8(0x10000 + ((unit & 0x3FF) << 10 | (low & 0x3FF)), out);
}

size_t json_unescape(struct base_bytes span, uint8_t *out, size_t capacity)
{
    size_t size = 0;
    size_t at = 0;
    while (at < span.size) {
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

/* ---- Comparison ---- */

/* Yields the bytes of a span's value one by one. */
struct value_reader {
    struct base_bytes span;
    size_t at; /* behind what `bytes` came from */
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
    struct value_reader reader = {.span = span};
    for (int byte = next_byte(&reader); byte >= 0; byte = next_byte(&reader)) {
        if (*literal == '\0' || byte != (uint8_t)*literal) {
            return false;
        }
        literal++;
    }
    return *literal == '\0';
}
