/* Lines and columns: every position of a text, in any order. */
#include "base/lines.h"
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
}

static const char *const texts[] = {
    "", "a", "\n", "\n\n", "ab\ncd", "ab\r\n\r\ncd\n", "\n\nabc\n\n\nd\n", "\xc3\xa4\n\xc3\xa4"};

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
