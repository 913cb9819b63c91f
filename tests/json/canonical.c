/* The first byte that departs from the canonical form, assets-pa-v1.md 1.3: each row states the form as well, and the
 * test holds the position against the first byte in which the two differ. */
#include "tests/lib/sample.h"
#include "json/check.h"

#include <stdio.h>

struct row {
    struct base_bytes text;
    struct base_bytes canonical;
    size_t at;
};

static size_t first_unequal_byte(struct base_bytes a, struct base_bytes b)
{
    size_t at = 0;
    while (at < a.size && at < b.size && a.data[at] == b.data[at]) {
        at++;
    }
    return at;
}

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *label = (const char *)rows[i].text.data;
        struct json_tokenizer json;
        CHECK_ROW(json_validate(&json, rows[i].text), true, label);
        CHECK_ROW(first_unequal_byte(rows[i].text, rows[i].canonical), rows[i].at, label);

        struct base_bytes text = sample_copy(rows[i].text);
        CHECK_ROW(json_first_difference(text, NULL), rows[i].at, label);
        sample_free(text);
        struct base_bytes canonical = sample_copy(rows[i].canonical);
        CHECK_ROW(json_first_difference(canonical, NULL), canonical.size, label);
        sample_free(canonical);
    }
}

UNIT_TEST(accepts_canonical_texts)
{
    static const struct base_bytes rows[] = {
        TEXT("{}"),
        TEXT("[]"),
        TEXT("\"\""),
        TEXT("0"),
        TEXT("-1"),
        TEXT("true"),
        TEXT("null"),
        TEXT("{\"\":0,\"A\":1,\"a\":2,\"aa\":3,\"b\":4}"),
        TEXT("{\"a\":{\"x\":1,\"y\":[{\"a\":1},{\"b\":2,\"c\":3}]},\"b\":[3,2,1]}"),
        TEXT("[\"\\\"\\\\\\b\\t\\n\\f\\r\\u0000\\u0001\\u0007\\u000b\\u000e\\u001f /\x7f\"]"),
        TEXT("{\"\xc3\xa9\":\"\xe2\x82\xac\",\"\xef\xbf\xbf\":1,\"\xf0\x90\x80\x80\":2}"),
        TEXT(
            "{\"\\u0000\":1,\"\\t\":2,\"\\n\":3,\"\\u001f\":4,\" \":5,\"!\":6,\"\\\"\":7,\"#\":8,\"\\\\\":9,\"]\":10}"),
        TEXT("{\"a\":1,\"a\":2}"), /* equal keys are another rule's matter */
        TEXT("[9007199254740993,18446744073709551616,-123456789012345678901234567890]"), /* so are ranges */
        TEXT("[1.50,1E+2,0.0,-0.0,-0e1]"),                                               /* and fractions */
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct base_bytes text = sample_copy(rows[i]);
        CHECK_ROW(json_first_difference(text, NULL), text.size, (const char *)rows[i].data);
        sample_free(text);
    }
}

UNIT_TEST(white_space)
{
    static const struct row rows[] = {
        {TEXT(" {}"), TEXT("{}"), 0},
        {TEXT("{}\n"), TEXT("{}"), 2},
        {TEXT("{ }"), TEXT("{}"), 1},
        {TEXT("[ ]"), TEXT("[]"), 1},
        {TEXT("[1 ]"), TEXT("[1]"), 2},
        {TEXT("[ 1]"), TEXT("[1]"), 1},
        {TEXT("[1 ,2]"), TEXT("[1,2]"), 2},
        {TEXT("[1, 2]"), TEXT("[1,2]"), 3},
        {TEXT("[1,\t\"a\"]"), TEXT("[1,\"a\"]"), 3},
        {TEXT("[1,\r{}]"), TEXT("[1,{}]"), 3},
        {TEXT("{\n\"a\":1}"), TEXT("{\"a\":1}"), 1},
        {TEXT("{\"a\" :1}"), TEXT("{\"a\":1}"), 4},
        {TEXT("{\"a\": 1}"), TEXT("{\"a\":1}"), 5},
        {TEXT("{\"a\":1 }"), TEXT("{\"a\":1}"), 6},
        {TEXT("{\"a\":1 ,\"b\":2}"), TEXT("{\"a\":1,\"b\":2}"), 6},
        {TEXT("{\"a\":1, \"b\":2}"), TEXT("{\"a\":1,\"b\":2}"), 7},
        {TEXT("{\"a\":[] ,\"b\":2}"), TEXT("{\"a\":[],\"b\":2}"), 7},
        {TEXT("1 "), TEXT("1"), 1},
        {TEXT("\"a\" "), TEXT("\"a\""), 3},
        {TEXT("{\"a\":\" \" }"), TEXT("{\"a\":\" \"}"), 8},
    };
    check_rows(rows, COUNT_OF(rows));
}

UNIT_TEST(escapes)
{
    static const struct row rows[] = {
        {TEXT("\"\\u0041\""), TEXT("\"A\""), 1},
        {TEXT("\"\\/\""), TEXT("\"/\""), 1},
        {TEXT("\"a\\/b\""), TEXT("\"a/b\""), 2},
        {TEXT("\"\\u000a\""), TEXT("\"\\n\""), 2},
        {TEXT("\"\\u000A\""), TEXT("\"\\n\""), 2},
        {TEXT("\"\\u0008\""), TEXT("\"\\b\""), 2},
        {TEXT("\"\\u0009\""), TEXT("\"\\t\""), 2},
        {TEXT("\"\\u000c\""), TEXT("\"\\f\""), 2},
        {TEXT("\"\\u000d\""), TEXT("\"\\r\""), 2},
        {TEXT("\"\\u0022\""), TEXT("\"\\\"\""), 2},
        {TEXT("\"\\u005c\""), TEXT("\"\\\\\""), 2},
        {TEXT("\"\\u005cn\""), TEXT("\"\\\\n\""), 2},
        {TEXT("\"\\u001F\""), TEXT("\"\\u001f\""), 6},
        {TEXT("\"\\u000B\""), TEXT("\"\\u000b\""), 6},
        {TEXT("\"\\u007f\""), TEXT("\"\x7f\""), 1},
        {TEXT("\"\\u0020\""), TEXT("\" \""), 1},
        {TEXT("\"\\u0080\""), TEXT("\"\xc2\x80\""), 1},
        {TEXT("\"\\u00e9\""), TEXT("\"\xc3\xa9\""), 1},
        {TEXT("\"\\u20ac\""), TEXT("\"\xe2\x82\xac\""), 1},
        {TEXT("\"\\ud83d\\ude00\""), TEXT("\"\xf0\x9f\x98\x80\""), 1},
        {TEXT("\"\\uD83D\\uDE00\""), TEXT("\"\xf0\x9f\x98\x80\""), 1},
        {TEXT("\"\\ud900\\udc00\""), TEXT("\"\xf1\x90\x80\x80\""), 1},
        {TEXT("\"\\uDA00\\uDC00\""), TEXT("\"\xf2\x90\x80\x80\""), 1},
        {TEXT("\"\\udbff\\udfff\\/\""), TEXT("\"\xf4\x8f\xbf\xbf/\""), 1},
        {TEXT("\"\\ud7ff\""), TEXT("\"\xed\x9f\xbf\""), 1},
        {TEXT("\"\\ue000\""), TEXT("\"\xee\x80\x80\""), 1},
        {TEXT("\"\\n\\u0001\xc3\xa9\\u0041\""),
         TEXT("\"\\n\\u0001\xc3\xa9"
              "A\""),
         11},
        {TEXT("[\"\\n\",\"\\/\"]"), TEXT("[\"\\n\",\"/\"]"), 7},
        {TEXT("{\"\\u0061\":1}"), TEXT("{\"a\":1}"), 2},
        {TEXT("{\"a\\/\":1}"), TEXT("{\"a/\":1}"), 3},
        {TEXT("{\"a\":\"\\u0061\"}"), TEXT("{\"a\":\"a\"}"), 6},
        {TEXT("{\"\\u0009\":1}"), TEXT("{\"\\t\":1}"), 3},
    };
    check_rows(rows, COUNT_OF(rows));
}

UNIT_TEST(minus_zero)
{
    static const struct row rows[] = {
        {TEXT("-0"), TEXT("0"), 0},
        {TEXT("[-0]"), TEXT("[0]"), 1},
        {TEXT("{\"a\":-0}"), TEXT("{\"a\":0}"), 5},
        {TEXT("[-1,-0,-0]"), TEXT("[-1,0,0]"), 4},
        {TEXT("[-10,-0]"), TEXT("[-10,0]"), 5},
    };
    check_rows(rows, COUNT_OF(rows));
}

/* A key that comes too late makes the text differ where it is missing. */
UNIT_TEST(order_of_keys)
{
    static const struct row rows[] = {
        {TEXT("{\"b\":1,\"a\":2}"), TEXT("{\"a\":2,\"b\":1}"), 2},
        {TEXT("{\"a\":1,\"c\":2,\"b\":3}"), TEXT("{\"a\":1,\"b\":3,\"c\":2}"), 8},
        {TEXT("{\"b\":1,\"c\":2,\"a\":3}"), TEXT("{\"a\":3,\"b\":1,\"c\":2}"), 2},
        /* the least of several that come too late */
        {TEXT("{\"b\":1,\"d\":2,\"c\":3,\"a\":4}"), TEXT("{\"a\":4,\"b\":1,\"c\":3,\"d\":2}"), 2},
        {TEXT("{\"a\":1,\"d\":2,\"b\":3,\"c\":4}"), TEXT("{\"a\":1,\"b\":3,\"c\":4,\"d\":2}"), 8},
        {TEXT("{\"c\":1,\"b\":2,\"a\":3}"), TEXT("{\"a\":3,\"b\":2,\"c\":1}"), 2},
        /* keys with a common beginning differ after it; one may end where the other goes on */
        {TEXT("{\"abc\":1,\"abb\":2}"), TEXT("{\"abb\":2,\"abc\":1}"), 4},
        {TEXT("{\"a\\\"b\":1,\"a\":2}"), TEXT("{\"a\":2,\"a\\\"b\":1}"), 3},
        {TEXT("{\"abc\":1,\"ab\":2}"), TEXT("{\"ab\":2,\"abc\":1}"), 4},
        {TEXT("{\"a\":1,\"\":2}"), TEXT("{\"\":2,\"a\":1}"), 2},
        {TEXT("{\"a\":1,\"B\":2}"), TEXT("{\"B\":2,\"a\":1}"), 2},
        /* by code point, not by UTF-16 unit; by value, not by spelling */
        {TEXT("{\"\xf0\x90\x80\x80\":1,\"\xef\xbf\xbf\":2}"), TEXT("{\"\xef\xbf\xbf\":2,\"\xf0\x90\x80\x80\":1}"), 2},
        {TEXT("{\" \":1,\"\\n\":2}"), TEXT("{\"\\n\":2,\" \":1}"), 2},
        {TEXT("{\"\\t\":1,\"\\b\":2}"), TEXT("{\"\\b\":2,\"\\t\":1}"), 3},
        {TEXT("{\"]\":1,\"\\\\\":2}"), TEXT("{\"\\\\\":2,\"]\":1}"), 2},
        {TEXT("{\"\\u0002\":1,\"\\u0001\":2}"), TEXT("{\"\\u0001\":2,\"\\u0002\":1}"), 7},
    };
    check_rows(rows, COUNT_OF(rows));
}

UNIT_TEST(order_of_keys_in_nested_objects)
{
    static const struct row rows[] = {
        {TEXT("[{\"a\":1},{\"b\":1,\"a\":2}]"), TEXT("[{\"a\":1},{\"a\":2,\"b\":1}]"), 11},
        {TEXT("{\"a\":{\"c\":1,\"b\":2}}"), TEXT("{\"a\":{\"b\":2,\"c\":1}}"), 7},
        /* the inner fault is found first, the outer one comes first */
        {TEXT("{\"b\":{\"z\":1,\"y\":2},\"a\":0}"), TEXT("{\"a\":0,\"b\":{\"y\":2,\"z\":1}}"), 2},
        {TEXT("{\"a\":0,\"c\":{\"z\":1,\"y\":2},\"b\":0}"), TEXT("{\"a\":0,\"b\":0,\"c\":{\"y\":2,\"z\":1}}"), 8},
        /* the outer key comes in the right place: the inner fault stays first */
        {TEXT("{\"a\":{\"z\":1,\"y\":2},\"b\":0}"), TEXT("{\"a\":{\"y\":2,\"z\":1},\"b\":0}"), 7},
        {TEXT("{\"a\":{\"z\":1,\"y\":2},\"c\":0,\"b\":0}"), TEXT("{\"a\":{\"y\":2,\"z\":1},\"b\":0,\"c\":0}"), 7},
        /* three levels, arrays between */
        {TEXT("{\"a\":[{\"n\":[{\"q\":1,\"p\":2}],\"m\":3}],\"b\":4}"),
         TEXT("{\"a\":[{\"m\":3,\"n\":[{\"p\":2,\"q\":1}]}],\"b\":4}"), 8},
        /* objects that ended before, or that begin later, at the same level do not count */
        {TEXT("[{\"x\":1},{\"b\":1,\"a\":2},{\"a\":3}]"), TEXT("[{\"x\":1},{\"a\":2,\"b\":1},{\"a\":3}]"), 11},
        {TEXT("{\"a\":{\"x\":0},\"b\":{\"m\":0,\"l\":0},\"c\":{\"a\":0}}"),
         TEXT("{\"a\":{\"x\":0},\"b\":{\"l\":0,\"m\":0},\"c\":{\"a\":0}}"), 19},
        {TEXT("{\"b\":{\"a\":1},\"c\":{\"b\":1, \"a\":1}}"), TEXT("{\"b\":{\"a\":1},\"c\":{\"a\":1,\"b\":1}}"), 19},
    };
    check_rows(rows, COUNT_OF(rows));
}

/* Whatever fault a walk finds first, a key that comes later may make an earlier place the first. */
UNIT_TEST(the_earliest_of_several_faults)
{
    static const struct row rows[] = {
        {TEXT("{\"b\": 1,\"a\":2}"), TEXT("{\"a\":2,\"b\":1}"), 2},
        {TEXT("{ \"b\":1,\"a\":2}"), TEXT("{\"a\":2,\"b\":1}"), 1},
        {TEXT("{\"b\":-0,\"a\":2}"), TEXT("{\"a\":2,\"b\":0}"), 2},
        {TEXT("{\"a\":-0,\"c\":1,\"b\":2}"), TEXT("{\"a\":0,\"b\":2,\"c\":1}"), 5},
        {TEXT("{\"b\":[\"\\/\"],\"a\":2}"), TEXT("{\"a\":2,\"b\":[\"/\"]}"), 2},
        {TEXT("{\"b\":[1 ],\"a\":2}"), TEXT("{\"a\":2,\"b\":[1]}"), 2},
        {TEXT("{\"b\":{} ,\"a\":2}"), TEXT("{\"a\":2,\"b\":{}}"), 2},
        {TEXT("{\"b\":1 ,\"a\":2}"), TEXT("{\"a\":2,\"b\":1}"), 2},
        {TEXT("{\"b\":1, \"a\":2}"), TEXT("{\"a\":2,\"b\":1}"), 2},
        {TEXT("{\"b\":1,\"a\" :2}"), TEXT("{\"a\":2,\"b\":1}"), 2},
        {TEXT("{\"b\":1,\"\\u0061\":2}"), TEXT("{\"a\":2,\"b\":1}"), 2},
        {TEXT("{\"b\":1,\"c\":[ ],\"a\":2}"), TEXT("{\"a\":2,\"b\":1,\"c\":[]}"), 2},
        {TEXT("{\"a\":1 }"), TEXT("{\"a\":1}"), 6},
        /* a faulty spelling inside the very key that must give way */
        {TEXT("{\"\\u0062\":1,\"a\":2}"), TEXT("{\"a\":2,\"b\":1}"), 2},
        {TEXT("{\"ab\\u0063\":1,\"abb\":2}"), TEXT("{\"abb\":2,\"abc\":1}"), 4},
        {TEXT("{\"a\\u0062c\":1,\"\\\\\":2}"), TEXT("{\"\\\\\":2,\"abc\":1}"), 2},
        /* there the backslash fits the key that belongs there, but not what follows it */
        {TEXT("{\"\\u0041\":1,\"\\n\":2}"), TEXT("{\"\\n\":2,\"A\":1}"), 3},
        {TEXT("{\"\\u0041\":1,\"\\u0001\":2}"), TEXT("{\"\\u0001\":2,\"A\":1}"), 6},
        {TEXT("{\"a\":1,\"c\\/\":2,\"b\":3}"), TEXT("{\"a\":1,\"b\":3,\"c/\":2}"), 8},
        /* the key that belongs there is spelt with escapes, which it would not be */
        {TEXT("{\"\xf1\x90\x80\x80"
              "b\":1,\"\\ud900\\udc00"
              "a\":2}"),
         TEXT("{\"\xf1\x90\x80\x80"
              "a\":2,\"\xf1\x90\x80\x80"
              "b\":1}"),
         6},
        {TEXT("{\"\xf2\x90\x80\x80"
              "b\":1,\"\\uDA00\\uDC00"
              "a\":2}"),
         TEXT("{\"\xf2\x90\x80\x80"
              "a\":2,\"\xf2\x90\x80\x80"
              "b\":1}"),
         6},
        {TEXT("{\"\xf4\x8f\xbf\xbf"
              "b\":1,\"\\udbff\\udfff"
              "a\":2}"),
         TEXT("{\"\xf4\x8f\xbf\xbf"
              "a\":2,\"\xf4\x8f\xbf\xbf"
              "b\":1}"),
         6},
        {TEXT("{\"\xed\x9f\xbf"
              "b\":1,\"\\ud7ff"
              "a\":2}"),
         TEXT("{\"\xed\x9f\xbf"
              "a\":2,\"\xed\x9f\xbf"
              "b\":1}"),
         5},
        /* after the fault in a container that is closed by then, nothing counts */
        {TEXT("[{\"b\":-0},{\"a\":1}]"), TEXT("[{\"b\":0},{\"a\":1}]"), 6},
        {TEXT("{\"b\":{\"x\":-0},\"c\":{\"a\":1}}"), TEXT("{\"b\":{\"x\":0},\"c\":{\"a\":1}}"), 10},
        {TEXT("{\"a\":{\"x\":1} ,\"b\":{\"w\":1}}"), TEXT("{\"a\":{\"x\":1},\"b\":{\"w\":1}}"), 12},
    };
    check_rows(rows, COUNT_OF(rows));
}

UNIT_TEST(faults_at_every_level_of_a_deep_document)
{
    for (unsigned level = 1; level <= JSON_MAX_DEPTH; level++) {
        char text[JSON_MAX_DEPTH * 16];
        size_t size = 0;
        for (unsigned i = 0; i < JSON_MAX_DEPTH; i++) {
            size += sample_append(text + size, "{\"m\":");
        }
        text[size++] = '0';
        for (unsigned i = JSON_MAX_DEPTH; i > 0; i--) {
            size += sample_append(text + size, i == level ? ",\"k\":1}" : "}");
        }
        /* In the object of that level the k belongs where the m is. */
        CHECK_U64(json_first_difference(base_bytes_make(text, size), NULL), 5 * (level - 1) + 2);
    }
}

/* A difference after the fault does not count. */
UNIT_TEST(before_a_syntax_fault_the_text_is_checked)
{
    static const char sample[] = "{\"b\\n\":[1,-0 ,{\"\xc3\xa9\":\"\\u0041\"}],\"a\":[true,null]}";
    for (size_t size = 0; size + 1 < sizeof sample; size++) {
        struct base_bytes text = sample_copy(base_bytes_make(sample, size));
        struct json_tokenizer json;
        if (!json_validate(&json, text)) {
            CHECK_ROW(json_first_difference(text, NULL) <= json.error_at, true, sample + size);
        }
        sample_free(text);
    }
}

UNIT_TEST(a_million_keys_in_falling_order)
{
    enum { KEYS = 1000000, ENTRY = 13 }; /* ,"xxxxxxxx":0 */
    char *text = malloc((size_t)KEYS * ENTRY + 1);
    REQUIRE(text != NULL);
    size_t size = 0;
    for (uint32_t i = 0; i < KEYS; i++) {
        text[size] = i == 0 ? '{' : ',';
        size += 1 + (size_t)snprintf(text + size + 1, ENTRY, "\"%08x\":0", KEYS - 1 - i);
    }
    text[size++] = '}';
    /* 000f423f is where 00000000 belongs */
    CHECK_U64(json_first_difference(base_bytes_make(text, size), NULL), 5);
    free(text);
}
