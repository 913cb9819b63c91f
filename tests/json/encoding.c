/* Encoding errors of the tokenizer, against a classifier of UTF-8 that is written here, from the definition. */
#include "tests/lib/sample.h"
#include "json/tokenizer.h"

struct fault {
    struct base_bytes text;
    enum json_error kind;
    size_t at;
};

static void check_faults(const struct fault *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *label = (const char *)rows[i].text.data;
        struct base_bytes text = sample_copy(rows[i].text);
        struct json_tokenizer json;
        CHECK_ROW(json_validate(&json, text), rows[i].kind == JSON_OK, label);
        CHECK_ROW(json.error_kind, rows[i].kind, label);
        CHECK_ROW(json.error_at, rows[i].at, label);
        struct json_token again = json_next(&json);
        CHECK_ROW(again.kind, rows[i].kind == JSON_OK ? JSON_END : JSON_ERROR, label);
        sample_free(text);
    }
}

#define OK JSON_OK
#define ENCODING JSON_ERROR_ENCODING
#define SYNTAX JSON_ERROR_SYNTAX

UNIT_TEST(byte_order_mark)
{
    static const struct fault rows[] = {
        {TEXT("\xef\xbb\xbf{}"), ENCODING, 0}, {TEXT("\xef\xbb\xbf"), ENCODING, 0},
        {TEXT("\xef\xbb"), ENCODING, 0},       {TEXT("\xef"), ENCODING, 0},
        {TEXT("\xff\xfe{\0}\0"), ENCODING, 0}, {TEXT("\xfe\xff\0{"), ENCODING, 0},
        {TEXT(" \xef\xbb\xbf{}"), SYNTAX, 1},  {TEXT("{}\xef\xbb\xbf"), SYNTAX, 2},
        {TEXT("\"\xef\xbb\xbf\""), OK, 0},     {TEXT("{\0}\0"), SYNTAX, 1},
    };
    check_faults(rows, COUNT_OF(rows));
}

/* Unicode 15, table 3-7: each row of it at its ends, and what lies just outside. */
UNIT_TEST(boundaries_of_utf8)
{
    static const struct fault rows[] = {
        {TEXT("\"\x7f\""), OK, 0},
        {TEXT("\"\x80\""), ENCODING, 1},
        {TEXT("\"\xbf\""), ENCODING, 1},
        {TEXT("\"\xc0\x80\""), ENCODING, 1},
        {TEXT("\"\xc1\xbf\""), ENCODING, 1},
        {TEXT("\"\xc2\x80\xdf\xbf\""), OK, 0},
        {TEXT("\"\xc2\x7f\""), ENCODING, 1},
        {TEXT("\"\xc2\xc0\""), ENCODING, 1},
        {TEXT("\"\xdf\""), ENCODING, 1},
        {TEXT("\"\xe0\x9f\xbf\""), ENCODING, 1},
        {TEXT("\"\xe0\xa0\x80\xe0\xbf\xbf\xe1\x80\x80\xec\xbf\xbf\""), OK, 0},
        {TEXT("\"\xed\x80\x80\xed\x9f\xbf\""), OK, 0},
        {TEXT("\"\xed\xa0\x80\""), ENCODING, 1},
        {TEXT("\"\xed\xbf\xbf\""), ENCODING, 1},
        {TEXT("\"\xee\x80\x80\xef\xbf\xbf\""), OK, 0},
        {TEXT("\"\xe2\x82\""), ENCODING, 1},
        {TEXT("\"\xe2\x28\xa1\""), ENCODING, 1},
        {TEXT("\"\xe2\x82\x28\""), ENCODING, 1},
        {TEXT("\"\xf0\x8f\xbf\xbf\""), ENCODING, 1},
        {TEXT("\"\xf0\x90\x80\x80\xf0\xbf\xbf\xbf\xf1\x80\x80\x80\xf3\xbf\xbf\xbf\""), OK, 0},
        {TEXT("\"\xf4\x80\x80\x80\xf4\x8f\xbf\xbf\""), OK, 0},
        {TEXT("\"\xf4\x90\x80\x80\""), ENCODING, 1},
        {TEXT("\"\xf5\x80\x80\x80\""), ENCODING, 1},
        {TEXT("\"\xf8\x88\x80\x80\x80\""), ENCODING, 1},
        {TEXT("\"\xfe\""), ENCODING, 1},
        {TEXT("\"\xff\""), ENCODING, 1},
        {TEXT("\"\xf0\x9f\x98\""), ENCODING, 1},
        {TEXT("\"\xf0\x9f\x98\x28\""), ENCODING, 1},
    };
    check_faults(rows, COUNT_OF(rows));
}

UNIT_TEST(position_is_the_first_byte_of_the_faulty_sequence)
{
    static const struct fault rows[] = {
        {TEXT("\"abc\xc3\xa9\xe2\x82\""), ENCODING, 6},
        {TEXT("\"1234567\xe2\x82\xac\xc3\""), ENCODING, 11},
        {TEXT("\"12345678\xff\""), ENCODING, 9},
        {TEXT("\"\xc3\xc3\xa9\""), ENCODING, 1},
        {TEXT("\"\xc3\xa9\xa9\""), ENCODING, 3},
        /* cut off by the end of the text */
        {TEXT("\"\xc3"), ENCODING, 1},
        {TEXT("\"a\xe2\x82"), ENCODING, 2},
        {TEXT("\"a\xf0\x9f\x98"), ENCODING, 2},
        {TEXT("\"a\xf0\x9f\x98\x80"), SYNTAX, 6},
        {TEXT("{\"k\xff\":1}"), ENCODING, 3},
        {TEXT("{\"k\":[\"\",\"\xff\"]}"), ENCODING, 10},
    };
    check_faults(rows, COUNT_OF(rows));
}

/* Bytes that are not UTF-8 are an encoding error where any token may be; characters in the wrong place are
 * syntax. */
UNIT_TEST(outside_of_strings)
{
    static const struct fault rows[] = {
        {TEXT("\xff"), ENCODING, 0},
        {TEXT("\xc3\xa9"), SYNTAX, 0},
        {TEXT("[\x80]"), ENCODING, 1},
        {TEXT("[\xe2\x82\xac]"), SYNTAX, 1},
        {TEXT("[1\xff]"), ENCODING, 2},
        {TEXT("[1\xc2\xa0]"), SYNTAX, 2},
        {TEXT("[1,\xed\xa0\x80]"), ENCODING, 3},
        {TEXT("{\xff}"), ENCODING, 1},
        {TEXT("{\xc3\xa9}"), SYNTAX, 1},
        {TEXT("{\"a\"\xff"), ENCODING, 4},
        {TEXT("{\"a\":\xff"), ENCODING, 5},
        {TEXT("{\"a\":1\xff"), ENCODING, 6},
        {TEXT("{\"a\":1,\xff"), ENCODING, 7},
        {TEXT("{} \xff"), ENCODING, 3},
        {TEXT("tr\xff"), ENCODING, 2},
        {TEXT("tr\xc3\xa9"), SYNTAX, 2},
        {TEXT("-\xff"), ENCODING, 1},
        {TEXT("1.\xff"), ENCODING, 2},
        {TEXT("1e\xc3"), ENCODING, 2},
        {TEXT("1e\xc3\xa9"), SYNTAX, 2},
        {TEXT("\"\\\xff\""), ENCODING, 2},
        {TEXT("\"\\\xc3\xa9\""), SYNTAX, 2},
        {TEXT("\"\\u12\xff\""), ENCODING, 5},
        {TEXT("\"\\u12\xc3\xa9\""), SYNTAX, 5},
        {TEXT("0\xff"), ENCODING, 1},
        {TEXT("[}\xff"), SYNTAX, 1},
        {TEXT("[\xf4\x90\x80\x80"), ENCODING, 1},
        {TEXT("[\xf4\x8f\xbf\xbf"), SYNTAX, 1},
    };
    check_faults(rows, COUNT_OF(rows));
}

UNIT_TEST(surrogate_escapes)
{
    static const struct fault rows[] = {
        {TEXT("\"\\ud83d\\ude00\""), OK, 0},
        {TEXT("\"\\uD83D\\uDE00\""), OK, 0},
        {TEXT("\"\\ud83d\\uDe00\""), OK, 0},
        {TEXT("\"\\ud800\\udc00\\udbff\\udfff\""), OK, 0},
        {TEXT("\"\\ud7ff\\ue000\""), OK, 0},
        {TEXT("\"\\uc800\\ue800\\ud700\""), OK, 0},
        {TEXT("\"\\ud800\""), ENCODING, 1},
        {TEXT("\"\\udbff\""), ENCODING, 1},
        {TEXT("\"\\udc00\""), ENCODING, 1},
        {TEXT("\"\\uDFFF\""), ENCODING, 1},
        {TEXT("\"\\ud900\""), ENCODING, 1},
        {TEXT("\"\\uda00\""), ENCODING, 1},
        {TEXT("\"\\udd00\""), ENCODING, 1},
        {TEXT("\"\\ude00\""), ENCODING, 1},
        {TEXT("\"\\udc00\\ud800\""), ENCODING, 1},
        {TEXT("\"\\udc00\\udc00\""), ENCODING, 1},
        {TEXT("\"\\udfff\\udc00\""), ENCODING, 1},
        {TEXT("\"\\ud800\\ud800\\udc00\""), ENCODING, 1},
        {TEXT("\"\\ud800\\udbff\""), ENCODING, 1},
        {TEXT("\"\\ud800\\ue000\""), ENCODING, 1},
        {TEXT("\"\\ud800\\u0041\""), ENCODING, 1},
        {TEXT("\"\\ud800\\n\""), ENCODING, 1},
        {TEXT("\"\\ud800x\""), ENCODING, 1},
        {TEXT("\"\\ud800udc00\""), ENCODING, 1},
        {TEXT("\"\\ud800\\Udc00\""), ENCODING, 1},
        {TEXT("\"\\ud800\\u1c00\""), ENCODING, 1},
        {TEXT("\"\\ud800\\udcg0\""), ENCODING, 1},
        {TEXT("\"\\ud800\\udc0g\""), ENCODING, 1},
        {TEXT("\"\\ud800\\udg00\""), ENCODING, 1},
        {TEXT("\"\\ud800\\udc0\""), ENCODING, 1},
        {TEXT("\"\\ud800\xff\""), ENCODING, 1},
        {TEXT("\"ab\\ud800\\udc00\\ud800\""), ENCODING, 15},
        {TEXT("{\"a\\udead\":1}"), ENCODING, 3},
        /* cut off by the end of the text */
        {TEXT("\"\\ud800"), ENCODING, 1},
        {TEXT("\"\\ud800\\"), ENCODING, 1},
        {TEXT("\"\\ud800\\u"), ENCODING, 1},
        {TEXT("\"\\ud800\\udc0"), ENCODING, 1},
        {TEXT("\"\\ud800\\udc00"), SYNTAX, 13},
        /* no surrogate yet: the digit is what is wrong */
        {TEXT("\"\\ud80"), SYNTAX, 6},
        {TEXT("\"\\ud80\""), SYNTAX, 6},
    };
    check_faults(rows, COUNT_OF(rows));
}

UNIT_TEST(the_first_faulty_byte_decides)
{
    static const struct fault rows[] = {
        {TEXT("[1 \"\xff\""), SYNTAX, 3},           {TEXT("[\"\xff\" 1"), ENCODING, 2},
        {TEXT("\"\x01\xff\""), SYNTAX, 1},          {TEXT("\"\xff\x01\""), ENCODING, 1},
        {TEXT("\"\\q\\ud800\""), SYNTAX, 2},        {TEXT("\"\\ud800\\q\""), ENCODING, 1},
        {TEXT("{\"a\":01,\"\xff\":2}"), SYNTAX, 6},
    };
    check_faults(rows, COUNT_OF(rows));
}

/* ---- The reference: decode by the bit pattern, then ask whether that was the one form of a character. ---- */

static bool reference_sequence(const uint8_t *bytes, size_t left, size_t *length)
{
    static const uint32_t smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
    uint32_t character = bytes[0];
    *length = 1;
    if (bytes[0] >= 0x80) {
        while (*length < 8 && (bytes[0] << *length & 0x80) != 0) {
            ++*length;
        }
        if (*length == 1 || *length > 4 || *length > left) {
            return false;
        }
        character = bytes[0] & (0xFFU >> (*length + 1));
        for (size_t i = 1; i < *length; i++) {
            if (bytes[i] / 64 != 2) {
                return false;
            }
            character = character * 64 + bytes[i] % 64;
        }
    }
    return character >= smallest[*length] && character <= 0x10FFFF && character / 0x800 != 0x1B;
}

/* Judges the content of a string without quote and backslash. */
static enum json_error reference_content(const uint8_t *bytes, size_t size, size_t *at)
{
    for (*at = 0; *at < size;) {
        size_t length = 0;
        if (bytes[*at] < 0x20) {
            return JSON_ERROR_SYNTAX;
        }
        if (!reference_sequence(bytes + *at, size - *at, &length)) {
            return JSON_ERROR_ENCODING;
        }
        *at += length;
    }
    return JSON_OK;
}

/* Compares tokenizer and reference over one content of up to 16 bytes; returns whether they agree. */
static bool agrees(const uint8_t *content, size_t size)
{
    uint8_t text[18];
    text[0] = '"';
    memcpy(text + 1, content, size);
    text[size + 1] = '"';
    struct json_tokenizer json;
    size_t at = 0;
    bool accepted = json_validate(&json, base_bytes_make(text, size + 2));
    enum json_error kind = reference_content(content, size, &at);
    if (kind == JSON_OK) {
        return accepted;
    }
    return !accepted && json.error_kind == kind && json.error_at == at + 1;
}

static bool is_delimiter(uint8_t byte)
{
    return byte == '"' || byte == '\\';
}

static bool has_delimiter(const uint8_t *content, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (is_delimiter(content[i])) {
            return true;
        }
    }
    return false;
}

UNIT_TEST(agrees_with_the_reference_on_every_content_of_two_bytes)
{
    unsigned wrong = 0;
    for (uint32_t i = 0; i < 1U << 16; i++) {
        uint8_t content[2] = {(uint8_t)(i >> 8), (uint8_t)(i & 0xFF)};
        wrong += !has_delimiter(content, 2) && !agrees(content, 2);
    }
    CHECK_U64(wrong, 0);
}

UNIT_TEST(agrees_with_the_reference_on_every_content_of_three_bytes)
{
    unsigned wrong = 0;
    for (uint32_t i = 0; i < 1U << 24; i++) {
        uint8_t content[3] = {(uint8_t)(i >> 16), (uint8_t)(i >> 8 & 0xFF), (uint8_t)(i & 0xFF)};
        wrong += !has_delimiter(content, 3) && !agrees(content, 3);
    }
    CHECK_U64(wrong, 0);
}

/* Four bytes: every lead and second byte, with third and fourth at the edges of their range; and the same after seven
 * plain bytes, so that the sequence straddles the words of the scanner. */
UNIT_TEST(agrees_with_the_reference_on_sequences_of_four_bytes)
{
    static const uint8_t edges[] = {0x20, 0x7F, 0x80, 0xBF, 0xC0, 0xFF};
    unsigned wrong = 0;
    for (uint32_t i = 0; i < 0x4000U * COUNT_OF(edges) * COUNT_OF(edges); i++) {
        uint32_t pair = i / (COUNT_OF(edges) * COUNT_OF(edges));
        uint8_t content[11] = {'1',
                               '2',
                               '3',
                               '4',
                               '5',
                               '6',
                               '7',
                               (uint8_t)(0xC0 + pair / 256),
                               (uint8_t)(pair % 256),
                               edges[i / COUNT_OF(edges) % COUNT_OF(edges)],
                               edges[i % COUNT_OF(edges)]};
        wrong += !has_delimiter(content + 7, 4) && (!agrees(content + 7, 4) || !agrees(content, 11));
    }
    CHECK_U64(wrong, 0);
}

UNIT_TEST(finds_one_faulty_byte_wherever_it_is)
{
    static const uint8_t faults[] = {0x00, 0x1F, 0x80, 0xC0, 0xFF};
    for (size_t size = 1; size <= 16; size++) {
        for (size_t at = 0; at < size; at++) {
            for (size_t i = 0; i < COUNT_OF(faults); i++) {
                uint8_t content[16];
                memset(content, 'x', sizeof content);
                content[at] = faults[i];
                CHECK(agrees(content, size));
            }
        }
    }
}
