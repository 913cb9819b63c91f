/* The tokens of accepted texts: kinds, spans, flags; skipping; what stays after the end. */
#include "base/json.h"
#include "tests/base/sample.h"

struct expected {
    enum pp_json_kind kind;
    const char *span;
    bool escaped;
    bool integral;
    unsigned depth; /* behind the token */
};

static void check_tokens(const char *string, const struct expected *rows, size_t count)
{
    struct pp_bytes text = pp_bytes_of_string(string);
    struct pp_json json;
    pp_json_begin(&json, text);
    for (size_t i = 0; i < count; i++) {
        struct pp_json_token token = pp_json_next(&json);
        CHECK_ROW(token.kind, rows[i].kind, rows[i].span);
        CHECK_ROW(token.escaped, rows[i].escaped, rows[i].span);
        CHECK_ROW(token.integral, rows[i].integral, rows[i].span);
        CHECK_ROW(json.depth, rows[i].depth, rows[i].span);
        REQUIRE(token.begin <= token.end && token.end <= text.size);
        CHECK(pp_bytes_equal(pp_json_span(text, token), pp_bytes_of_string(rows[i].span)));
    }
}

UNIT_TEST(tokens_of_a_document_with_everything)
{
    static const struct expected rows[] = {
        {PP_JSON_OBJECT_BEGIN, "{", false, false, 1}, {PP_JSON_KEY, "a", false, false, 1},
        {PP_JSON_ARRAY_BEGIN, "[", false, false, 2},  {PP_JSON_NUMBER, "-12", false, true, 2},
        {PP_JSON_NUMBER, "0.5", false, false, 2},     {PP_JSON_NUMBER, "1E2", false, false, 2},
        {PP_JSON_NUMBER, "0", false, true, 2},        {PP_JSON_STRING, "x\\ny", true, false, 2},
        {PP_JSON_STRING, "", false, false, 2},        {PP_JSON_ARRAY_BEGIN, "[", false, false, 3},
        {PP_JSON_ARRAY_END, "]", false, false, 2},    {PP_JSON_ARRAY_END, "]", false, false, 1},
        {PP_JSON_KEY, "\\u0062", true, false, 1},     {PP_JSON_OBJECT_BEGIN, "{", false, false, 2},
        {PP_JSON_OBJECT_END, "}", false, false, 1},   {PP_JSON_KEY, "", false, false, 1},
        {PP_JSON_TRUE, "true", false, false, 1},      {PP_JSON_KEY, "c", false, false, 1},
        {PP_JSON_FALSE, "false", false, false, 1},    {PP_JSON_KEY, "d", false, false, 1},
        {PP_JSON_NULL, "null", false, false, 1},      {PP_JSON_OBJECT_END, "}", false, false, 0},
        {PP_JSON_END, "", false, false, 0},           {PP_JSON_END, "", false, false, 0},
    };
    check_tokens("{\"a\":[-12,0.5,1E2,0,\"x\\ny\",\"\",[]],\"\\u0062\":{},\"\":true,\"c\":false,\"d\":null}", rows,
                 COUNT_OF(rows));
    check_tokens("\t{ \"a\"\n:\r[ -12 , 0.5 ,\r\n1E2, 0 ,\"x\\ny\" , \"\",[ ] ]\t,\t\"\\u0062\" : { },\n\"\" :true , "
                 "\"c\":false,\"d\" : null } \n",
                 rows, COUNT_OF(rows));
}

UNIT_TEST(the_end_is_returned_for_ever_at_the_end_of_the_text)
{
    struct pp_json json;
    pp_json_begin(&json, pp_bytes_of_string("[] \n"));
    CHECK_U64(pp_json_next(&json).kind, PP_JSON_ARRAY_BEGIN);
    CHECK_U64(pp_json_next(&json).kind, PP_JSON_ARRAY_END);
    for (int i = 0; i < 3; i++) {
        struct pp_json_token end = pp_json_next(&json);
        CHECK_U64(end.kind, PP_JSON_END);
        CHECK_U64(end.begin, 4);
        CHECK_U64(end.end, 4);
    }
    CHECK_U64(json.error_kind, PP_JSON_OK);
}

UNIT_TEST(the_first_error_is_returned_for_ever)
{
    struct pp_json json;
    pp_json_begin(&json, pp_bytes_of_string("[1,x,\"\xff\"]"));
    CHECK_U64(pp_json_next(&json).kind, PP_JSON_ARRAY_BEGIN);
    CHECK_U64(pp_json_next(&json).kind, PP_JSON_NUMBER);
    for (int i = 0; i < 3; i++) {
        struct pp_json_token error = pp_json_next(&json);
        CHECK_U64(error.kind, PP_JSON_ERROR);
        CHECK_U64(error.begin, 3);
        CHECK_U64(error.end, 3);
        CHECK_U64(json.error_kind, PP_JSON_ERROR_SYNTAX);
        CHECK_U64(json.error_at, 3);
        CHECK_STRING(json.error_text, "expected a value");
    }
    CHECK_U64(pp_json_skip(&json, pp_json_next(&json)).kind, PP_JSON_ERROR);
}

UNIT_TEST(position_follows_the_tokens)
{
    struct pp_json json;
    pp_json_begin(&json, pp_bytes_of_string("{ \"a\" : \"b\" }"));
    CHECK_U64(json.at, 0);
    (void)pp_json_next(&json);
    CHECK_U64(json.at, 1);
    (void)pp_json_next(&json);
    CHECK_U64(json.at, 7); /* behind the colon */
    (void)pp_json_next(&json);
    CHECK_U64(json.at, 11); /* behind the quote */
}

static const char nested[] = "{\"a\":[1,{\"b\":[]},\"]\"],\"c\":2}";

UNIT_TEST(skip_goes_to_the_end_of_a_container)
{
    struct pp_json json;
    pp_json_begin(&json, pp_bytes_of_string(nested));
    (void)pp_json_next(&json);
    (void)pp_json_next(&json);
    struct pp_json_token end = pp_json_skip(&json, pp_json_next(&json));
    CHECK_U64(end.kind, PP_JSON_ARRAY_END);
    CHECK_U64(end.begin, 20);
    CHECK_U64(json.depth, 1);
    CHECK_U64(pp_json_next(&json).kind, PP_JSON_KEY);
    struct pp_json_token two = pp_json_skip(&json, pp_json_next(&json));
    CHECK_U64(two.kind, PP_JSON_NUMBER);
    CHECK_U64(two.begin, 26);
    CHECK_U64(pp_json_next(&json).kind, PP_JSON_OBJECT_END);
    CHECK_U64(pp_json_next(&json).kind, PP_JSON_END);
}

UNIT_TEST(skip_goes_to_the_end_of_the_root)
{
    struct pp_json json;
    pp_json_begin(&json, pp_bytes_of_string(nested));
    struct pp_json_token end = pp_json_skip(&json, pp_json_next(&json));
    CHECK_U64(end.kind, PP_JSON_OBJECT_END);
    CHECK_U64(end.end, sizeof nested - 1);
    CHECK_U64(pp_json_next(&json).kind, PP_JSON_END);
}

UNIT_TEST(skip_of_anything_else_moves_nothing)
{
    struct pp_json json;
    pp_json_begin(&json, pp_bytes_of_string("{\"a\":true}"));
    (void)pp_json_next(&json);
    struct pp_json_token key = pp_json_skip(&json, pp_json_next(&json));
    CHECK_U64(key.kind, PP_JSON_KEY);
    CHECK_U64(json.at, 5);
    CHECK_U64(pp_json_skip(&json, pp_json_next(&json)).kind, PP_JSON_TRUE);
    struct pp_json_token close = pp_json_skip(&json, pp_json_next(&json));
    CHECK_U64(close.kind, PP_JSON_OBJECT_END);
    CHECK_U64(pp_json_skip(&json, pp_json_next(&json)).kind, PP_JSON_END);
}

UNIT_TEST(skip_stops_at_a_fault_inside)
{
    static const struct {
        const char *text;
        enum pp_json_error kind;
        size_t at;
    } rows[] = {
        {"[[1,2,]]", PP_JSON_ERROR_SYNTAX, 6},
        {"[[1,2", PP_JSON_ERROR_SYNTAX, 5},
        {"[{\"a\":\"\xff\"}]", PP_JSON_ERROR_ENCODING, 7},
        {"[[}]", PP_JSON_ERROR_SYNTAX, 2},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct pp_json json;
        pp_json_begin(&json, pp_bytes_of_string(rows[i].text));
        (void)pp_json_next(&json);
        struct pp_json_token token = pp_json_skip(&json, pp_json_next(&json));
        CHECK_ROW(token.kind, PP_JSON_ERROR, rows[i].text);
        CHECK_ROW(json.error_kind, rows[i].kind, rows[i].text);
        CHECK_ROW(token.begin, rows[i].at, rows[i].text);
    }
}

UNIT_TEST(a_span_of_nothing_is_empty)
{
    struct pp_bytes nothing = pp_bytes_make(NULL, 0);
    struct pp_json json;
    pp_json_begin(&json, nothing);
    struct pp_json_token error = pp_json_next(&json);
    CHECK_U64(error.kind, PP_JSON_ERROR);
    CHECK_U64(pp_json_span(nothing, error).size, 0);
}

UNIT_TEST(does_not_touch_the_text)
{
    char text[] = "{\"a\":[1,\"\\u0041\",\"\xc3\xa9\"]}";
    char before[sizeof text];
    memcpy(before, text, sizeof text);
    struct pp_json json;
    CHECK(pp_json_validate(&json, pp_bytes_make(text, sizeof text - 1)));
    CHECK(memcmp(text, before, sizeof text) == 0);
}
