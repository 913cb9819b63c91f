/* The inside of a JSON string: escapes, replaced bytes; what comes out reads as what went in. */
#include "json/escape.h"
#include "tests/lib/sample.h"
#include "json/value.h"

UNIT_TEST(values_are_escaped)
{
    static const struct {
        struct base_bytes value;
        const char *escaped;
    } rows[] = {
        {TEXT(""), ""},
        {TEXT("plain \xc3\xa9 \xf0\x9f\x98\x80"), "plain \xc3\xa9 \xf0\x9f\x98\x80"},
        {TEXT("\"\\/\b\t\n\f\r"), "\\\"\\\\/\\b\\t\\n\\f\\r"},
        {TEXT("\0\x1f"), "\\u0000\\u001f"},
        {TEXT("\x7f\xc2\x80\xc2\x9f\xc2\xa0"), "\\u007f\\u0080\\u009f\xc2\xa0"},
        {TEXT("\xe2\x80\xa7\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa"), "\xe2\x80\xa7\\u2028\\u2029\\u202a"},
        {TEXT("\xe1\xa0\x8e\xe3\x85\xa4\xd8\x9c"), "\\u180e\\u3164\\u061c"},
        {TEXT("\xf3\xa0\x81\x81\xf0\x9d\x85\xb3\xf0\x9d\x85\xb2"), "\\udb40\\udc41\\ud834\\udd73\xf0\x9d\x85\xb2"},
        {TEXT("a\xff\xc3"), "a\xef\xbf\xbd\xef\xbf\xbd"},
        {TEXT("\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct base_bytes value = sample_copy(rows[i].value);
        struct base_text text = BASE_TEXT_EMPTY;
        json_escape(&text, value);
        CHECK_STRING(base_text_string(&text), rows[i].escaped);
        base_text_free(&text);
        sample_free(value);
    }
}

UNIT_TEST(every_byte_of_ascii_reads_as_itself)
{
    for (unsigned byte = 0; byte < 0x80; byte++) {
        uint8_t value = (uint8_t)byte;
        uint8_t read = 0;
        struct base_text text = BASE_TEXT_EMPTY;
        json_escape(&text, base_bytes_make(&value, 1));
        CHECK_U64(json_unescape(base_text_bytes(&text), &read, 1), 1);
        CHECK_U64(read, byte);
        base_text_free(&text);
    }
}

UNIT_TEST(spans_keep_their_escapes)
{
    static const struct {
        const char *span;
        const char *escaped;
    } rows[] = {
        {"a\\\"\\\\\\u0041\\n", "a\\\"\\\\\\u0041\\n"},
        {"\x7f\xe2\x80\xa8", "\\u007f\\u2028"},
        {"\\\\\xc2\x80", "\\\\\\u0080"},
        {"\xe2\x80\xae\\\"\xf3\xa0\x84\x80", "\\u202e\\\"\\udb40\\udd00"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct base_text text = BASE_TEXT_EMPTY;
        json_escape_spelt(&text, base_bytes_of_string(rows[i].span));
        CHECK_STRING(base_text_string(&text), rows[i].escaped);
        base_text_free(&text);
    }
}
