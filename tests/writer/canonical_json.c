#include "writer/canonical_json.h"

#include "tests/lib/unit.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

/* Parses, prints and compares. */
static void check_printed(const char *json, const char *expected)
{
    cJSON *tree = cJSON_Parse(json);
    struct base_text text = BASE_TEXT_EMPTY;
    REQUIRE(tree != NULL);
    CHECK_U64(writer_canonical_tree(&text, tree, 127), WRITER_CANONICAL_FINE);
    CHECK_STRING(base_text_string(&text), expected);
    base_text_free(&text);
    cJSON_Delete(tree);
}

static enum writer_canonical result_of(const char *json, unsigned levels)
{
    cJSON *tree = cJSON_Parse(json);
    struct base_text text = BASE_TEXT_EMPTY;
    REQUIRE(tree != NULL);
    enum writer_canonical result = writer_canonical_tree(&text, tree, levels);
    base_text_free(&text);
    cJSON_Delete(tree);
    return result;
}

UNIT_TEST(prints_without_white_space)
{
    check_printed(" { \"b\" : [ 1 , 2 , { } , [ ] ] , \"a\" : \"x\" } ", "{\"a\":\"x\",\"b\":[1,2,{},[]]}");
    check_printed("[true,false,null]", "[true,false,null]");
    check_printed("7", "7");
    check_printed("{}", "{}");
    check_printed("[[[]],{\"a\":{}}]", "[[[]],{\"a\":{}}]");
}

UNIT_TEST(sorts_keys_at_every_level)
{
    check_printed("{\"z\":{\"y\":1,\"x\":{\"b\":1,\"a\":2}},\"a\":[{\"d\":1,\"c\":2}]}",
                  "{\"a\":[{\"c\":2,\"d\":1}],\"z\":{\"x\":{\"a\":2,\"b\":1},\"y\":1}}");
    check_printed("{\"ab\":1,\"a\":2,\"B\":3,\"\":4,\"a_\":5}", "{\"\":4,\"B\":3,\"a\":2,\"a_\":5,\"ab\":1}");
}

/* U+FF5E is below U+1F600, but its UTF-16 code unit is above the surrogates of the latter. */
UNIT_TEST(sorts_by_code_point_and_not_by_utf16)
{
    check_printed("{\"\xF0\x9F\x98\x80\":1,\"\xEF\xBD\x9E\":2,\"z\":3,\"\xC3\xA9\":4}",
                  "{\"z\":3,\"\xC3\xA9\":4,\"\xEF\xBD\x9E\":2,\"\xF0\x9F\x98\x80\":1}");
}

/* Control characters in keys sort by what they are, not by how they are escaped. */
UNIT_TEST(sorts_by_value_and_not_by_escape)
{
    check_printed("{\"\\\"\":1,\"!\":2,\"\\u0001\":3,\"\\\\\":4,\"[\":5,\"]\":6}",
                  "{\"\\u0001\":3,\"!\":2,\"\\\"\":1,\"[\":5,\"\\\\\":4,\"]\":6}");
}

UNIT_TEST(escapes_what_has_to_be_escaped)
{
    static const char *const escapes[0x20] = {
        [0x08] = "\\b", [0x09] = "\\t", [0x0A] = "\\n", [0x0C] = "\\f", [0x0D] = "\\r",
    };
    for (unsigned byte = 1; byte < 0x20; byte++) {
        char string[3] = {(char)byte, 'x', '\0'};
        char expected[16];
        if (escapes[byte] != NULL) {
            (void)snprintf(expected, sizeof expected, "\"%sx\"", escapes[byte]);
        } else {
            (void)snprintf(expected, sizeof expected, "\"\\u00%02xx\"", byte);
        }
        struct base_text text = BASE_TEXT_EMPTY;
        writer_canonical_string(&text, string);
        CHECK_STRING(base_text_string(&text), expected);
        base_text_free(&text);
    }
}

UNIT_TEST(escapes_nothing_else)
{
    struct base_text text = BASE_TEXT_EMPTY;
    writer_canonical_string(&text, "\"\\/ \x7F\xC2\x80\xE2\x80\xA8\xF4\x8F\xBF\xBF<>&'");
    CHECK_STRING(base_text_string(&text), "\"\\\"\\\\/ \x7F\xC2\x80\xE2\x80\xA8\xF4\x8F\xBF\xBF<>&'\"");
    base_text_clear(&text);
    writer_canonical_string(&text, "");
    CHECK_STRING(base_text_string(&text), "\"\"");
    base_text_free(&text);
}

UNIT_TEST(prints_integers_exactly)
{
    check_printed("[0,-0,-1,10,2147483648,-2147483649]", "[0,0,-1,10,2147483648,-2147483649]");
    check_printed("[9007199254740991,-9007199254740991]", "[9007199254740991,-9007199254740991]");
    check_printed("[1e3,5.0]", "[1000,5]");
}

UNIT_TEST(refuses_numbers_that_are_no_exact_integers)
{
    CHECK_U64(result_of("{\"a\":1.5}", 127), WRITER_CANONICAL_NUMBER);
    CHECK_U64(result_of("[1,[2,[0.1]]]", 127), WRITER_CANONICAL_NUMBER);
    CHECK_U64(result_of("9007199254740992", 127), WRITER_CANONICAL_NUMBER);
    CHECK_U64(result_of("-9007199254740992", 127), WRITER_CANONICAL_NUMBER);
    CHECK_U64(result_of("1e308", 127), WRITER_CANONICAL_NUMBER);
    CHECK_U64(result_of("1e999", 127), WRITER_CANONICAL_NUMBER);
}

UNIT_TEST(refuses_what_is_nested_too_deeply)
{
    char json[2 * 200 + 1];
    for (size_t levels = 1; levels <= 124; levels++) {
        memset(json, '[', levels);
        memset(json + levels, ']', levels);
        json[2 * levels] = '\0';
        CHECK_U64(result_of(json, (unsigned)levels), WRITER_CANONICAL_FINE);
        CHECK_U64(result_of(json, (unsigned)levels - 1), WRITER_CANONICAL_DEPTH);
    }
    CHECK_U64(result_of("1", 0), WRITER_CANONICAL_FINE);
    CHECK_U64(result_of("{}", 0), WRITER_CANONICAL_DEPTH);
}

UNIT_TEST(refuses_repeated_keys)
{
    CHECK_U64(result_of("{\"a\":1,\"b\":2,\"a\":3}", 127), WRITER_CANONICAL_KEY);
    CHECK_U64(result_of("[{\"k\":{\"x\":1,\"x\":1}}]", 127), WRITER_CANONICAL_KEY);
    CHECK_U64(result_of("{\"a\":1,\"A\":2}", 127), WRITER_CANONICAL_FINE);
}

UNIT_TEST(refuses_nodes_that_are_no_values)
{
    struct base_text text = BASE_TEXT_EMPTY;
    cJSON *raw = cJSON_CreateRaw("[1, 2]");
    CHECK_U64(writer_canonical_tree(&text, raw, 127), WRITER_CANONICAL_KIND);
    cJSON_Delete(raw);
    cJSON *object = cJSON_CreateObject();
    cJSON *nameless = cJSON_CreateNumber(1);
    CHECK(cJSON_AddItemToArray(object, nameless)); /* an object's member without a key */
    CHECK_U64(writer_canonical_tree(&text, object, 127), WRITER_CANONICAL_KIND);
    cJSON_Delete(object);
    base_text_free(&text);
}

UNIT_TEST(names_each_refusal)
{
    CHECK_STRING(writer_canonical_text(WRITER_CANONICAL_NUMBER), "a number has a fraction, or lies beyond 2^53-1");
    CHECK_STRING(writer_canonical_text(WRITER_CANONICAL_DEPTH), "nested too deeply");
    CHECK_STRING(writer_canonical_text(WRITER_CANONICAL_KEY), "a key occurs twice in one object");
    CHECK_STRING(writer_canonical_text(WRITER_CANONICAL_KIND), "a node is not a JSON value");
    CHECK_STRING(writer_canonical_text(WRITER_CANONICAL_MEMORY), "memory ran out");
}

/* Many members: sorting must not take time in proportion to their square. */
UNIT_TEST(sorts_fifty_thousand_keys)
{
    enum { KEYS = 50000 };
    struct base_text json = BASE_TEXT_EMPTY;
    base_text_add_char(&json, '{');
    for (unsigned i = 0; i < KEYS; i++) {
        base_text_addf(&json, "%s\"k%06u\":%u", i > 0 ? "," : "", (i * 7919U) % KEYS, i);
    }
    base_text_add_char(&json, '}');
    cJSON *tree = cJSON_Parse(base_text_string(&json));
    struct base_text text = BASE_TEXT_EMPTY;
    REQUIRE(tree != NULL);
    CHECK_U64(writer_canonical_tree(&text, tree, 127), WRITER_CANONICAL_FINE);
    CHECK_U64(text.size, json.size);
    CHECK(strncmp(base_text_string(&text), "{\"k000000\":0,\"k000001\":", 23) == 0);
    cJSON_Delete(tree);
    base_text_free(&text);
    base_text_free(&json);
}
