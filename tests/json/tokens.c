/* The tokens of accepted texts: kinds, spans, flags; skipping; what stays after the end. */
#include "tests/lib/sample.h"
#include "json/tokenizer.h"

struct expected {
    enum json_kind kind;
    const char *span;
    bool escaped;
    bool integral;
    unsigned depth; /* after the token */
};

static void check_tokens(const char *string, const struct expected *rows, size_t count)
{
    struct base_bytes text = base_bytes_of_string(string);
    struct json_tokenizer json;
    json_begin(&json, text);
    for (size_t i = 0; i < count; i++) {
        struct json_token token = json_next(&json);
        CHECK_ROW(token.kind, rows[i].kind, rows[i].span);
        CHECK_ROW(token.escaped, rows[i].escaped, rows[i].span);
        CHECK_ROW(token.integral, rows[i].integral, rows[i].span);
        CHECK_ROW(json.depth, rows[i].depth, rows[i].span);
        REQUIRE(token.begin <= token.end && token.end <= text.size);
        CHECK(base_bytes_equal(json_span(text, token), base_bytes_of_string(rows[i].span)));
    }
}

UNIT_TEST(tokens_of_a_document_with_everything)
{
    static const struct expected rows[] = {
        {JSON_OBJECT_BEGIN, "{", false, false, 1}, {JSON_KEY, "a", false, false, 1},
        {JSON_ARRAY_BEGIN, "[", false, false, 2},  {JSON_NUMBER, "-12", false, true, 2},
        {JSON_NUMBER, "0.5", false, false, 2},     {JSON_NUMBER, "1E2", false, false, 2},
        {JSON_NUMBER, "0", false, true, 2},        {JSON_STRING, "x\\ny", true, false, 2},
        {JSON_STRING, "", false, false, 2},        {JSON_ARRAY_BEGIN, "[", false, false, 3},
        {JSON_ARRAY_END, "]", false, false, 2},    {JSON_ARRAY_END, "]", false, false, 1},
        {JSON_KEY, "\\u0062", true, false, 1},     {JSON_OBJECT_BEGIN, "{", false, false, 2},
        {JSON_OBJECT_END, "}", false, false, 1},   {JSON_KEY, "", false, false, 1},
        {JSON_TRUE, "true", false, false, 1},      {JSON_KEY, "c", false, false, 1},
        {JSON_FALSE, "false", false, false, 1},    {JSON_KEY, "d", false, false, 1},
        {JSON_NULL, "null", false, false, 1},      {JSON_OBJECT_END, "}", false, false, 0},
        {JSON_END, "", false, false, 0},           {JSON_END, "", false, false, 0},
    };
    check_tokens("{\"a\":[-12,0.5,1E2,0,\"x\\ny\",\"\",[]],\"\\u0062\":{},\"\":true,\"c\":false,\"d\":null}", rows,
                 COUNT_OF(rows));
    check_tokens("\t{ \"a\"\n:\r[ -12 , 0.5 ,\r\n1E2, 0 ,\"x\\ny\" , \"\",[ ] ]\t,\t\"\\u0062\" : { },\n\"\" :true , "
                 "\"c\":false,\"d\" : null } \n",
                 rows, COUNT_OF(rows));
}

UNIT_TEST(the_end_is_returned_for_ever_at_the_end_of_the_text)
{
    struct json_tokenizer json;
    json_begin(&json, base_bytes_of_string("[] \n"));
    CHECK_U64(json_next(&json).kind, JSON_ARRAY_BEGIN);
    CHECK_U64(json_next(&json).kind, JSON_ARRAY_END);
    for (int i = 0; i < 3; i++) {
        struct json_token end = json_next(&json);
        CHECK_U64(end.kind, JSON_END);
        CHECK_U64(end.begin, 4);
        CHECK_U64(end.end, 4);
    }
    CHECK_U64(json.error_kind, JSON_OK);
}

UNIT_TEST(the_first_error_is_returned_for_ever)
{
    struct json_tokenizer json;
    json_begin(&json, base_bytes_of_string("[1,x,\"\xff\"]"));
    CHECK_U64(json_next(&json).kind, JSON_ARRAY_BEGIN);
    CHECK_U64(json_next(&json).kind, JSON_NUMBER);
    for (int i = 0; i < 3; i++) {
        struct json_token error = json_next(&json);
        CHECK_U64(error.kind, JSON_ERROR);
        CHECK_U64(error.begin, 3);
        CHECK_U64(error.end, 3);
        CHECK_U64(json.error_kind, JSON_ERROR_SYNTAX);
        CHECK_U64(json.error_at, 3);
        CHECK_STRING(json.error_text, "expected a value");
    }
    CHECK_U64(json_skip(&json, json_next(&json)).kind, JSON_ERROR);
}

UNIT_TEST(position_follows_the_tokens)
{
    struct json_tokenizer json;
    json_begin(&json, base_bytes_of_string("{ \"a\" : \"b\" }"));
    CHECK_U64(json.at, 0);
    (void)json_next(&json);
    CHECK_U64(json.at, 1);
    (void)json_next(&json);
    CHECK_U64(json.at, 7); /* after the colon */
    (void)json_next(&json);
    CHECK_U64(json.at, 11); /* after the quote */
}

static const char nested[] = "{\"a\":[1,{\"b\":[]},\"]\"],\"c\":2}";

UNIT_TEST(skip_goes_to_the_end_of_a_container)
{
    struct json_tokenizer json;
    json_begin(&json, base_bytes_of_string(nested));
    (void)json_next(&json);
    (void)json_next(&json);
    struct json_token end = json_skip(&json, json_next(&json));
    CHECK_U64(end.kind, JSON_ARRAY_END);
    CHECK_U64(end.begin, 20);
    CHECK_U64(json.depth, 1);
    CHECK_U64(json_next(&json).kind, JSON_KEY);
    struct json_token two = json_skip(&json, json_next(&json));
    CHECK_U64(two.kind, JSON_NUMBER);
    CHECK_U64(two.begin, 26);
    CHECK_U64(json_next(&json).kind, JSON_OBJECT_END);
    CHECK_U64(json_next(&json).kind, JSON_END);
}

UNIT_TEST(skip_goes_to_the_end_of_the_root)
{
    struct json_tokenizer json;
    json_begin(&json, base_bytes_of_string(nested));
    struct json_token end = json_skip(&json, json_next(&json));
    CHECK_U64(end.kind, JSON_OBJECT_END);
    CHECK_U64(end.end, sizeof nested - 1);
    CHECK_U64(json_next(&json).kind, JSON_END);
}

UNIT_TEST(skip_of_anything_else_moves_nothing)
{
    struct json_tokenizer json;
    json_begin(&json, base_bytes_of_string("{\"a\":true}"));
    (void)json_next(&json);
    struct json_token key = json_skip(&json, json_next(&json));
    CHECK_U64(key.kind, JSON_KEY);
    CHECK_U64(json.at, 5);
    CHECK_U64(json_skip(&json, json_next(&json)).kind, JSON_TRUE);
    struct json_token close = json_skip(&json, json_next(&json));
    CHECK_U64(close.kind, JSON_OBJECT_END);
    CHECK_U64(json_skip(&json, json_next(&json)).kind, JSON_END);
}

UNIT_TEST(skip_stops_at_a_fault_inside)
{
    static const struct {
        const char *text;
        enum json_error kind;
        size_t at;
    } rows[] = {
        {"[[1,2,]]", JSON_ERROR_SYNTAX, 6},
        {"[[1,2", JSON_ERROR_SYNTAX, 5},
        {"[{\"a\":\"\xff\"}]", JSON_ERROR_ENCODING, 7},
        {"[[}]", JSON_ERROR_SYNTAX, 2},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct json_tokenizer json;
        json_begin(&json, base_bytes_of_string(rows[i].text));
        (void)json_next(&json);
        struct json_token token = json_skip(&json, json_next(&json));
        CHECK_ROW(token.kind, JSON_ERROR, rows[i].text);
        CHECK_ROW(json.error_kind, rows[i].kind, rows[i].text);
        CHECK_ROW(token.begin, rows[i].at, rows[i].text);
    }
}

UNIT_TEST(a_span_of_nothing_is_empty)
{
    struct base_bytes nothing = base_bytes_make(NULL, 0);
    struct json_tokenizer json;
    json_begin(&json, nothing);
    struct json_token error = json_next(&json);
    CHECK_U64(error.kind, JSON_ERROR);
    CHECK_U64(json_span(nothing, error).size, 0);
}

UNIT_TEST(does_not_touch_the_text)
{
    char text[] = "{\"a\":[1,\"\\u0041\",\"\xc3\xa9\"]}";
    char before[sizeof text];
    memcpy(before, text, sizeof text);
    struct json_tokenizer json;
    CHECK(json_validate(&json, base_bytes_make(text, sizeof text - 1)));
    CHECK(memcmp(text, before, sizeof text) == 0);
}
