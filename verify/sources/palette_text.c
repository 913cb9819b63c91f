#include "verify/sources/palette_text.h"

#include <string.h>

static struct base_bytes from(struct base_bytes bytes, size_t at)
{
    return base_bytes_make(bytes.data + at, bytes.size - at);
}

struct verify_palette_lines verify_palette_lines_begin(struct base_bytes file)
{
    return (struct verify_palette_lines){.file = file, .at = verify_palette_begins(file, "\xEF\xBB\xBF") ? 3 : 0};
}

static struct base_bytes without_blanks(struct base_bytes line)
{
    while (line.size > 0 && verify_palette_is_blank(line.data[0])) {
        line = from(line, 1);
    }
    while (line.size > 0 && verify_palette_is_blank(line.data[line.size - 1])) {
        line.size--;
    }
    return line;
}

bool verify_palette_next_line(struct verify_palette_lines *lines, struct base_bytes *line, size_t *begins)
{
    if (lines->at >= lines->file.size) {
        return false;
    }
    struct base_bytes rest = from(lines->file, lines->at);
    size_t size = 0;
    while (size < rest.size && rest.data[size] != '\r' && rest.data[size] != '\n') {
        size++;
    }
    *begins = lines->at;
    lines->at += size;
    if (size < rest.size) {
        lines->at += verify_palette_begins(from(rest, size), "\r\n") ? 2 : 1;
    }
    *line = without_blanks(base_bytes_make(rest.data, size));
    return true;
}

bool verify_palette_is(struct base_bytes line, const char *word)
{
    return base_bytes_equal(line, base_bytes_of_string(word));
}

bool verify_palette_begins(struct base_bytes line, const char *word)
{
    size_t size = strlen(word);
    return line.size >= size && memcmp(line.data, word, size) == 0;
}

bool verify_palette_take_number(struct base_bytes *line, uint32_t limit, uint32_t *number)
{
    uint32_t value = 0;
    size_t at = 0;
    for (; at < line->size && line->data[at] >= '0' && line->data[at] <= '9'; at++) {
        value = value * 10 + (line->data[at] - (uint32_t)'0');
        if (value > limit) {
            return false;
        }
    }
    if (at == 0 || (at < line->size && !verify_palette_is_blank(line->data[at]))) {
        return false;
    }
    *number = value;
    *line = without_blanks(from(*line, at));
    return true;
}
