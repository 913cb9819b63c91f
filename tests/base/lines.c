/* Lines, columns and characters: every position of a text, in any order. */
#include "base/lines.h"

#include "base/utf8.h"
#include "tests/lib/sample.h"

/* The rule, written down a second time: counts from the begin. */
static void count_from_begin(struct base_bytes text, size_t position, uint64_t *line, uint64_t *column)
{
    *line = 1;
    *column = 1;
    for (size_t i = 0; i < position; i++) {
        *column = text.data[i] == '\n' ? 1 : *column + 1;
        *line += text.data[i] == '\n';
    }
}

/* The rule, written down a second time: an editor's text of UTF-16, where each byte that is not UTF-8 is a character.
 */
static uint64_t count_characters(struct base_bytes text, size_t position)
{
    uint64_t characters = 0;
    size_t at = position;
    while (at > 0 && text.data[at - 1] != '\n') {
        at--;
    }
    while (at < position) {
        uint32_t character = 0;
        size_t length = base_utf8_decode(base_bytes_make(text.data + at, text.size - at), &character);
        characters += character > 0xffff && length > 0 ? 2 : 1;
        at += length > 0 ? length : 1;
    }
    return characters;
}

static void check_find(struct base_lines *lines, size_t position)
{
    uint64_t line = 0;
    uint64_t column = 0;
    uint64_t right_line;
    uint64_t right_column;
    count_from_begin(lines->text, position, &right_line, &right_column);
    CHECK(base_lines_find(lines, position, &line, &column));
    CHECK_U64(line, right_line);
    CHECK_U64(column, right_column);
    CHECK_U64(base_lines_character(lines), count_characters(lines->text, position));
}

static const char *const texts[] = {
    "",
    "a",
    "\n",
    "\n\n",
    "ab\ncd",
    "ab\r\n\r\ncd\n",
    "\n\nabc\n\n\nd\n",
    "\xc3\xa4\n\xc3\xa4",
    "a\xf0\x9f\x98\x80z\n\xe2\x82\xac\xf0\x9f\x98\x80x",          /* two code units, then one and two */
    "\xc3\n\x80\x80\xe2\x82\nab\xf0\x9f\x98\xff\xed\xa0\x80\x80", /* nothing of it is UTF-8 */
    "\xf0\x9f\x98\x80\x80\x80\x80\x80\n",
};

UNIT_TEST(each_position_is_found_after_each_other_one)
{
    for (size_t t = 0; t < COUNT_OF(texts); t++) {
        struct base_bytes text = base_bytes_of_string(texts[t]);
        for (size_t first = 0; first <= text.size; first++) {
            for (size_t second = 0; second <= text.size; second++) {
                struct base_lines lines = base_lines_of(text);
                check_find(&lines, first);
                check_find(&lines, second);
                check_find(&lines, first);
            }
        }
    }
}

UNIT_TEST(characters_are_those_of_editors)
{
    /* the euro sign is one code unit, the face is two, a stray byte is one */
    struct base_lines lines = base_lines_of(base_bytes_of_string("\xc3\xa4\n\xe2\x82\xac\xf0\x9f\x98\x80\xffx"));
    static const struct {
        size_t position;
        uint64_t character;
    } places[] = {{11, 4}, {3, 0}, {6, 1}, {10, 3}, {2, 1}, {12, 5}, {0, 0}};
    uint64_t line;
    uint64_t column;
    CHECK_U64(base_lines_character(&lines), 0);
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        REQUIRE(base_lines_find(&lines, places[i].position, &line, &column));
        CHECK_U64(base_lines_character(&lines), places[i].character);
    }
}

UNIT_TEST(a_cursor_near_a_position_finds_what_one_from_the_begin_does)
{
    enum { SIZE = 3 * 4096 + 7 };
    static uint8_t bytes[SIZE];
    static const char pattern[] = "a\xe2\x82\xac\xf0\x9f\x98\x80\x80";
    for (size_t i = 0; i < SIZE; i++) {
        bytes[i] = i % 997 == 996 && i < 8192 ? '\n' : (uint8_t)pattern[i % (sizeof pattern - 1)];
    }
    struct base_lines_marks marks = base_lines_mark(base_bytes_make(bytes, SIZE));
    REQUIRE(marks.marks != NULL);
    struct base_lines right = base_lines_of(marks.text);
    for (size_t position = 0; position <= SIZE; position += 61) {
        uint64_t line = 0;
        uint64_t column = 0;
        uint64_t right_line = 0;
        uint64_t right_column = 0;
        struct base_lines lines = base_lines_near(&marks, position);
        CHECK(lines.at <= position && position - lines.at < 4096);
        CHECK(base_lines_find(&lines, position, &line, &column));
        CHECK(base_lines_find(&right, position, &right_line, &right_column));
        CHECK_U64(line, right_line);
        CHECK_U64(column, right_column);
        CHECK_U64(base_lines_character(&lines), base_lines_character(&right));
    }
    struct base_lines beyond = base_lines_near(&marks, SIZE + 1);
    CHECK_U64(beyond.at, 0);
    base_lines_unmark(&marks);
    struct base_lines unmarked = base_lines_near(&marks, SIZE);
    CHECK_U64(unmarked.at, 0);
}

UNIT_TEST(markers_of_a_conflict_begin_their_line)
{
    static const char text[] = "a\n<<<<<<< HEAD\nb\n=======\n>>>>>>> x\n <<<<<<<\n<<<<<<";
    struct base_bytes bytes = base_bytes_of_string(text);
    CHECK(!base_lines_is_conflict(bytes, 0));
    CHECK(!base_lines_is_conflict(bytes, 1));
    CHECK(base_lines_is_conflict(bytes, 2));
    CHECK(base_lines_is_conflict(bytes, 14)); /* the end of its line */
    CHECK(!base_lines_is_conflict(bytes, 15));
    CHECK(base_lines_is_conflict(bytes, 17));
    CHECK(base_lines_is_conflict(bytes, 30));
    CHECK(!base_lines_is_conflict(bytes, 36));
    CHECK(!base_lines_is_conflict(bytes, bytes.size));
    CHECK(!base_lines_is_conflict(base_bytes_of_string(""), 0));
}

UNIT_TEST(a_position_beyond_the_end_has_no_line)
{
    uint64_t line = 7;
    uint64_t column = 8;
    struct base_lines lines = base_lines_of(base_bytes_of_string("ab\ncd"));
    CHECK(!base_lines_find(&lines, 6, &line, &column));
    CHECK(!base_lines_find(&lines, UINT64_MAX, &line, &column));
    CHECK_U64(line, 7);
    CHECK_U64(column, 8);
    check_find(&lines, 5);
    lines = base_lines_of((struct base_bytes){.data = NULL});
    CHECK(!base_lines_find(&lines, 1, &line, &column));
    check_find(&lines, 0);
}
