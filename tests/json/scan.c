/* The pieces of the fast way. That they refuse what is wrong, the general way tells; here also that they take what is
 * right, since giving up is only slower and nothing else would notice. */
#include "json/scan.h"

#include "tests/lib/unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* A copy of exactly the text's size, so that a sanitizer sees reads past its end. */
struct copy {
    uint8_t *data;
    const uint8_t *end;
};

static struct copy copy_of(const void *text, size_t size)
{
    struct copy copy = {.data = malloc(size > 0 ? size : 1)};
    if (copy.data == NULL) {
        abort();
    }
    if (size > 0) {
        memcpy(copy.data, text, size);
    }
    copy.end = copy.data + size;
    return copy;
}

/* How many bytes are taken, or -1. */
static int64_t taken(const struct copy *copy, const uint8_t *at)
{
    return at != NULL ? at - copy->data : -1;
}

/* ---- Integers ---- */

static int64_t integer(const char *text, uint64_t *value)
{
    struct copy copy = copy_of(text, strlen(text));
    int64_t size = taken(&copy, json_scan_integer(copy.data, copy.end, value));
    uint64_t slow = 0;
    CHECK_U64(taken(&copy, json_scan_long_integer(copy.data, copy.end, &slow)), size);
    if (size >= 0) {
        CHECK_U64(slow, *value);
    }
    free(copy.data);
    return size;
}

/* Whatever comes after it, and however much. */
static void check_integer(uint64_t number)
{
    static const char *const behind[] = {"",  ",", "}",  "]",  ",\"a\"", ",\"size\":123}",
                                         "/", ":", ".5", "e1", "-",      "\x80\xFF"};
    for (size_t i = 0; i < sizeof behind / sizeof behind[0]; i++) {
        char text[64];
        uint64_t value = 77;
        int digits = snprintf(text, sizeof text, "%" PRIu64, number);
        (void)snprintf(text + digits, sizeof text - (size_t)digits, "%s", behind[i]);
        CHECK_U64(integer(text, &value), digits);
        CHECK_U64(value, number);
    }
}

UNIT_TEST(integers_of_every_length_are_taken)
{
    uint64_t ones = 0;
    uint64_t power = 1;
    for (unsigned digits = 1; digits <= 15; digits++) {
        ones = ones * 10 + digits % 10;
        check_integer(ones);
        check_integer(power);
        power *= 10;
        check_integer(power - 1);
    }
    check_integer(0);
    check_integer(1000000000000000);
    check_integer(9007199254740991);
}

UNIT_TEST(other_integers_are_not)
{
    static const char *const texts[] = {"",
                                        "-1",
                                        "-",
                                        ",",
                                        "a",
                                        "/",
                                        ":",
                                        "00",
                                        "01",
                                        "01,\"sizes\":",
                                        "00000000",
                                        "000000001",
                                        "9007199254740992",
                                        "9999999999999999",
                                        "10000000000000000",
                                        "18446744073709551616",
                                        "-1,\"size\":",
                                        "\"size\":12345"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        uint64_t value;
        CHECK(integer(texts[i], &value) < 0);
    }
}

/* ---- Strings ---- */

/* Plain bytes but for one, and after it another special one: where does the plain part end? */
static void check_plain(size_t size, size_t at, uint8_t byte)
{
    uint8_t text[40];
    bool special = byte < 0x20 || byte >= 0x80 || byte == '"' || byte == 0x5C;
    memset(text, 'x', sizeof text);
    text[at] = byte;
    size_t expected = special ? at : size;
    if (at + 3 < size) {
        text[at + 3] = '"';
        expected = special ? at : at + 3;
    }
    struct copy copy = copy_of(text, size);
    CHECK_U64(json_scan_plain(copy.data, copy.end) - copy.data, expected);
    free(copy.data);
}

UNIT_TEST(plain_bytes_end_at_the_first_special_one)
{
    for (size_t size = 1; size <= 40; size++) {
        for (size_t at = 0; at < size; at++) {
            for (unsigned byte = 0; byte < 256; byte++) {
                check_plain(size, at, (uint8_t)byte);
            }
        }
    }
}

static int64_t string(const char *text, size_t size)
{
    struct copy copy = copy_of(text, size);
    int64_t found = taken(&copy, json_scan_string(copy.data, copy.end, NULL));
    free(copy.data);
    return found;
}

UNIT_TEST(each_escape_has_one_spelling)
{
    static const char *const two[] = {"\\\"", "\\\\", "\\b", "\\t", "\\n", "\\f", "\\r"};
    char text[16];
    for (size_t i = 0; i < sizeof two / sizeof two[0]; i++) {
        (void)snprintf(text, sizeof text, "%s\"", two[i]);
        CHECK_U64(string(text, 3), 2);
        CHECK(string(text, 2) < 0);
    }
    for (unsigned unit = 0; unit < 0x100; unit++) {
        bool has_two = unit == 8 || unit == 9 || unit == 10 || unit == 12 || unit == 13;
        (void)snprintf(text, sizeof text, "\\u%04x\"", unit);
        CHECK_U64(string(text, 7), unit < 0x20 && !has_two ? 6 : -1);
        for (size_t size = 0; size < 7; size++) {
            CHECK(string(text, size) < 0);
        }
    }
    static const char *const never[] = {"\\/\"",     "\\a\"",     "\\u001F\"", "\\U001f\"", "\\u101f\"",
                                        "\\u011f\"", "\\u002f\"", "\\u001g\"", "\\u001`\"", "\\u001/\"",
                                        "\\u001:\"", "\\u00 0\"", "\\'\"",     "\\\x01\""};
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++) {
        CHECK(string(never[i], strlen(never[i])) < 0);
    }
}

UNIT_TEST(longer_sequences_are_taken_whole)
{
    static const char *const texts[] = {"\xC3\xA9\"",
                                        "\xE2\x82\xAC\"",
                                        "\xF0\x9F\x98\x80\"",
                                        "a\xC3\xA9z\xE2\x82\xAC\\nq\"",
                                        "\x7F\"",
                                        "twenty plain bytes and \xF0\x9F\x98\x80 then twenty more of them\""};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        size_t size = strlen(texts[i]);
        CHECK_U64(string(texts[i], size), size - 1);
        CHECK_U64(string(texts[i], size - 1), -1);
    }
    CHECK(string("\xC3\"", 2) < 0);
    CHECK(string("\xFF\"", 2) < 0);
    CHECK(string("a\x1F\"", 3) < 0);
    CHECK(string("", 0) < 0);
    CHECK_U64(string("\"", 1), 0);
}

/* ---- Objects ---- */

/* ' is written for ". */
static char quoted(char byte)
{
    if (byte == '\'') {
        byte = '"';
    }
    return byte;
}

/* The text after the opening brace, with ' for ". Twice with one nest, since it remembers keys. */
static int64_t object_in(struct json_scan_nest *nest, const char *pattern)
{
    char text[256];
    size_t size = strlen(pattern);
    for (size_t i = 0; i < size; i++) {
        text[i] = quoted(pattern[i]);
    }
    struct copy copy = copy_of(text, size);
    int64_t found = taken(&copy, json_scan_object(nest, copy.data, copy.end));
    /* What is remembered lies in the text, so it must not outlive it. */
    nest->known_count = 0;
    free(copy.data);
    return found;
}

static int64_t object(const char *pattern)
{
    struct json_scan_nest nest = {.depth = 0};
    return object_in(&nest, pattern);
}

static void check_object(const char *pattern)
{
    CHECK_U64(object(pattern), strlen(pattern));
    for (size_t size = 0; size < strlen(pattern); size++) {
        char cut[256];
        (void)snprintf(cut, sizeof cut, "%.*s", (int)size, pattern);
        CHECK(object(cut) < 0);
    }
}

UNIT_TEST(canonical_objects_are_taken)
{
    check_object("}");
    check_object("'a':1}");
    check_object("'a':-1}");
    check_object("'a':0,'b':true,'c':false,'d':null,'e':'x','f':[],'g':{}}");
    check_object("'':0,'a':0,'aa':0,'ab':0,'b':0}");
    check_object("'a':[1,[2,[]],{'x':[{}]}],'b':{'a':{'a':0}}}");
    check_object("'a':{'b':1,'c':2},'b':{'a':1}}");
    check_object("'key\\n':1,'keyz':2}");
    check_object("'cafz':1,'caf\xC3\xA9':2}");
    check_object("'abcdefgh':1,'abcdefghi':2,'abcdefgi':3}");
    check_object("'a':9007199254740991,'b':-9007199254740991}");
    check_object("'m0':0,'m1':1,'m2':2,'m3':3,'m4':4,'m5':5,'m6':6,'m7':7,'m8':8,'m9':9}");
    CHECK_U64(object("'a':1},'b'"), 6);
}

UNIT_TEST(other_objects_are_not)
{
    static const char *const texts[] = {"",
                                        "'b':1,'a':2}",
                                        "'a':1,'a':2}",
                                        "'aa':1,'a':2}",
                                        "'a' :1}",
                                        "'a': 1}",
                                        "'a':1 }",
                                        "'a':1,}",
                                        ",'a':1}",
                                        "'a':-0}",
                                        "'a':1.0}",
                                        "'a':1e1}",
                                        "'a':01}",
                                        "'a':tru}",
                                        "'a':truE}",
                                        "'a':falsy}",
                                        "'a':nul}",
                                        "'a':[1,]}",
                                        "'a':[1 ]}",
                                        "'a':[1}]",
                                        "'a':{'b':1]}",
                                        "'a'}",
                                        "a:1}",
                                        "'a':1,'b'}",
                                        "'a':{'b':1,'a':1}}",
                                        "'a':[{'b':1,'a':1}]}",
                                        "'a':+1}",
                                        "'a':'x}",
                                        "'a':}",
                                        "'a':,}",
                                        "'a':9007199254740992}",
                                        "'\xC3\xA9':1,'z':1}",
                                        "'b\\n':1,'a\\n':1}",
                                        "{}",
                                        "]"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        CHECK(object(texts[i]) < 0);
    }
}

static int64_t nested(unsigned levels, char open, char close)
{
    char text[256] = "";
    size_t size = 0;
    for (unsigned i = 1; i < levels; i++) {
        size += (size_t)snprintf(text + size, sizeof text - size, "%s%c", i == 1 || open == '{' ? "'a':" : "", open);
    }
    size += (size_t)snprintf(text + size, sizeof text - size, "%s0", open == '{' || levels == 1 ? "'a':" : "");
    for (unsigned i = 1; i < levels; i++) {
        text[size++] = close;
    }
    (void)snprintf(text + size, sizeof text - size, "}");
    return object(text) - (int64_t)strlen(text);
}

UNIT_TEST(sixteen_levels_are_taken)
{
    for (unsigned levels = 1; levels <= 16; levels++) {
        CHECK_U64(nested(levels, '[', ']'), 0);
        CHECK_U64(nested(levels, '{', '}'), 0);
    }
    CHECK(nested(17, '[', ']') < 0);
    CHECK(nested(17, '{', '}') < 0);
}

/* Objects of one text, whose keys are those of the one before, or begin like them, or do not. */
UNIT_TEST(keys_that_are_remembered_are_still_compared)
{
    static const char *const objects[] = {"'aa':1,'bb':2,'cc':3}",
                                          "'aa':1,'bb':2,'cc':3}",
                                          "'aa':1,'bc':2,'cc':3}",
                                          "'aa':1}",
                                          "'aa':1,'bb':{'x':1,'y':2}}",
                                          "'ab':1}",
                                          "'a\\n':1,'bb':2}",
                                          "'a\\n':1,'bb':2}",
                                          "'a0':1,'a1':2,'a2':3,'a3':4,'a4':5,'a5':6,'a6':7,'a7':8,'a8':9,'a9':10}",
                                          "'a0':1,'a1':2,'a2':3,'a3':4,'a4':5,'a5':6,'a6':7,'a7':8,'a8':9,'a9':10}",
                                          "'longer name of a key':1,'zz':2}",
                                          "'longer name of a kez':1,'zz':2}",
                                          "}",
                                          "'aa':1,'bb':2}"};
    enum { OBJECTS = sizeof objects / sizeof objects[0] };
    for (size_t first = 0; first < OBJECTS; first++) {
        for (size_t second = 0; second < OBJECTS; second++) {
            char text[256];
            struct json_scan_nest nest = {.depth = 0};
            size_t size = strlen(objects[first]);
            (void)snprintf(text, sizeof text, "%s%s", objects[first], objects[second]);
            size_t total = strlen(text);
            for (size_t i = 0; i < total; i++) {
                text[i] = quoted(text[i]);
            }
            struct copy copy = copy_of(text, total);
            const uint8_t *at = json_scan_object(&nest, copy.data, copy.end);
            CHECK_U64(taken(&copy, at), size);
            at = at != NULL ? json_scan_object(&nest, at, copy.end) : NULL;
            CHECK_U64(taken(&copy, at), total);
            free(copy.data);
        }
    }
}

UNIT_TEST(a_remembered_key_does_not_hide_a_wrong_order)
{
    static const char *const texts[] = {
        "'aa':1,'bb':2}'aa':1,'bb':2,'ab':3}", "'aa':1,'bb':2}'bb':1,'aa':2}",
        "'aa':1,'bb':2}'aa':1,'aa':2}",        "'aa':1,'bb':2,'cc':3}'aa':1,'cc':2,'bb':3}",
        "'aa':1,'cc':2}'aa':1,'bb':2,'ba':3}", "'aa':1,'bb':2}'cc':1,'bb':2}"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char text[256];
        struct json_scan_nest nest = {.depth = 0};
        size_t total = strlen(texts[i]);
        for (size_t at = 0; at < total; at++) {
            text[at] = quoted(texts[i][at]);
        }
        struct copy copy = copy_of(text, total);
        const uint8_t *at = json_scan_object(&nest, copy.data, copy.end);
        REQUIRE(at != NULL);
        CHECK(json_scan_object(&nest, at, copy.end) == NULL);
        free(copy.data);
    }
}

/* Scans both objects of a text with one nest; returns whether the second is taken, too. */
static bool both_taken(const char *pattern)
{
    char text[256];
    struct json_scan_nest nest = {.depth = 0};
    size_t total = strlen(pattern);
    for (size_t at = 0; at < total; at++) {
        text[at] = quoted(pattern[at]);
    }
    struct copy copy = copy_of(text, total);
    const uint8_t *at = json_scan_object(&nest, copy.data, copy.end);
    REQUIRE(at != NULL);
    at = json_scan_object(&nest, at, copy.end);
    free(copy.data);
    return at != NULL;
}

UNIT_TEST(a_key_with_an_escape_is_compared_by_value_each_time)
{
    /* 0x22 is below 0x23, though the backslash of its spelling is not. */
    CHECK(both_taken("'\\\"':1}'\\\"':1,'#':2}"));
    CHECK(!both_taken("'\\\"':1}'#':1,'\\\"':2}"));
}

UNIT_TEST(a_remembered_key_is_compared_to_its_end)
{
    /* What ends like the key comes a word after it. */
    CHECK(!both_taken("'abcdefghij':1}'abcdefgh\001j':1,'zzzzzefghij':0}"));
    CHECK(both_taken("'abcdefghij':1}'abcdefghkj':1,'zzzzzefghij':0}"));
}
