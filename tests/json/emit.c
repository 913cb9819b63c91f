/* The emitter: commas, escapes, replaced bytes; whatever goes in, strict JSON comes out. */
#include "json/emit.h"
#include "tests/lib/sample.h"
#include "json/tokenizer.h"

static void check_text(struct base_text *text, const char *expected)
{
    CHECK(!base_text_out_of_memory(text));
    CHECK_STRING(base_text_string(text), expected);
    struct json_tokenizer json;
    CHECK_ROW(json_validate(&json, base_text_bytes(text)), true, expected);
    base_text_free(text);
}

UNIT_TEST(values_at_the_root)
{
    static const char *const expected[] = {"{}", "[]", "null", "\"\"", "0", "true", "false", "null"};
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        struct base_text text = BASE_TEXT_EMPTY;
        struct json_emit emit = json_emit_make(&text);
        switch (i) {
        case 0:
            json_emit_object(&emit);
            json_emit_object_end(&emit);
            break;
        case 1:
            json_emit_array(&emit);
            json_emit_array_end(&emit);
            break;
        case 2:
            json_emit_string(&emit, NULL);
            break;
        case 3:
            json_emit_string(&emit, "");
            break;
        case 4:
            json_emit_u64(&emit, 0);
            break;
        case 5:
            json_emit_bool(&emit, true);
            break;
        case 6:
            json_emit_bool(&emit, false);
            break;
        default:
            json_emit_null(&emit);
            break;
        }
        check_text(&text, expected[i]);
    }
}

UNIT_TEST(commas_stand_between_and_nowhere_else)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&text);
    json_emit_object(&emit);
    json_emit_key(&emit, "a");
    json_emit_array(&emit);
    json_emit_u64(&emit, 1);
    json_emit_object(&emit);
    json_emit_object_end(&emit);
    json_emit_array(&emit);
    json_emit_array_end(&emit);
    json_emit_null(&emit);
    json_emit_json(&emit, base_bytes_of_string(" [ 7\n] "));
    json_emit_bool(&emit, true);
    json_emit_string(&emit, "s");
    json_emit_string(&emit, NULL);
    json_emit_array_end(&emit);
    json_emit_key(&emit, "b\"");
    json_emit_object(&emit);
    json_emit_key(&emit, "c");
    json_emit_i64(&emit, -1);
    json_emit_object_end(&emit);
    json_emit_key(&emit, "d");
    json_emit_bytes(&emit, base_bytes_of_string("x"));
    json_emit_object_end(&emit);
    check_text(&text, "{\"a\":[1,{},[],null,[7],true,\"s\",null],\"b\\\"\":{\"c\":-1},\"d\":\"x\"}");
}

UNIT_TEST(extreme_integers)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&text);
    json_emit_array(&emit);
    json_emit_u64(&emit, UINT64_MAX);
    json_emit_i64(&emit, INT64_MAX);
    json_emit_i64(&emit, INT64_MIN);
    json_emit_i64(&emit, 0);
    json_emit_array_end(&emit);
    check_text(&text, "[18446744073709551615,9223372036854775807,-9223372036854775808,0]");
}

UNIT_TEST(strings)
{
    static const struct {
        struct base_bytes value;
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
        struct base_text text = BASE_TEXT_EMPTY;
        struct json_emit emit = json_emit_make(&text);
        struct base_bytes value = sample_copy(rows[i].value);
        json_emit_bytes(&emit, value);
        check_text(&text, rows[i].expected);
        sample_free(value);
    }
}

/* Spelt as it is, without the white space between its tokens; what is not JSON becomes null. */
UNIT_TEST(json_that_is_there_already)
{
    static const struct {
        struct base_bytes json;
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
        struct base_text text = BASE_TEXT_EMPTY;
        struct json_emit emit = json_emit_make(&text);
        struct base_bytes json = sample_copy(rows[i].json);
        json_emit_array(&emit);
        json_emit_u64(&emit, 0);
        json_emit_json(&emit, json);
        json_emit_u64(&emit, 2);
        json_emit_array_end(&emit);
        check_text(&text, rows[i].expected);
        sample_free(json);
    }
}

UNIT_TEST(every_pair_of_bytes_gives_strict_json)
{
    struct base_text text = BASE_TEXT_EMPTY;
    unsigned wrong = 0;
    for (unsigned i = 0; i < 1U << 16; i++) {
        uint8_t value[2] = {(uint8_t)(i >> 8), (uint8_t)(i & 0xFF)};
        struct json_emit emit = json_emit_make(&text);
        base_text_clear(&text);
        json_emit_bytes(&emit, base_bytes_make(value, 2));
        struct json_tokenizer json;
        wrong += !json_validate(&json, base_text_bytes(&text));
    }
    CHECK_U64(wrong, 0);
    base_text_free(&text);
}

UNIT_TEST(nothing_looks_like_the_end_of_a_line)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&text);
    json_emit_array(&emit);
    json_emit_string(&emit, "a\xc2\x85"
                            "b\u2028\u2029"
                            "c\x7f\xc2\xa0");
    json_emit_json(&emit, base_bytes_of_string("{\"k\u2028\":\"\\n\xc2\x85\\\\\"}"));
    json_emit_array_end(&emit);
    check_text(&text, "[\"a\\u0085b\\u2028\\u2029c\\u007f\xc2\xa0\",{\"k\\u2028\":\"\\n\\u0085\\\\\"}]");
}
