/* From pointers to values. */
#include "json/resolve.h"
#include "tests/lib/sample.h"
#include "json/value.h"
#include "json/walk.h"

static void check(const char *json, const char *pointer, const char *value, bool wanted)
{
    struct base_bytes text = sample_copy(base_bytes_of_string(json));
    bool found = !wanted;
    struct json_token token = json_resolve(text, json_root(text, NULL), pointer, &found);
    CHECK_ROW(found, wanted, pointer);
    struct base_bytes bytes = json_token_bytes(text, token);
    CHECK_ROW(bytes.size, strlen(value), pointer);
    CHECK(bytes.size == strlen(value) && memcmp(bytes.data, value, bytes.size) == 0);
    sample_free(text);
}

#define DOCUMENT "{\"a\": {\"b\": [1, {\"c\": \"x\"}, []], \"\": 2, \"m/n\": 3, \"t~\": 4}, \"a2\": null}"

UNIT_TEST(a_pointer_names_a_value)
{
    check(DOCUMENT, "", DOCUMENT, true);
    check(DOCUMENT, "/a2", "null", true);
    check(DOCUMENT, "/a/b", "[1, {\"c\": \"x\"}, []]", true);
    check(DOCUMENT, "/a/b/0", "1", true);
    check(DOCUMENT, "/a/b/1/c", "\"x\"", true);
    check(DOCUMENT, "/a/b/2", "[]", true);
    check(DOCUMENT, "/a/", "2", true);
    check(DOCUMENT, "/a/m~1n", "3", true);
    check(DOCUMENT, "/a/t~0", "4", true);
}

UNIT_TEST(what_is_missing_is_in_the_last_value_on_the_way)
{
    static char name[400];
    memset(name, 'n', sizeof name - 1);
    name[0] = '/';
    check(DOCUMENT, "/a3", DOCUMENT, false);
    check(DOCUMENT, "/a/b/3", "[1, {\"c\": \"x\"}, []]", false);
    check(DOCUMENT, "/a/b/x", "[1, {\"c\": \"x\"}, []]", false);
    check(DOCUMENT, "/a/b/-1", "[1, {\"c\": \"x\"}, []]", false);
    check(DOCUMENT, "/a/b/18446744073709551616", "[1, {\"c\": \"x\"}, []]", false);
    check(DOCUMENT, "/a/b/0/c", "1", false);
    check(DOCUMENT, "/a/b/1/d/e", "{\"c\": \"x\"}", false);
    check(DOCUMENT, "a", DOCUMENT, false);
    check(DOCUMENT, name, DOCUMENT, false);
}
