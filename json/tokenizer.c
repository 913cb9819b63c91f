#include "json/tokenizer.h"

#include "base/hex.h"

#include <string.h>

/* What the grammar allows at the next byte that is not white space. */
enum expect {
    EXPECT_VALUE,        /* at the root, after a colon, after a comma in an array */
    EXPECT_VALUE_OR_END, /* after '[' */
    EXPECT_KEY,          /* after a comma in an object */
    EXPECT_KEY_OR_END,   /* after '{' */
    EXPECT_COMMA_OR_END, /* after a value in a container */
    EXPECT_NOTHING       /* after the root's value */
};

enum { WORD = sizeof(uint64_t) };

/* ---- Refusals: each returns false and leaves the error in *json. ---- */

/* The length of the UTF-8 sequence at data[0], or 0 when there is none (Unicode 15, table 3-7). left > 0. */
static size_t utf8_length(const uint8_t *data, size_t left)
{
    uint8_t lead = data[0];
    uint8_t low = 0x80; /* the range of the second byte: it alone shows overlong forms and surrogates */
    uint8_t high = 0xBF;
    size_t length = 0;
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        low = lead == 0xE0 ? 0xA0 : 0x80;
        high = lead == 0xED ? 0x9F : 0xBF;
    } else if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        low = lead == 0xF0 ? 0x90 : 0x80;
        high = lead == 0xF4 ? 0x8F : 0xBF;
    }
    if (length == 0 || left < length || data[1] < low || data[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < length; i++) {
        if ((data[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

/* The first refusal stays. */
static bool refuse(struct json_tokenizer *json, enum json_error kind, size_t at, const char *text)
{
    if (json->error_kind == JSON_OK) {
        json->error_kind = kind;
        json->error_at = at;
        json->error_text = text;
    }
    return false;
}

/* A byte that the grammar does not allow is a fault of syntax only if it begins a character. */
static bool refuse_syntax(struct json_tokenizer *json, size_t at, const char *text)
{
    if (at < json->text.size && utf8_length(json->text.data + at, json->text.size - at) == 0) {
        return refuse(json, JSON_ERROR_ENCODING, at, "expected UTF-8");
    }
    return refuse(json, JSON_ERROR_SYNTAX, at, text);
}

/* ---- The task ---- */

/* Whether the text is to be read on. */
static bool look(struct json_tokenizer *json, size_t at)
{
    json->look_at = at + JSON_LOOK_BYTES;
    return !base_task_cancelled(json->task) || refuse(json, JSON_ERROR_CANCELLED, at, "cancelled");
}

/* The same, unless it is too early. */
static inline bool goes_on(struct json_tokenizer *json, size_t at)
{
    return at < json->look_at || look(json, at);
}

/* How far the text may be read before the next look. */
static inline size_t pause_of(const struct json_tokenizer *json)
{
    return json->look_at < json->text.size ? json->look_at : json->text.size;
}

/* ---- Bytes ---- */

/* The byte at `at`, or 0 at the end: no grammar rule takes a NUL, so both are refused alike. */
static inline uint8_t byte_at(const struct json_tokenizer *json, size_t at)
{
    return at < json->text.size ? json->text.data[at] : 0;
}

static inline bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

static inline bool is_hex(uint8_t byte)
{
    return base_hex_value_any(byte) >= 0;
}

static inline bool is_white(uint8_t byte)
{
    return byte <= ' ' && (byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t');
}

/* When the task was cancelled it ends at white space, which the caller refuses. */
static inline void skip_white(struct json_tokenizer *json)
{
    const uint8_t *data = json->text.data;
    size_t at = json->at;
    while (at < json->text.size && is_white(data[at]) && goes_on(json, at)) {
        at++;
    }
    json->at = at;
}

static inline uint64_t load_word(const uint8_t *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* Sets the top bit of each byte of the word that needs a closer look in a string: a quote, a backslash, a control
 * character, a byte of a longer UTF-8 sequence. A borrow can mark a byte wrongly, but only above one marked rightly:
 * the lowest mark is always true. */
static inline uint64_t special_in_word(uint64_t word)
{
    const uint64_t ones = UINT64_MAX / 0xFF;
    uint64_t quote = (word ^ (ones * '"')) - ones;
    uint64_t backslash = (word ^ (ones * '\\')) - ones;
    uint64_t control = word - ones * ' ';
    return (quote | backslash | control | word) & (ones * 0x80);
}

static inline bool is_special(uint8_t byte)
{
    return byte == '"' || byte == '\\' || byte < ' ' || byte >= 0x80;
}

/* The position of the first special byte at or after `at`, or size. */
static inline size_t skip_plain(const uint8_t *data, size_t at, size_t size)
{
    while (size - at >= WORD) {
        uint64_t special = special_in_word(load_word(data + at));
        if (special != 0) {
            return at + (size_t)__builtin_ctzll(special) / 8;
        }
        at += WORD;
    }
    while (at < size && !is_special(data[at])) {
        at++;
    }
    return at;
}

/* ---- Strings: RFC 8259, 7 ---- */

/* Whether the text has a \uDC00 … \uDFFF at `at`. */
static bool low_surrogate_at(const struct json_tokenizer *json, size_t at)
{
    return byte_at(json, at) == '\\' && byte_at(json, at + 1) == 'u' && (byte_at(json, at + 2) | 0x20) == 'd' &&
           is_hex(byte_at(json, at + 3)) && (byte_at(json, at + 3) | 0x20) >= 'c' && is_hex(byte_at(json, at + 4)) &&
           is_hex(byte_at(json, at + 5));
}

/* Steps over the escape at *at, both halves of a surrogate pair together. */
static bool scan_escape(struct json_tokenizer *json, size_t *at)
{
    uint8_t letter = byte_at(json, *at + 1);
    if (letter != 'u') {
        if (letter == 0 || strchr("\"\\/bfnrt", letter) == NULL) {
            return refuse_syntax(json, *at + 1, "expected one of \"\\/bfnrtu after a backslash");
        }
        *at += 2;
        return true;
    }
    for (size_t i = 2; i < 6; i++) {
        if (!is_hex(byte_at(json, *at + i))) {
            return refuse_syntax(json, *at + i, "expected four hexadecimal digits");
        }
    }
    uint8_t second = byte_at(json, *at + 3) | 0x20;
    bool surrogate = (byte_at(json, *at + 2) | 0x20) == 'd' && (second == '8' || second == '9' || second >= 'a');
    if (!surrogate) {
        *at += 6;
        return true;
    }
    if (second >= 'c' || !low_surrogate_at(json, *at + 6)) {
        return refuse(json, JSON_ERROR_ENCODING, *at, "expected a surrogate escape only in a pair, high then low");
    }
    *at += 12;
    return true;
}

/* Steps over one special byte, other than the closing quote, and what belongs to it. *at < text.size. */
static bool scan_special(struct json_tokenizer *json, size_t *at, bool *escaped)
{
    const uint8_t *data = json->text.data;
    if (data[*at] == '\\') {
        *escaped = true;
        return scan_escape(json, at);
    }
    if (data[*at] < ' ') {
        return refuse(json, JSON_ERROR_SYNTAX, *at, "expected control characters in strings to be escaped");
    }
    size_t length = utf8_length(data + *at, json->text.size - *at);
    if (length == 0) {
        return refuse(json, JSON_ERROR_ENCODING, *at, "expected UTF-8");
    }
    *at += length;
    return true;
}

/* The string whose opening quote is at json->at. */
static bool scan_string(struct json_tokenizer *json, struct json_token *token)
{
    const uint8_t *data = json->text.data;
    size_t size = json->text.size;
    size_t at = json->at + 1;
    token->begin = at;
    for (;;) {
        if (!goes_on(json, at)) {
            return false;
        }
        at = skip_plain(data, at, pause_of(json));
        if (at == size) {
            return refuse_syntax(json, at, "expected a closing quote");
        }
        if (at == json->look_at) {
            continue;
        }
        if (data[at] == '"') {
            break;
        }
        if (!scan_special(json, &at, &token->escaped)) {
            return false;
        }
    }
    token->end = at;
    json->at = at + 1;
    return true;
}

/* ---- Numbers and names: RFC 8259, 6 and 3 ---- */

/* One digit or more. */
static bool scan_digits(struct json_tokenizer *json, size_t *at)
{
    if (!is_digit(byte_at(json, *at))) {
        return refuse_syntax(json, *at, "expected a digit");
    }
    do {
        ++*at;
    } while (is_digit(byte_at(json, *at)) && goes_on(json, *at));
    return json->error_kind == JSON_OK;
}

static bool scan_integer_part(struct json_tokenizer *json, size_t *at)
{
    if (byte_at(json, *at) == '-') {
        ++*at;
    }
    if (byte_at(json, *at) != '0') {
        return scan_digits(json, at);
    }
    ++*at;
    if (is_digit(byte_at(json, *at))) {
        return refuse_syntax(json, *at, "expected no digit after a leading zero");
    }
    return true;
}

static bool scan_number(struct json_tokenizer *json, struct json_token *token)
{
    size_t at = json->at;
    token->kind = JSON_NUMBER;
    token->begin = at;
    token->integral = true;
    if (!scan_integer_part(json, &at)) {
        return false;
    }
    if (byte_at(json, at) == '.') {
        token->integral = false;
        at++;
        if (!scan_digits(json, &at)) {
            return false;
        }
    }
    if ((byte_at(json, at) | 0x20) == 'e') {
        token->integral = false;
        at++;
        if (byte_at(json, at) == '+' || byte_at(json, at) == '-') {
            at++;
        }
        if (!scan_digits(json, &at)) {
            return false;
        }
    }
    token->end = at;
    json->at = at;
    return true;
}

static bool scan_name(struct json_tokenizer *json, struct json_token *token, enum json_kind kind, const char *name)
{
    size_t at = json->at;
    token->kind = kind;
    token->begin = at;
    for (size_t i = 0; name[i] != '\0'; i++, at++) {
        if (byte_at(json, at) != (uint8_t)name[i]) {
            return refuse_syntax(json, at, "expected true, false or null");
        }
    }
    token->end = at;
    json->at = at;
    return true;
}

/* ---- Structure: RFC 8259, 2, 4 and 5 ---- */

/* Whether the innermost open container is an object. depth > 0. */
static inline bool inside_object(const struct json_tokenizer *json)
{
    unsigned level = json->depth - 1;
    return ((unsigned)json->in_object[level / 8] >> (level % 8) & 1U) != 0;
}

static inline void take_bracket(struct json_tokenizer *json, struct json_token *token, enum json_kind kind)
{
    token->kind = kind;
    token->begin = json->at;
    token->end = ++json->at;
}

static bool open_container(struct json_tokenizer *json, struct json_token *token, bool object)
{
    if (json->depth == JSON_MAX_DEPTH) {
        return refuse(json, JSON_ERROR_DEPTH, json->at, "expected at most 127 levels of nesting");
    }
    unsigned level = json->depth++;
    unsigned bit = 1U << (level % 8);
    unsigned others = json->in_object[level / 8] & ~bit;
    json->in_object[level / 8] = (uint8_t)(object ? others | bit : others);
    json->expect = object ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;
    take_bracket(json, token, object ? JSON_OBJECT_BEGIN : JSON_ARRAY_BEGIN);
    return true;
}

static inline void value_done(struct json_tokenizer *json)
{
    json->expect = json->depth > 0 ? EXPECT_COMMA_OR_END : EXPECT_NOTHING;
}

static bool close_container(struct json_tokenizer *json, struct json_token *token)
{
    take_bracket(json, token, inside_object(json) ? JSON_OBJECT_END : JSON_ARRAY_END);
    json->depth--;
    value_done(json);
    return true;
}

static bool read_value(struct json_tokenizer *json, struct json_token *token, uint8_t byte)
{
    bool accepted = false;
    switch (byte) {
    case '{':
        return open_container(json, token, true);
    case '[':
        return open_container(json, token, false);
    case '"':
        token->kind = JSON_STRING;
        accepted = scan_string(json, token);
        break;
    case 't':
        accepted = scan_name(json, token, JSON_TRUE, "true");
        break;
    case 'f':
        accepted = scan_name(json, token, JSON_FALSE, "false");
        break;
    case 'n':
        accepted = scan_name(json, token, JSON_NULL, "null");
        break;
    default:
        if (byte != '-' && !is_digit(byte)) {
            return refuse_syntax(json, json->at,
                                 json->expect == EXPECT_VALUE_OR_END ? "expected a value or ']'" : "expected a value");
        }
        accepted = scan_number(json, token);
        break;
    }
    value_done(json);
    return accepted;
}

static bool read_key(struct json_tokenizer *json, struct json_token *token, uint8_t byte)
{
    if (byte != '"') {
        return refuse_syntax(json, json->at,
                             json->expect == EXPECT_KEY_OR_END ? "expected a key or '}'" : "expected a key");
    }
    token->kind = JSON_KEY;
    if (!scan_string(json, token)) {
        return false;
    }
    skip_white(json);
    if (byte_at(json, json->at) != ':') {
        return refuse_syntax(json, json->at, "expected ':'");
    }
    json->at++;
    json->expect = EXPECT_VALUE;
    return true;
}

/* After a value in a container: its end, or a comma and then the next member. */
static bool read_next(struct json_tokenizer *json, struct json_token *token, uint8_t byte)
{
    bool object = inside_object(json);
    if (byte == (object ? '}' : ']')) {
        return close_container(json, token);
    }
    if (byte != ',') {
        return refuse_syntax(json, json->at, object ? "expected ',' or '}'" : "expected ',' or ']'");
    }
    json->at++;
    skip_white(json);
    byte = byte_at(json, json->at);
    json->expect = object ? EXPECT_KEY : EXPECT_VALUE;
    return object ? read_key(json, token, byte) : read_value(json, token, byte);
}

static bool read_token(struct json_tokenizer *json, struct json_token *token)
{
    skip_white(json);
    uint8_t byte = byte_at(json, json->at);
    switch (json->expect) {
    case EXPECT_COMMA_OR_END:
        return read_next(json, token, byte);
    case EXPECT_KEY_OR_END:
        return byte == '}' ? close_container(json, token) : read_key(json, token, byte);
    case EXPECT_VALUE_OR_END:
        return byte == ']' ? close_container(json, token) : read_value(json, token, byte);
    case EXPECT_VALUE:
        return read_value(json, token, byte);
    default:
        break;
    }
    if (json->at < json->text.size) {
        return refuse_syntax(json, json->at, "expected nothing after the value");
    }
    token->kind = JSON_END;
    token->begin = json->at;
    token->end = json->at;
    return true;
}

/* ---- The tokenizer ---- */

void json_begin(struct json_tokenizer *json, struct base_bytes text)
{
    *json = (struct json_tokenizer){.text = text, .expect = EXPECT_VALUE, .look_at = JSON_LOOK_BYTES};
    if (text.size >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0) {
        (void)refuse(json, JSON_ERROR_ENCODING, 0, "expected UTF-8 without a byte-order mark");
    }
}

struct json_token json_next(struct json_tokenizer *json)
{
    struct json_token token = {.kind = JSON_END};
    if (json->error_kind != JSON_OK || !goes_on(json, json->at) || !read_token(json, &token)) {
        return (struct json_token){.kind = JSON_ERROR, .begin = json->error_at, .end = json->error_at};
    }
    return token;
}

struct json_token json_skip(struct json_tokenizer *json, struct json_token token)
{
    if (token.kind != JSON_OBJECT_BEGIN && token.kind != JSON_ARRAY_BEGIN) {
        return token;
    }
    unsigned outside = json->depth - 1;
    do {
        token = json_next(json);
    } while (json->depth > outside && token.kind != JSON_ERROR);
    return token;
}

bool json_finish(struct json_tokenizer *json)
{
    struct json_token token;
    do {
        token = json_next(json);
    } while (token.kind != JSON_END && token.kind != JSON_ERROR);
    return token.kind == JSON_END;
}

bool json_validate(struct json_tokenizer *json, struct base_bytes text)
{
    json_begin(json, text);
    return json_finish(json);
}
