/* Walks over parts of a text: positions, whole values, ends. */
#include "json/walk.h"
#include "tests/lib/sample.h"
#include "json/value.h"

static const char document[] = " {\"a\":[1,\"x\\n\",[],{\"b\":null}],\"c\":\"yz\"} ";

UNIT_TEST(elements_come_whole_and_with_positions_of_the_text)
{
    static const struct {
        enum json_kind kind;
        const char *bytes;
    } rows[] = {
        {JSON_NUMBER, "1"}, {JSON_STRING, "\"x\\n\""}, {JSON_ARRAY_BEGIN, "[]"}, {JSON_OBJECT_BEGIN, "{\"b\":null}"}};
    struct base_bytes text = base_bytes_of_string(document);
    struct json_walk members;
    struct json_walk elements;
    struct json_token key;
    struct json_token value;
    struct json_token element;
    json_walk_begin_inside(&members, text, json_root(text, NULL));
    REQUIRE(json_walk_member(&members, &key, &value));
    CHECK(json_equals(json_span(text, key), "a"));
    CHECK_U64(json_count_elements(text, value, NULL), COUNT_OF(rows));
    json_walk_begin_inside(&elements, text, value);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        REQUIRE(json_walk_element(&elements, &element));
        CHECK_ROW(element.kind, rows[i].kind, rows[i].bytes);
        CHECK(base_bytes_equal(json_token_bytes(text, element), base_bytes_of_string(rows[i].bytes)));
    }
    CHECK(!json_walk_element(&elements, &element));
    CHECK(!json_walk_element(&elements, &element));
    REQUIRE(json_walk_member(&members, &key, &value));
    CHECK(base_bytes_equal(json_token_bytes(text, key), base_bytes_of_string("\"c\"")));
    CHECK(base_bytes_equal(json_span(text, value), base_bytes_of_string("yz")));
    CHECK(!json_walk_member(&members, &key, &value));
}

UNIT_TEST(any_value_can_be_walked_again)
{
    struct base_bytes text = base_bytes_of_string("[\"s\",{\"k\":2},-3]");
    struct json_walk outer;
    struct json_token value;
    json_walk_begin_inside(&outer, text, json_root(text, NULL));
    while (json_walk_element(&outer, &value)) {
        struct json_walk inner;
        json_walk_begin_value(&inner, text, value);
        struct json_token again = json_walk_value(&inner);
        CHECK_U64(again.kind, value.kind);
        CHECK_U64(again.begin, value.begin);
        CHECK_U64(again.end, value.end);
        CHECK_U64(json_walk_next(&inner).kind, JSON_END);
    }
}

UNIT_TEST(walks_end_at_an_error)
{
    static const char *const arrays[] = {"[", "[1", "[1,", "[1,]", "[1}", "[[1,2]", "[{\"a\":[}]", "[\"x]", "[1 2]"};
    for (size_t i = 0; i < COUNT_OF(arrays); i++) {
        struct base_bytes text = sample_copy(base_bytes_of_string(arrays[i]));
        struct json_token array = {.kind = JSON_ARRAY_BEGIN, .begin = 0, .end = text.size};
        CHECK_ROW(json_count_elements(text, array, NULL) <= 1, true, arrays[i]);
        CHECK_ROW(json_root(text, NULL).kind, JSON_ERROR, arrays[i]);
        sample_free(text);
    }
    CHECK_U64(json_root((struct base_bytes){.size = 0}, NULL).kind, JSON_ERROR);
}
