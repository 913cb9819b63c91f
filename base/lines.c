#include "base/lines.h"

#include <string.h>

struct base_lines base_lines_of(struct base_bytes text)
{
    return (struct base_lines){.text = text, .line = 1};
}

static void go_forward(struct base_lines *lines, size_t position)
{
    while (lines->at < position) {
        const uint8_t *end = memchr(lines->text.data + lines->at, '\n', position - lines->at);
        lines->at = end != NULL ? (size_t)(end - lines->text.data) + 1 : position;
        if (end != NULL) {
            lines->begin = lines->at;
            lines->line++;
        }
    }
}

/* Only a position before the begin of the line is in another line. */
static void go_back(struct base_lines *lines, size_t position)
{
    while (lines->begin > position) {
        lines->line--;
        lines->begin--; /* to the end of the line before it */
        while (lines->begin > 0 && lines->text.data[lines->begin - 1] != '\n') {
            lines->begin--;
        }
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
