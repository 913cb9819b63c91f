/* From positions to JSON pointers, lines and columns. Documents are written with ' for ", and one ^ marks the position.
 */
#include "json/locate.h"
#include "tests/lib/sample.h"

#include <stdio.h>

/* The document in its true spelling; *mark is where the ^ was. free() it. */
static char *spell(const char *document, size_t *mark)
{
    char *text = malloc(strlen(document) + 1);
    size_t size = 0;
    REQUIRE(text != NULL);
    for (size_t i = 0; document[i] != '\0'; i++) {
        if (document[i] == '^') {
            *mark = size;
        } else {
            text[size++] = document[i];
            if (document[i] == '\'') {
                text[size - 1] = '"';
            }
        }
    }
    text[size] = '\0';
    return text;
}

static void check_pointer(const char *document, const char *expected)
{
    size_t mark = 0;
    char *text = spell(document, &mark);
    struct base_bytes bytes = sample_copy(base_bytes_of_string(text));
    struct json_locator locator;
    struct base_text pointer = BASE_TEXT_EMPTY;
    json_locator_begin(&locator, bytes);
    /* Twice, and once after going past it: the locator walks back. */
    CHECK_ROW(json_locate(&locator, mark, &pointer), true, document);
    CHECK_STRING(base_text_string(&pointer), expected);
    base_text_clear(&pointer);
    (void)json_locate(&locator, bytes.size, &pointer);
    base_text_clear(&pointer);
    CHECK_ROW(json_locate(&locator, mark, &pointer), true, document);
    CHECK_STRING(base_text_string(&pointer), expected);
    /* The second function takes no position after a quote. */
    char *found = NULL;
    bool after_quote = mark > 0 && bytes.data[mark - 1] == '"';
    CHECK(json_pointers_find(bytes, NULL, &mark, &found, 1));
    CHECK_ROW(found == NULL, after_quote, document);
    if (found != NULL) {
        CHECK_STRING(found, expected);
    }
    free(found);
    base_text_free(&pointer);
    sample_free(bytes);
    free(text);
}

UNIT_TEST(positions_become_json_pointers)
{
    check_pointer(" ^{'a':1}", "");
    check_pointer("^7", "");
    check_pointer("{'^a':1}", "/a");
    check_pointer("{'a':^1}", "/a");
    check_pointer("{'a':1,'b':'^x'}", "/b");
    check_pointer("{'a':[[],{},[1,{'b':[true,^null]}]]}", "/a/2/1/b/1");
    check_pointer("{'a':[[],^{},3]}", "/a/1");
    check_pointer("{'a':[[],{},^[]]}", "/a/2");
    check_pointer("{'a':{'b':{}},'c':^{'d':1}}", "/c");
    check_pointer("{'a/b':{'c~d':^1}}", "/a~1b/c~0d");
    check_pointer("{'\\u0061\\n':^1}", "/a\n");
    check_pointer("{'':^1}", "/");
    check_pointer("{'a':[1,2,{'x':[]},^'']}", "/a/3");
    check_pointer("{'a\\u0000b':^1}", "/a\xEF\xBF\xBD"
                                      "b");
}

UNIT_TEST(a_string_begins_at_its_quote_and_after_it)
{
    check_pointer("{^'a':1}", "/a");
    check_pointer("{'^a':1}", "/a");
    check_pointer("['x',^'y']", "/1");
    check_pointer("['x','^y']", "/1");
    check_pointer("['x','^']", "/1");
}

UNIT_TEST(the_end_of_a_container_has_the_pointer_of_the_container)
{
    check_pointer("{'a':[1,{'b':2}^],'c':3}", "/a");
    check_pointer("{'a':[1,{'b':2^}],'c':3}", "/a/1");
    check_pointer("{'a':1^}", "");
}

UNIT_TEST(between_tokens_the_next_one_is_named)
{
    struct base_bytes text = base_bytes_of_string("{\"a\":10 , \"b\":[true]}");
    struct json_locator locator;
    static const struct {
        size_t position;
        const char *pointer;
    } rows[] = {{6, "/b"}, {8, "/b"}, {16, "/b"}, {20, ""}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct base_text pointer = BASE_TEXT_EMPTY;
        json_locator_begin(&locator, text);
        CHECK_ROW(json_locate(&locator, rows[i].position, &pointer), rows[i].position == 20, rows[i].pointer);
        CHECK_STRING(base_text_string(&pointer), rows[i].pointer);
        base_text_free(&pointer);
    }
}

UNIT_TEST(many_positions_are_found_in_one_walk)
{
    struct base_bytes text = base_bytes_of_string("{\"a\":1,\"a\":2,\"b\":[3]}");
    static const size_t positions[] = {0, 1, 1, 7, 8, 9, 13, 17, 18, 99};
    static const char *const expected[] = {"", "/a", "/a", "/a", NULL, NULL, "/b", "/b", "/b/0", NULL};
    char *pointers[COUNT_OF(positions)];
    CHECK(json_pointers_find(text, NULL, positions, pointers, COUNT_OF(positions)));
    for (size_t i = 0; i < COUNT_OF(positions); i++) {
        CHECK_ROW(pointers[i] != NULL, expected[i] != NULL, "position");
        if (pointers[i] != NULL && expected[i] != NULL) {
            CHECK_STRING(pointers[i], expected[i]);
        }
        free(pointers[i]);
    }
}

/* The pointer of a position, after the mark was set. */
static void check_located(struct json_locator *locator, size_t mark, size_t position, const char *expected)
{
    struct base_text pointer = BASE_TEXT_EMPTY;
    json_locator_mark(locator, mark);
    CHECK_ROW(json_locate(locator, position, &pointer), true, expected);
    CHECK_STRING(base_text_string(&pointer), expected);
    base_text_free(&pointer);
}

UNIT_TEST(marks_change_nothing_but_the_work)
{
    static const char text[] = "[{\"a\":1,\"b\":2},{\"a\":3,\"b\":4},{\"a\":5,\"b\":6}]";
    enum { RECORD = 14, FIRST = 1, A = 5, B = 11 }; /* where records begin, and the values in each */
    struct json_locator locator;
    json_locator_begin(&locator, base_bytes_of_string(text));
    check_located(&locator, FIRST, FIRST + B, "/0/b");
    check_located(&locator, FIRST, FIRST + A, "/0/a");
    check_located(&locator, FIRST + RECORD, FIRST + RECORD + B, "/1/b");
    check_located(&locator, FIRST + RECORD, FIRST + RECORD + A, "/1/a");
    check_located(&locator, FIRST + RECORD, FIRST + A, "/0/a");          /* before the mark */
    check_located(&locator, FIRST, FIRST + 2 * RECORD + B, "/2/b");      /* far beyond it */
    check_located(&locator, FIRST + RECORD, FIRST + RECORD + A, "/1/a"); /* a mark that the walk has passed */
    check_located(&locator, FIRST + RECORD + B, FIRST + 2 * RECORD + A, "/2/a");
    check_located(&locator, FIRST + RECORD, FIRST + RECORD + A, "/1/a"); /* before a mark that was moved on */
    check_located(&locator, 0, 0, "");
    check_located(&locator, sizeof text, FIRST + 2 * RECORD + B, "/2/b"); /* a mark beyond the text */
    json_locator_begin(&locator, base_bytes_of_string(text));
    check_located(&locator, 0, FIRST + RECORD + B, "/1/b");
    check_located(&locator, FIRST + RECORD, FIRST + 2 * RECORD + B, "/2/b"); /* passed before it was set */
    check_located(&locator, FIRST + RECORD, FIRST + RECORD + A, "/1/a");
}

UNIT_TEST(a_text_that_stops_being_json_is_located_up_to_there)
{
    struct base_bytes text = base_bytes_of_string("{\"a\":[1,}");
    static const size_t positions[] = {6, 8};
    char *pointers[2];
    CHECK(json_pointers_find(text, NULL, positions, pointers, 2));
    CHECK_STRING(pointers[0], "/a/0");
    CHECK(pointers[1] == NULL);
    free(pointers[0]);
}

UNIT_TEST(endless_keys_make_no_endless_pointer)
{
    char document[2000];
    (void)snprintf(document, sizeof document, "{\"%01000d\":^1}", 0);
    size_t mark = 0;
    char *text = spell(document, &mark);
    struct json_locator locator;
    struct base_text pointer = BASE_TEXT_EMPTY;
    json_locator_begin(&locator, base_bytes_of_string(text));
    CHECK(json_locate(&locator, mark, &pointer));
    CHECK_U64(pointer.size, 1 + 512 + strlen("…"));
    base_text_free(&pointer);
    free(text);
}

UNIT_TEST(what_was_located_has_a_length)
{
    static const struct {
        const char *document;
        size_t length;
    } rows[] = {{"{'ab':^12345,'c':1}", 5}, {"{'^ab':12}", 2}, {"{'a':'^x\\n'}", 3}, {"{'a':^null}", 4},
                {"{'a':^{'b':1}}", 0},      {"{'a':^[1]}", 0}, {"{'a':1}^", 0}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        size_t mark = 0;
        char *text = spell(rows[i].document, &mark);
        struct json_locator locator;
        struct base_text pointer = BASE_TEXT_EMPTY;
        json_locator_begin(&locator, base_bytes_of_string(text));
        (void)json_locate(&locator, mark, &pointer);
        CHECK_U64(json_located_length(&locator), rows[i].length);
        base_text_free(&pointer);
        free(text);
    }
}
