#include "base/lines.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { MARK_DISTANCE = 4096 }; /* in bytes */

struct base_lines base_lines_of(struct base_bytes text)
{
    return (struct base_lines){.text = text, .line = 1};
}

static void begin_line(struct base_lines *lines, size_t begin)
{
    lines->begin = begin;
    lines->counted = begin;
    lines->characters = 0;
}

static void go_forward(struct base_lines *lines, size_t position)
{
    while (lines->at < position) {
        const uint8_t *end = memchr(lines->text.data + lines->at, '\n', position - lines->at);
        lines->at = end != NULL ? (size_t)(end - lines->text.data) + 1 : position;
        if (end != NULL) {
            begin_line(lines, lines->at);
            lines->line++;
        }
    }
}

/* Only a position before the begin of the line is in another line. */
static void go_back(struct base_lines *lines, size_t position)
{
    while (lines->begin > position) {
        size_t begin = lines->begin - 1; /* the end of the line before it */
        while (begin > 0 && lines->text.data[begin - 1] != '\n') {
            begin--;
        }
        begin_line(lines, begin);
        lines->line--;
    }
    lines->at = position;
}

bool base_lines_find(struct base_lines *lines, uint64_t position, uint64_t *line, uint64_t *column)
{
    if (position > lines->text.size) {
        return false;
    }
    if (position >= lines->at) {
        go_forward(lines, (size_t)position);
    } else {
        go_back(lines, (size_t)position);
    }
    *line = lines->line;
    *column = position - lines->begin + 1;
    return true;
}

/* The length of the character that begins at a byte, with how many code units it has; 0 if none does. */
static size_t character_at(const struct base_lines *lines, size_t at, unsigned *units)
{
    uint32_t character = 0;
    size_t length = base_utf8_decode(base_bytes_make(lines->text.data + at, lines->text.size - at), &character);
    *units = character > 0xffff ? 2 : 1;
    return length;
}

/* The code units that a byte adds: the first byte of a character has all of them, the others have none. */
static unsigned units_of(const struct base_lines *lines, size_t at)
{
    enum { LONGEST = 4 };
    unsigned units = 1;
    if (lines->text.data[at] < 0x80 || character_at(lines, at, &units) > 0) {
        return units;
    }
    for (size_t back = 1; back < LONGEST && back <= at - lines->begin; back++) {
        if (character_at(lines, at - back, &units) > back) {
            return 0;
        }
    }
    return 1;
}

uint64_t base_lines_character(struct base_lines *lines)
{
    for (; lines->counted < lines->at; lines->counted++) {
        lines->characters += units_of(lines, lines->counted);
    }
    for (; lines->counted > lines->at; lines->counted--) {
        lines->characters -= units_of(lines, lines->counted - 1);
    }
    return lines->characters;
}

struct base_lines_marks base_lines_mark(struct base_bytes text)
{
    size_t count = text.size / MARK_DISTANCE + 1;
    struct base_lines_marks marks = {.text = text, .marks = calloc(count, sizeof *marks.marks)};
    struct base_lines lines = base_lines_of(text);
    for (size_t i = 0; i < count && marks.marks != NULL; i++) {
        go_forward(&lines, i * MARK_DISTANCE);
        (void)base_lines_character(&lines);
        marks.marks[i] = lines;
    }
    return marks;
}

struct base_lines base_lines_near(const struct base_lines_marks *marks, uint64_t position)
{
    bool marked = marks->marks != NULL && position <= marks->text.size;
    return marked ? marks->marks[position / MARK_DISTANCE] : base_lines_of(marks->text);
}

void base_lines_unmark(struct base_lines_marks *marks)
{
    free(marks->marks);
    marks->marks = NULL;
}

bool base_lines_is_conflict(struct base_bytes text, size_t position)
{
    static const char *const markers[] = {"<<<<<<<", "=======", ">>>>>>>", "|||||||"};
    enum { MARKER = 7 };
    size_t begin = position;
    while (begin > 0 && text.data[begin - 1] != '\n') {
        begin--;
    }
    for (size_t i = 0; i < sizeof markers / sizeof markers[0]; i++) {
        if (text.size - begin >= MARKER && memcmp(text.data + begin, markers[i], MARKER) == 0) {
            return true;
        }
    }
    return false;
}
