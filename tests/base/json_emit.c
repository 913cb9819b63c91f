/* The emitter: commas, escapes, replaced bytes; whatever goes in, strict JSON comes out. */
#include "base/json_emit.h"
#include "base/json.h"
#include "tests/base/sample.h"

static void check_text(struct pp_text *text, const char *expected)
{
    CHECK(!pp_text_failed(text));
    CHECK_STRING(pp_text_string(text), expected);
    struct pp_json json;
    CHECK_ROW(pp_json_validate(&json, pp_text_bytes(text)), true, expected);
    pp_text_free(text);
}

UNIT_TEST(values_at_the_root)
{
    static const char *const expected[] = {"{}", "[]", "null", "\"\"", "0", "true", "false", "null"};
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        struct pp_text text = PP_TEXT_EMPTY;
        struct pp_json_emit emit = pp_json_emit_make(&text);
        switch (i) {
        case 0:
            pp_json_emit_object(&emit);
            pp_json_emit_object_end(&emit);
            break;
        case 1:
            pp_json_emit_array(&emit);
            pp_json_emit_array_end(&emit);
            break;
        case 2:
            pp_json_emit_string(&emit, NULL);
            break;
        case 3:
            pp_json_emit_string(&emit, "");
            break;
        case 4:
            pp_json_emit_u64(&emit, 0);
            break;
        case 5:
            pp_json_emit_bool(&emit, true);
            break;
        case 6:
            pp_json_emit_bool(&emit, false);
            break;
        default:
            pp_json_emit_null(&emit);
            break;
        }
        check_text(&text, expected[i]);
    }
}

UNIT_TEST(commas_stand_between_and_nowhere_else)
{
    struct pp_text text = PP_TEXT_EMPTY;
    struct pp_json_emit emit = pp_json_emit_make(&text);
    pp_json_emit_object(&emit);
    pp_json_emit_key(&emit, "a");
    pp_json_emit_array(&emit);
    pp_json_emit_u64(&emit, 1);
    pp_json_emit_object(&emit);
    pp_json_emit_object_end(&emit);
    pp_json_emit_array(&emit);
    pp_json_emit_array_end(&emit);
    pp_json_emit_null(&emit);
    pp_json_emit_json(&emit, pp_bytes_of_string(" [ 7\n] "));
    pp_json_emit_bool(&emit, true);
    pp_json_emit_string(&emit, "s");
    pp_json_emit_string(&emit, NULL);
    pp_json_emit_array_end(&emit);
    pp_json_emit_key(&emit, "b\"");
    pp_json_emit_object(&emit);
    pp_json_emit_key(&emit, "c");
    pp_json_emit_i64(&emit, -1);
    pp_json_emit_object_end(&emit);
    pp_json_emit_key(&emit, "d");
    pp_json_emit_bytes(&emit, pp_bytes_of_string("x"));
    pp_json_emit_object_end(&emit);
    check_text(&text, "{\"a\":[1,{},[],null,[7],true,\"s\",null],\"b\\\"\":{\"c\":-1},\"d\":\"x\"}");
}

UNIT_TEST(extreme_integers)
{
    struct pp_text text = PP_TEXT_EMPTY;
    struct pp_json_emit emit = pp_json_emit_make(&text);
    pp_json_emit_array(&emit);
    pp_json_emit_u64(&emit, UINT64_MAX);
    pp_json_emit_i64(&emit, INT64_MAX);
    pp_json_emit_i64(&emit, INT64_MIN);
    pp_json_emit_i64(&emit, 0);
    pp_json_emit_array_end(&emit);
    check_text(&text, "[18446744073709551615,9223372036854775807,-9223372036854775808,0]");
}

UNIT_TEST(strings)
{
    static const struct {
        struct pp_bytes value;
        const char *expected;
    } rows[] = {
        {TEXT("plain /~\x7f"), "\"plain /~\\u007f\""},
        {TEXT("\"\\"), "\"\\\"\\\\\""},
        {TEXT("\b\t\n\f\r"), "\"\\b\\t\\n\\f\\r\""},
        {TEXT("\0\x01\x0b\x1f"), "\"\\u0000\\u0001\\u000b\\u001f\""},
        {TEXT("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"), "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\""},
        {TEXT("\xff"), "\"\xef\xbf\xbd\""},
        {TEXT("a\xc3"), "\"a\xef\xbf\xbd\""},
        {TEXT("a\xc3z"), "\"a\xef\xbf\xbdz\""},
        {TEXT("\xed\xa0\x80"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
        {TEXT("\xc0\xaf"), "\"\xef\xbf\xbd\xef\xbf\xbd\""},
        {TEXT("\xe2\x82\"\xff\n"), "\"\xef\xbf\xbd\xef\xbf\xbd\\\"\xef\xbf\xbd\\n\""},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct pp_text text = PP_TEXT_EMPTY;
        struct pp_json_emit emit = pp_json_emit_make(&text);
        struct pp_bytes value = sample_copy(rows[i].value);
        pp_json_emit_bytes(&emit, value);
        check_text(&text, rows[i].expected);
        sample_free(value);
    }
}

/* Spelt as it is, without the white space between its tokens; what is no JSON becomes null. */
UNIT_TEST(json_that_is_there_already)
{
    static const struct {
        struct pp_bytes json;
        const char *expected;
    } rows[] = {
        {TEXT("1"), "[0,1,2]"},
        {TEXT(" -0.50e+1 "), "[0,-0.50e+1,2]"},
        {TEXT("\"\\u0041 \\/\""), "[0,\"\\u0041 \\/\",2]"},
        {TEXT("[ ]"), "[0,[],2]"},
        {TEXT("{ }"), "[0,{},2]"},
        {TEXT("{ \"b\" : [ true ,\tfalse, null ] ,\r\n\"a\\n\":{\"\" : \" x \"} }\n"),
         "[0,{\"b\":[true,false,null],\"a\\n\":{\"\":\" x \"}},2]"},
        {TEXT(""), "[0,null,2]"},
        {TEXT("{\"a\":1,}"), "[0,null,2]"},
        {TEXT("\"\xff\""), "[0,null,2]"},
        {TEXT("1 2"), "[0,null,2]"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct pp_text text = PP_TEXT_EMPTY;
        struct pp_json_emit emit = pp_json_emit_make(&text);
        struct pp_bytes json = sample_copy(rows[i].json);
        pp_json_emit_array(&emit);
        pp_json_emit_u64(&emit, 0);
        pp_json_emit_json(&emit, json);
        pp_json_emit_u64(&emit, 2);
        pp_json_emit_array_end(&emit);
        check_text(&text, rows[i].expected);
        sample_free(json);
    }
}

UNIT_TEST(every_pair_of_bytes_gives_strict_json)
{
    struct pp_text text = PP_TEXT_EMPTY;
    unsigned wrong = 0;
    for (unsigned i = 0; i < 1U << 16; i++) {
        uint8_t value[2] = {(uint8_t)(i >> 8), (uint8_t)(i & 0xFF)};
        struct pp_json_emit emit = pp_json_emit_make(&text);
        pp_text_clear(&text);
        pp_json_emit_bytes(&emit, pp_bytes_make(value, 2));
        struct pp_json json;
        wrong += !pp_json_validate(&json, pp_text_bytes(&text));
    }
    CHECK_U64(wrong, 0);
    pp_text_free(&text);
}

UNIT_TEST(nothing_looks_like_the_end_of_a_line)
{
    struct pp_text text = PP_TEXT_EMPTY;
    struct pp_json_emit emit = pp_json_emit_make(&text);
    pp_json_emit_array(&emit);
    pp_json_emit_string(&emit, "a\xc2\x85"
                               "b\u2028\u2029"
                               "c\x7f\xc2\xa0");
    pp_json_emit_json(&emit, pp_bytes_of_string("{\"k\u2028\":\"\\n\xc2\x85\\\\\"}"));
    pp_json_emit_array_end(&emit);
    check_text(&text, "[\"a\\u0085b\\u2028\\u2029c\\u007f\xc2\xa0\",{\"k\\u2028\":\"\\n\\u0085\\\\\"}]");
}
