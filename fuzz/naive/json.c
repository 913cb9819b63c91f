#include "fuzz/naive/json.h"

#include "fuzz/lib/harness.h"

#include <stdlib.h>
#include <string.h>

/* ---- Characters ---- */

size_t naive_utf8(struct base_bytes bytes, uint32_t *character)
{
    /* Length by length: what the bits say, then whether that is the shortest way to say it. */
    static const struct {
        uint8_t mask, lead;
        uint32_t least, most;
    } forms[] = {
        {0x80, 0x00, 0, 0x7F}, {0xE0, 0xC0, 0x80, 0x7FF}, {0xF0, 0xE0, 0x800, 0xFFFF}, {0xF8, 0xF0, 0x10000, 0x10FFFF}};
    for (size_t length = 1; length <= 4 && length <= bytes.size; length++) {
        if ((bytes.data[0] & forms[length - 1].mask) != forms[length - 1].lead) {
            continue;
        }
        uint32_t value = bytes.data[0] & (0xFFU ^ forms[length - 1].mask);
        for (size_t i = 1; i < length; i++) {
            if (bytes.data[i] >> 6 != 2) {
                return 0;
            }
            value = value * 64 + (bytes.data[i] & 63U);
        }
        bool surrogate = value >= 0xD800 && value < 0xE000;
        if (value < forms[length - 1].least || value > forms[length - 1].most || surrogate) {
            return 0;
        }
        *character = value;
        return length;
    }
    return 0;
}

/* The reading: its position, and how deep it is. */
struct reading {
    struct naive_json *json;
    size_t at;
    unsigned depth;
};

static bool fail(struct reading *reading, enum naive_error error, size_t at)
{
    reading->json->error = error;
    reading->json->error_at = at;
    return false;
}

/* The character at a place, or -1 at the end, or -2 where none is. */
static int64_t character_at(const struct reading *reading, size_t at, size_t *length)
{
    struct base_bytes text = reading->json->text;
    uint32_t character = 0;
    *length = 0;
    if (at >= text.size) {
        return -1;
    }
    if (text.data[at] < 0x80) {
        *length = 1;
        return text.data[at];
    }
    *length = naive_utf8(base_bytes_make(text.data + at, text.size - at), &character);
    return *length > 0 ? (int64_t)character : -2;
}

/* The character at the position. */
static int64_t peek(const struct reading *reading)
{
    struct base_bytes text = reading->json->text;
    if (reading->at < text.size && text.data[reading->at] < 0x80) {
        return text.data[reading->at];
    }
    size_t length = 0;
    return character_at(reading, reading->at, &length);
}

/* Refuses what is here: bad UTF-8 as such, anything else as syntax. */
static bool unexpected(struct reading *reading)
{
    return fail(reading, peek(reading) == -2 ? NAIVE_ENCODING : NAIVE_SYNTAX, reading->at);
}

static bool expect(struct reading *reading, const char *characters)
{
    for (; *characters != '\0'; characters++) {
        if (peek(reading) != *characters) {
            return unexpected(reading);
        }
        reading->at++;
    }
    return true;
}

static void skip_space(struct reading *reading)
{
    while (peek(reading) == ' ' || peek(reading) == '\t' || peek(reading) == '\n' || peek(reading) == '\r') {
        reading->at++;
    }
}

/* ---- Strings ---- */

static int hex_digit(int64_t character)
{
    const char *digits = "0123456789abcdefABCDEF";
    const char *found = character > 0 && character < 128 ? strchr(digits, (int)character) : NULL;
    if (found == NULL) {
        return -1;
    }
    return found - digits < 16 ? (int)(found - digits) : (int)(found - digits) - 6;
}

/* Four hexadecimal digits at a place; -1 and where the first wrong one is. */
static int32_t four_digits(const struct reading *reading, size_t at, size_t *wrong)
{
    int32_t unit = 0;
    for (size_t i = 0; i < 4; i++) {
        size_t length = 0;
        int digit = hex_digit(character_at(reading, at + i, &length));
        if (digit < 0) {
            *wrong = at + i;
            return -1;
        }
        unit = unit * 16 + digit;
    }
    return unit;
}

static bool read_unicode_escape(struct reading *reading, size_t backslash)
{
    size_t wrong = 0;
    int32_t unit = four_digits(reading, reading->at, &wrong);
    if (unit < 0) {
        reading->at = wrong;
        return unexpected(reading);
    }
    reading->at += 4;
    if (unit >= 0xDC00 && unit <= 0xDFFF) {
        return fail(reading, NAIVE_ENCODING, backslash);
    }
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        struct reading ahead = *reading;
        struct naive_json scratch = *reading->json;
        ahead.json = &scratch;
        int32_t low = expect(&ahead, "\\u") ? four_digits(&ahead, ahead.at, &wrong) : -1;
        if (low < 0xDC00 || low > 0xDFFF) {
            return fail(reading, NAIVE_ENCODING, backslash);
        }
        reading->at = ahead.at + 4;
    }
    return true;
}

static bool read_escape(struct reading *reading)
{
    size_t backslash = reading->at;
    reading->at++;
    int64_t letter = peek(reading);
    if (letter == 'u') {
        reading->at++;
        return read_unicode_escape(reading, backslash);
    }
    if (letter <= 0 || letter > 127 || strchr("\"\\/bfnrt", (int)letter) == NULL) {
        return unexpected(reading);
    }
    reading->at++;
    return true;
}

/* What means itself in a string and is one byte. */
static bool is_plain(uint8_t byte)
{
    return byte >= ' ' && byte < 0x80 && byte != '"' && byte != '\\';
}

/* The position is at the opening quote, and afterwards after the closing one. */
static bool read_string(struct reading *reading)
{
    if (!expect(reading, "\"")) {
        return false;
    }
    const struct base_bytes text = reading->json->text;
    for (;;) {
        while (reading->at < text.size && is_plain(text.data[reading->at])) {
            reading->at++;
        }
        size_t length = 0;
        int64_t character = character_at(reading, reading->at, &length);
        if (character == '"') {
            reading->at++;
            return true;
        }
        if (character < ' ') {
            return unexpected(reading);
        }
        if (character == '\\') {
            if (!read_escape(reading)) {
                return false;
            }
        } else {
            reading->at += length;
        }
    }
}

/* ---- Numbers ---- */

static bool is_digit(int64_t character)
{
    return character >= '0' && character <= '9';
}

static bool read_digits(struct reading *reading)
{
    if (!is_digit(peek(reading))) {
        return unexpected(reading);
    }
    while (is_digit(peek(reading))) {
        reading->at++;
    }
    return true;
}

static bool read_number(struct reading *reading)
{
    if (peek(reading) == '-') {
        reading->at++;
    }
    if (peek(reading) == '0') {
        reading->at++;
        if (is_digit(peek(reading))) {
            return unexpected(reading);
        }
    } else if (!read_digits(reading)) {
        return false;
    }
    if (peek(reading) == '.') {
        reading->at++;
        if (!read_digits(reading)) {
            return false;
        }
    }
    if (peek(reading) == 'e' || peek(reading) == 'E') {
        reading->at++;
        if (peek(reading) == '+' || peek(reading) == '-') {
            reading->at++;
        }
        return read_digits(reading);
    }
    return true;
}

/* ---- Values ---- */

static size_t add_node(struct naive_json *json, enum naive_kind kind, size_t begin)
{
    if (json->count == json->capacity) {
        json->capacity = json->capacity * 2 + 16;
        json->nodes = realloc(json->nodes, json->capacity * sizeof *json->nodes);
        FUZZ_CHECK(json->nodes != NULL);
    }
    json->nodes[json->count] =
        (struct naive_node){.kind = kind, .begin = begin, .first = NAIVE_NONE, .next = NAIVE_NONE};
    return json->count++;
}

static bool read_value(struct reading *reading, size_t *node);

/* One member or element, and its place among its siblings. */
static bool read_child(struct reading *reading, size_t parent, size_t *last)
{
    struct naive_json *json = reading->json;
    bool object = json->nodes[parent].kind == NAIVE_OBJECT;
    size_t key_begin = reading->at + 1;
    size_t key_end = 0;
    if (object) {
        if (!read_string(reading)) {
            return false;
        }
        key_end = reading->at - 1;
        skip_space(reading);
        if (!expect(reading, ":")) {
            return false;
        }
        skip_space(reading);
    }
    size_t child = NAIVE_NONE;
    if (!read_value(reading, &child)) {
        return false;
    }
    json->nodes[child].has_key = object;
    json->nodes[child].key_begin = object ? key_begin : 0;
    json->nodes[child].key_end = key_end;
    *(*last == NAIVE_NONE ? &json->nodes[parent].first : &json->nodes[*last].next) = child;
    *last = child;
    json->nodes[parent].count++;
    return true;
}

static bool read_container(struct reading *reading, size_t node, char close)
{
    if (reading->depth == NAIVE_MAX_DEPTH) {
        return fail(reading, NAIVE_DEPTH, reading->at);
    }
    reading->depth++;
    reading->at++;
    skip_space(reading);
    size_t last = NAIVE_NONE;
    if (peek(reading) != close) {
        for (;;) {
            if (!read_child(reading, node, &last)) {
                return false;
            }
            skip_space(reading);
            if (peek(reading) != ',') {
                break;
            }
            reading->at++;
            skip_space(reading);
        }
    }
    reading->depth--;
    return expect(reading, (const char[]){close, '\0'});
}

static bool read_kind(struct reading *reading, size_t node, enum naive_kind kind)
{
    switch (kind) {
    case NAIVE_OBJECT:
        return read_container(reading, node, '}');
    case NAIVE_ARRAY:
        return read_container(reading, node, ']');
    case NAIVE_STRING:
        return read_string(reading);
    case NAIVE_NUMBER:
        return read_number(reading);
    case NAIVE_TRUE:
        return expect(reading, "true");
    case NAIVE_FALSE:
        return expect(reading, "false");
    case NAIVE_NULL:
        return expect(reading, "null");
    }
    return false;
}

static bool read_value(struct reading *reading, size_t *node)
{
    static const char first[] = "{[\"-tfn";
    static const enum naive_kind kinds[] = {NAIVE_OBJECT, NAIVE_ARRAY, NAIVE_STRING, NAIVE_NUMBER,
                                            NAIVE_TRUE,   NAIVE_FALSE, NAIVE_NULL};
    int64_t character = peek(reading);
    const char *found = character > 0 && character < 128 ? strchr(first, (int)character) : NULL;
    if (found == NULL && !is_digit(character)) {
        return unexpected(reading);
    }
    enum naive_kind kind = found != NULL ? kinds[found - first] : NAIVE_NUMBER;
    *node = add_node(reading->json, kind, reading->at);
    if (!read_kind(reading, *node, kind)) {
        return false;
    }
    reading->json->nodes[*node].end = reading->at;
    return true;
}

bool naive_json_read(struct naive_json *json, struct base_bytes text)
{
    *json = (struct naive_json){.text = text};
    struct reading reading = {.json = json};
    if (text.size >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0) {
        return fail(&reading, NAIVE_ENCODING, 0);
    }
    skip_space(&reading);
    size_t root = 0;
    if (!read_value(&reading, &root)) {
        return false;
    }
    skip_space(&reading);
    return reading.at == text.size || unexpected(&reading);
}

void naive_json_free(struct naive_json *json)
{
    free(json->nodes);
    json->nodes = NULL;
}
