/* A text in a fixed order: what comes next, and that a failure stays. */
#include "json/ordered.h"
#include "tests/lib/sample.h"
#include "json/value.h"

static struct json_ordered ordered(const char *text)
{
    struct json_ordered ordered;
    json_ordered_begin(&ordered, base_bytes_of_string(text));
    return ordered;
}

UNIT_TEST(a_document_is_taken_in_its_order)
{
    static const char text[] = "{\"a\":[7,8],\"b\":true,\"c\":{\"x\":[1]},\"d\":null,\"e\":\"s\"}";
    struct json_ordered json = ordered(text);
    (void)json_ordered_take(&json, JSON_OBJECT_BEGIN);
    json_ordered_key(&json, "a");
    (void)json_ordered_take(&json, JSON_ARRAY_BEGIN);
    CHECK_U64(json_ordered_number(&json, 7), 7);
    CHECK_U64(json_ordered_number(&json, UINT64_MAX), 8);
    (void)json_ordered_take(&json, JSON_ARRAY_END);
    json_ordered_key(&json, "b");
    CHECK(json_ordered_boolean(&json));
    json_ordered_key(&json, "c");
    bool absent = true;
    struct json_token object = json_ordered_object(&json, &absent);
    CHECK(!absent);
    CHECK(base_bytes_equal(json_span(json.json.text, object), base_bytes_of_string("{\"x\":[1]}")));
    json_ordered_key(&json, "d");
    (void)json_ordered_object(&json, &absent);
    CHECK(absent);
    json_ordered_key(&json, "e");
    struct json_token string = json_ordered_take(&json, JSON_STRING);
    CHECK(json_equals(json_span(json.json.text, string), "s"));
    (void)json_ordered_take(&json, JSON_OBJECT_END);
    CHECK(!json.failed);
    (void)json_ordered_take(&json, JSON_END);
    CHECK(!json.failed);
}

UNIT_TEST(an_array_is_taken_to_its_end)
{
    struct json_ordered json = ordered("[[1],[2],[]]");
    (void)json_ordered_take(&json, JSON_ARRAY_BEGIN);
    for (uint64_t i = 1; i <= 2; i++) {
        CHECK(json_ordered_more(&json, JSON_ARRAY_BEGIN));
        CHECK_U64(json_ordered_number(&json, 2), i);
        (void)json_ordered_take(&json, JSON_ARRAY_END);
    }
    CHECK(json_ordered_more(&json, JSON_ARRAY_BEGIN));
    (void)json_ordered_take(&json, JSON_ARRAY_END);
    CHECK(!json_ordered_more(&json, JSON_ARRAY_BEGIN));
    (void)json_ordered_take(&json, JSON_END);
    CHECK(!json.failed);
}

UNIT_TEST(an_element_of_another_kind_is_a_failure)
{
    struct json_ordered json = ordered("[1]");
    (void)json_ordered_take(&json, JSON_ARRAY_BEGIN);
    CHECK(!json_ordered_more(&json, JSON_OBJECT_BEGIN));
    CHECK(json.failed);
}

UNIT_TEST(a_number_beyond_its_range_is_a_failure)
{
    static const char *const rows[] = {"8", "-1", "-0", "1.0", "1e0", "18446744073709551616", "\"7\"", "null"};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct json_ordered json = ordered(rows[i]);
        CHECK_ROW(json_ordered_number(&json, 7), 0, rows[i]);
        CHECK_ROW(json.failed, true, rows[i]);
    }
    struct json_ordered json = ordered("18446744073709551616");
    (void)json_ordered_number(&json, UINT64_MAX);
    CHECK(json.failed);
}

UNIT_TEST(another_kind_and_another_key_are_failures)
{
    struct json_ordered json = ordered("{\"b\":1}");
    (void)json_ordered_take(&json, JSON_OBJECT_BEGIN);
    CHECK(!json.failed);
    json_ordered_key(&json, "a");
    CHECK(json.failed);
    json = ordered("1");
    (void)json_ordered_take(&json, JSON_STRING);
    CHECK(json.failed);
    json = ordered("1");
    (void)json_ordered_boolean(&json);
    CHECK(json.failed);
}

UNIT_TEST(an_object_is_whole_and_null_only_where_it_may_be)
{
    static const char *const rows[] = {"null", "[]", "{\"a\":}", "{"};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct json_ordered json = ordered(rows[i]);
        (void)json_ordered_object(&json, NULL);
        CHECK_ROW(json.failed, true, rows[i]);
        bool absent = false;
        json = ordered(rows[i]);
        (void)json_ordered_object(&json, &absent);
        CHECK_ROW(absent, i == 0, rows[i]);
        CHECK_ROW(json.failed, i != 0, rows[i]);
    }
}

UNIT_TEST(a_failure_stays)
{
    struct json_ordered json = ordered("[true,1,[],{}]");
    (void)json_ordered_take(&json, JSON_OBJECT_BEGIN);
    CHECK(json.failed);
    CHECK(json_ordered_boolean(&json));
    CHECK_U64(json_ordered_number(&json, 7), 0);
    CHECK(!json_ordered_more(&json, JSON_ARRAY_BEGIN));
    (void)json_ordered_take(&json, JSON_ARRAY_END);
    (void)json_ordered_object(&json, NULL);
    CHECK(json.failed);
    json_ordered_begin(&json, base_bytes_of_string("1"));
    CHECK_U64(json_ordered_number(&json, 7), 1);
    CHECK(!json.failed);
}
