/* From spans to values: integers, unescaped strings, comparison. */
#include "json/value.h"
#include "tests/lib/sample.h"

static struct json_integer integer_of(const char *number)
{
    struct base_bytes text = sample_copy(base_bytes_of_string(number));
    struct json_tokenizer json;
    json_begin(&json, text);
    struct json_token token = json_next(&json);
    CHECK(token.kind == JSON_NUMBER && token.integral);
    struct json_integer value = json_integer(text, token);
    sample_free(text);
    return value;
}

UNIT_TEST(integers)
{
    static const struct {
        const char *text;
        struct json_integer value;
    } rows[] = {
        {"0", {false, false, 0}},
        {"-0", {true, false, 0}},
        {"7", {false, false, 7}},
        {"-1", {true, false, 1}},
        {"2147483648", {false, false, 2147483648U}},
        {"9007199254740993", {false, false, 9007199254740993U}},
        {"-9223372036854775808", {true, false, (uint64_t)INT64_MAX + 1}},
        {"18446744073709551609", {false, false, UINT64_MAX - 6}},
        {"18446744073709551610", {false, false, UINT64_MAX - 5}},
        {"18446744073709551615", {false, false, UINT64_MAX}},
        {"-18446744073709551615", {true, false, UINT64_MAX}},
        {"18446744073709551616", {false, true, UINT64_MAX}},
        {"-18446744073709551616", {true, true, UINT64_MAX}},
        {"18446744073709551620", {false, true, UINT64_MAX}},
        {"18446744073709551625", {false, true, UINT64_MAX}},
        {"184467440737095516150", {false, true, UINT64_MAX}},
        {"99999999999999999999", {false, true, UINT64_MAX}},
        {"100000000000000000000000000000000000000000000000000000000000", {false, true, UINT64_MAX}},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct json_integer value = integer_of(rows[i].text);
        CHECK_ROW(value.negative, rows[i].value.negative, rows[i].text);
        CHECK_ROW(value.huge, rows[i].value.huge, rows[i].text);
        CHECK_ROW(value.magnitude, rows[i].value.magnitude, rows[i].text);
    }
}

UNIT_TEST(an_integer_in_its_place_is_read_alone)
{
    struct base_bytes text = base_bytes_of_string("[12,-34]");
    struct json_tokenizer json;
    json_begin(&json, text);
    (void)json_next(&json);
    CHECK_U64(json_integer(text, json_next(&json)).magnitude, 12);
    struct json_integer second = json_integer(text, json_next(&json));
    CHECK_U64(second.magnitude, 34);
    CHECK(second.negative);
}

struct unescape_row {
    struct base_bytes span;
    struct base_bytes value;
};

static const struct unescape_row unescape_rows[] = {
    {TEXT(""), TEXT("")},
    {TEXT("plain"), TEXT("plain")},
    {TEXT("\\\"\\\\\\/\\b\\f\\n\\r\\t"), TEXT("\"\\/\b\f\n\r\t")},
    {TEXT("a\\u0062c"), TEXT("abc")},
    {TEXT("\\u0000"), TEXT("\0")},
    {TEXT("\\u007f\\u0080"), TEXT("\x7f\xc2\x80")},
    {TEXT("\\u07ff\\u0800"), TEXT("\xdf\xbf\xe0\xa0\x80")},
    {TEXT("\\uD7FF\\uE000\\uffff"), TEXT("\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf")},
    {TEXT("\\ud800\\udc00"), TEXT("\xf0\x90\x80\x80")},
    {TEXT("\\uDBFF\\uDFFF"), TEXT("\xf4\x8f\xbf\xbf")},
    {TEXT("x\\ud83d\\uDE00y"), TEXT("x\xf0\x9f\x98\x80y")},
    {TEXT("\xc3\xa9\\u00E9"), TEXT("\xc3\xa9\xc3\xa9")},
    {TEXT("\\\\u0041"), TEXT("\\u0041")},
    {TEXT("\\uabCD"), TEXT("\xea\xaf\x8d")},
};

UNIT_TEST(unescape)
{
    for (size_t i = 0; i < COUNT_OF(unescape_rows); i++) {
        const struct unescape_row *row = &unescape_rows[i];
        struct base_bytes span = sample_copy(row->span);
        uint8_t out[64];
        CHECK_ROW(json_unescape(span, out, sizeof out), row->value.size, (const char *)row->span.data);
        CHECK(base_bytes_equal(base_bytes_make(out, row->value.size), row->value));
        CHECK_ROW(json_unescape(span, NULL, 0), row->value.size, (const char *)row->span.data);
        sample_free(span);
    }
}

UNIT_TEST(unescape_into_buffers_of_every_size)
{
    for (size_t i = 0; i < COUNT_OF(unescape_rows); i++) {
        const struct unescape_row *row = &unescape_rows[i];
        for (size_t capacity = 0; capacity <= row->value.size + 1; capacity++) {
            uint8_t out[64];
            memset(out, 0xEE, sizeof out);
            CHECK_ROW(json_unescape(row->span, out, capacity), row->value.size, (const char *)row->span.data);
            size_t written = capacity < row->value.size ? capacity : row->value.size;
            CHECK(memcmp(out, row->value.data, written) == 0);
            CHECK_ROW(out[written], 0xEE, (const char *)row->span.data);
        }
    }
}

/* Spans that no accepted token has are read as far as they go, and no further. */
UNIT_TEST(spans_cut_short_are_not_read_past_their_end)
{
    static const struct unescape_row rows[] = {
        {TEXT("a\\"), TEXT("a\\")},
        {TEXT("\\u004"), TEXT("u004")},
        {TEXT("\\u"), TEXT("u")},
        {TEXT("\\ud800\\udc0"), TEXT("\xed\xa0\x80udc0")},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct base_bytes span = sample_copy(rows[i].span);
        uint8_t out[64];
        size_t size = json_unescape(span, out, sizeof out);
        CHECK_ROW(size, rows[i].value.size, (const char *)rows[i].span.data);
        CHECK(base_bytes_equal(base_bytes_make(out, size), rows[i].value));
        CHECK(json_compare(span, span) == 0);
        sample_free(span);
    }
}

struct compare_row {
    struct base_bytes less;
    struct base_bytes greater;
};

UNIT_TEST(compare_orders_by_code_point)
{
    static const struct compare_row rows[] = {
        {TEXT(""), TEXT("a")},
        {TEXT(""), TEXT("\\u0000")},
        {TEXT("a"), TEXT("b")},
        {TEXT("B"), TEXT("a")},
        {TEXT("a"), TEXT("aa")},
        {TEXT("a"), TEXT("a\\u0000")},
        {TEXT("a\\u0000"), TEXT("a\\u0001")},
        {TEXT("a\\u0000"), TEXT("aa")},
        {TEXT("\\u0061"), TEXT("b")},
        {TEXT("a"), TEXT("\\u0062")},
        {TEXT("\\n"), TEXT(" ")},
        {TEXT("["), TEXT("\\\\")},
        {TEXT("\\\\"), TEXT("]")},
        {TEXT("\\/"), TEXT("0")},
        {TEXT("x\\u0041"), TEXT("x\\u0042")},
        {TEXT("\\u0041b"), TEXT("Ac")},
        {TEXT("\x7f"), TEXT("\xc2\x80")},
        {TEXT("\xc3\xa9"), TEXT("\xe2\x82\xac")},
        /* UTF-16 would order these the other way round */
        {TEXT("\xef\xbf\xbf"), TEXT("\xf0\x90\x80\x80")},
        {TEXT("\\uffff"), TEXT("\\ud800\\udc00")},
        {TEXT("\\uffff"), TEXT("\xf0\x90\x80\x80")},
        {TEXT("\xef\xbf\xbf"), TEXT("\\ud800\\udc00")},
        {TEXT("\\ud800\\udc00"), TEXT("\\ud800\\udc01")},
        {TEXT("same\\u0061"), TEXT("same\\u0061b")},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct base_bytes less = sample_copy(rows[i].less);
        struct base_bytes greater = sample_copy(rows[i].greater);
        const char *label = (const char *)rows[i].less.data;
        CHECK_ROW(json_compare(less, greater) < 0, true, label);
        CHECK_ROW(json_compare(greater, less) > 0, true, label);
        CHECK_ROW(json_compare(less, less), 0, label);
        CHECK_ROW(json_compare(greater, greater), 0, label);
        sample_free(less);
        sample_free(greater);
    }
}

UNIT_TEST(compare_takes_equal_values_for_equal)
{
    static const struct compare_row rows[] = {
        {TEXT("a"), TEXT("\\u0061")},
        {TEXT("/"), TEXT("\\/")},
        {TEXT("\\n"), TEXT("\\u000a")},
        {TEXT("\\n"), TEXT("\\u000A")},
        {TEXT("\\\\"), TEXT("\\u005c")},
        {TEXT("\\\""), TEXT("\\u0022")},
        {TEXT("\xc3\xa9"), TEXT("\\u00e9")},
        {TEXT("\xe2\x82\xac"), TEXT("\\u20AC")},
        {TEXT("\xf0\x9f\x98\x80"), TEXT("\\ud83d\\ude00")},
        {TEXT("asset\\u005fid"), TEXT("asset_id")},
        {TEXT("\\u0061\\u0062"), TEXT("ab")},
        {TEXT("\\u007f"), TEXT("\x7f")},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        CHECK_ROW(json_compare(rows[i].less, rows[i].greater), 0, (const char *)rows[i].less.data);
        CHECK_ROW(json_compare(rows[i].greater, rows[i].less), 0, (const char *)rows[i].less.data);
    }
}

UNIT_TEST(compare_takes_empty_spans_without_memory)
{
    struct base_bytes nothing = base_bytes_make(NULL, 0);
    CHECK(json_compare(nothing, nothing) == 0);
    CHECK(json_compare(nothing, base_bytes_of_string("a")) < 0);
    CHECK(json_compare(base_bytes_of_string("a"), nothing) > 0);
    CHECK(json_equals(nothing, ""));
    CHECK_U64(json_unescape(nothing, NULL, 0), 0);
}

UNIT_TEST(is)
{
    static const struct {
        struct base_bytes span;
        const char *literal;
        bool equal;
    } rows[] = {
        {TEXT(""), "", true},
        {TEXT(""), "a", false},
        {TEXT("a"), "", false},
        {TEXT("asset_id"), "asset_id", true},
        {TEXT("asset_id"), "asset_i", false},
        {TEXT("asset_i"), "asset_id", false},
        {TEXT("ASSET_ID"), "asset_id", false},
        {TEXT("\\u0061sset_id"), "asset_id", true},
        {TEXT("asset_i\\u0064"), "asset_id", true},
        {TEXT("asset_i\\u0065"), "asset_id", false},
        {TEXT("a\\u0000"), "a", false},
        {TEXT("\\u0000"), "", false},
        {TEXT("a\\u0000b"), "a\0b", false}, /* a literal ends at its NUL */
        {TEXT("\\n"), "\n", true},
        {TEXT("\\n"), "\\n", false},
        {TEXT("\\\\n"), "\\n", true},
        {TEXT("\\u00e9"), "\xc3\xa9", true},
        {TEXT("\\u00e9"), "\xc3", false},
        {TEXT("\\u00e9"), "e", false},
        {TEXT("\xc3\xa9"), "e", false},
        /* the low byte of a longer character does not match */
        {TEXT("\\u0161"), "a", false},
        {TEXT("\\ud83d\\ude00"), "a", false},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        CHECK_ROW(json_equals(rows[i].span, rows[i].literal), rows[i].equal, (const char *)rows[i].span.data);
    }
}

/* ---- Every character there is, raw and escaped ---- */

static const char hex[] = "0123456789abcdefABCDEF";

static size_t write_unit(uint8_t *out, uint32_t unit)
{
    out[0] = '\\';
    out[1] = 'u';
    for (unsigned i = 0; i < 4; i++) {
        uint32_t digit = unit >> (12 - 4 * i) & 0xF;
        /* upper case for every other unit */
        out[2 + i] = (uint8_t)hex[digit >= 10 && (unit & 1) != 0 ? digit + 6 : digit];
    }
    return 6;
}

static size_t write_escape(uint8_t *out, uint32_t character)
{
    if (character < 0x10000) {
        return write_unit(out, character);
    }
    size_t size = write_unit(out, 0xD800 + (character - 0x10000) / 0x400);
    return size + write_unit(out + size, 0xDC00 + (character - 0x10000) % 0x400);
}

/* The definition: lead byte by length, then groups of six bits. */
static size_t write_utf8(uint8_t *out, uint32_t character)
{
    size_t length = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    for (size_t i = length; i-- > 1;) {
        out[i] = (uint8_t)(0x80 + character % 64);
        character /= 64;
    }
    static const uint8_t leads[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    out[0] = (uint8_t)(leads[length] + character);
    return length;
}

UNIT_TEST(every_character_reads_alike_raw_and_escaped)
{
    unsigned wrong = 0;
    struct base_bytes before = base_bytes_make(NULL, 0);
    uint8_t previous[12];
    for (uint32_t character = 0; character <= 0x10FFFF; character++) {
        if (character >= 0xD800 && character <= 0xDFFF) {
            continue;
        }
        uint8_t text[14] = {'"'};
        struct base_bytes escape = {.data = text + 1, .size = write_escape(text + 1, character)};
        text[1 + escape.size] = '"';
        struct json_tokenizer json;
        wrong += !json_validate(&json, base_bytes_make(text, escape.size + 2));

        uint8_t raw[4];
        uint8_t value[4];
        size_t size = write_utf8(raw, character);
        wrong += json_unescape(escape, value, sizeof value) != size || memcmp(value, raw, size) != 0;
        /* A raw quote, backslash or control character is not in the span of an accepted token. */
        if (character >= 0x20 && character != '"' && character != '\\') {
            wrong += json_compare(escape, base_bytes_make(raw, size)) != 0;
        }
        wrong += json_compare(before, escape) >= 0 || json_compare(escape, before) <= 0;
        memcpy(previous, escape.data, escape.size);
        before = base_bytes_make(previous, escape.size);
    }
    CHECK_U64(wrong, 0);
}

UNIT_TEST(strings_become_c_strings)
{
    static const struct {
        const char *text;
        const char *value;
    } rows[] = {
        {"\"\"", ""},
        {"\"a\\u0062\\n\"", "ab\n"},
        {"\"\\u0000\"", "\xEF\xBF\xBD"},
        {"\"\\u0000\\u0000x\\u0000\"", "\xEF\xBF\xBD\xEF\xBF\xBDx\xEF\xBF\xBD"},
        {"\"a\\u0000b\\ud83d\\ude00\\u0000c\"", "a\xEF\xBF\xBD"
                                                "b\xf0\x9f\x98\x80\xEF\xBF\xBD"
                                                "c"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct base_bytes text = sample_copy(base_bytes_of_string(rows[i].text));
        struct json_tokenizer json;
        json_begin(&json, text);
        char *string = json_token_string(text, json_next(&json));
        REQUIRE(string != NULL);
        CHECK_STRING(string, rows[i].value);
        free(string);
        sample_free(text);
    }
}

UNIT_TEST(steps_divide_a_span_where_unescaping_may_stop)
{
    static const struct {
        const char *span;
        size_t length;
    } rows[] = {{"a", 1},
                {"\\n", 2},
                {"\\u0041x", 6},
                {"\\ud83d\\ude00x", 12},
                {"\\uDBFF\\uDFFF", 12},
                {"\\ud7ff\\u0041", 6},
                {"\\ue000", 6},
                {"\\", 1},
                {"\\u00", 2},
                {"\\ud83d", 6}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct base_bytes span = sample_copy(base_bytes_of_string(rows[i].span));
        CHECK_ROW(json_step_length(span, 0), rows[i].length, rows[i].span);
        sample_free(span);
    }
}

UNIT_TEST(a_number_that_is_an_integer_all_the_same)
{
    static const struct {
        const char *text;
        int64_t value; /* -1: it is none */
    } rows[] = {
        {"16.0", 16},
        {"1e1", 10},
        {"1.6e1", 16},
        {"160e-1", 16},
        {"0.0", 0},
        {"-0e5", 0},
        {"0e9999", 0},
        {"1E+2", 100},
        {"16.50", -1},
        {"1e-1", -1},
        {"1e400", -1},
        {"16", -1},
        {"0.016e3", 16},
        {"-2.0", -2},
        {"9007199254740991.0", 9007199254740991},
        {"9007199254740992.0", -1},
        {"90071992547409910e-1", 9007199254740991},
        {"1.00000000000000000000000000", 1},
        {"123456789012345678901234567890e-10", -1},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct base_bytes text = base_bytes_of_string(rows[i].text);
        struct json_tokenizer json;
        int64_t value = -1;
        json_begin(&json, text);
        struct json_token token = json_next(&json);
        CHECK_ROW(json_token_whole(text, token, &value), rows[i].value != -1, rows[i].text);
        CHECK_ROW(value, rows[i].value, rows[i].text);
    }
}
