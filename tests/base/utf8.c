/* The decoder for output: every character, and every sequence of up to three bytes against the tokenizer's own
 * judgement. */
#include "base/utf8.h"
#include "tests/lib/sample.h"
#include "json/tokenizer.h"

UNIT_TEST(sequences)
{
    static const struct {
        struct base_bytes bytes;
        size_t length;
        uint32_t character;
    } rows[] = {
        {TEXT(""), 0, 0},
        {TEXT("\0"), 1, 0},
        {TEXT("az"), 1, 'a'},
        {TEXT("\x7f"), 1, 0x7F},
        {TEXT("\x80"), 0, 0},
        {TEXT("\xbf"), 0, 0},
        {TEXT("\xc0\x80"), 0, 0},
        {TEXT("\xc1\xbf"), 0, 0},
        {TEXT("\xc2\x80"), 2, 0x80},
        {TEXT("\xdf\xbfz"), 2, 0x7FF},
        {TEXT("\xc3"), 0, 0},
        {TEXT("\xc3z"), 0, 0},
        {TEXT("\xc3\xc3"), 0, 0},
        {TEXT("\xe0\x9f\xbf"), 0, 0},
        {TEXT("\xe0\xa0\x80"), 3, 0x800},
        {TEXT("\xed\x9f\xbf"), 3, 0xD7FF},
        {TEXT("\xed\xa0\x80"), 0, 0},
        {TEXT("\xed\xbf\xbf"), 0, 0},
        {TEXT("\xee\x80\x80"), 3, 0xE000},
        {TEXT("\xef\xbf\xbf"), 3, 0xFFFF},
        {TEXT("\xe2\x82"), 0, 0},
        {TEXT("\xe2\x82z"), 0, 0},
        {TEXT("\xf0\x8f\xbf\xbf"), 0, 0},
        {TEXT("\xf0\x90\x80\x80"), 4, 0x10000},
        {TEXT("\xf4\x8f\xbf\xbf"), 4, 0x10FFFF},
        {TEXT("\xf4\x90\x80\x80"), 0, 0},
        {TEXT("\xf7\xbf\xbf\xbf"), 0, 0},
        {TEXT("\xf8\x88\x80\x80\x80"), 0, 0},
        {TEXT("\xff"), 0, 0},
        {TEXT("\xf0\x9f\x98"), 0, 0},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct base_bytes bytes = sample_copy(rows[i].bytes);
        uint32_t character = 0xFFFFFFFF;
        CHECK_ROW(base_utf8_decode(bytes, &character), rows[i].length, (const char *)rows[i].bytes.data);
        if (rows[i].length > 0) {
            CHECK_ROW(character, rows[i].character, (const char *)rows[i].bytes.data);
        }
        sample_free(bytes);
    }
}

/* Whether the tokenizer takes the bytes as the content of a string. */
static bool tokenizer_accepts(const uint8_t *bytes, size_t size)
{
    uint8_t text[6] = {'"'};
    memcpy(text + 1, bytes, size);
    text[size + 1] = '"';
    struct json_tokenizer json;
    return json_validate(&json, base_bytes_make(text, size + 2));
}

UNIT_TEST(agrees_with_the_tokenizer_on_every_sequence_of_three_bytes)
{
    unsigned wrong = 0;
    for (uint32_t i = 0x800000; i < 1U << 24; i++) {
        uint8_t bytes[3] = {(uint8_t)(i >> 16), (uint8_t)(i >> 8 & 0xFF), (uint8_t)(i & 0xFF)};
        uint32_t character = 0;
        size_t length = base_utf8_decode(base_bytes_make(bytes, 3), &character);
        if (length == 3 || (bytes[0] & 0xF0) == 0xE0) {
            wrong += (length == 3) != tokenizer_accepts(bytes, 3);
        } else {
            wrong += (length == 2) != tokenizer_accepts(bytes, 2);
        }
    }
    CHECK_U64(wrong, 0);
}
