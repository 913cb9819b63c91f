/* The lines of a palette file, and the words of a line (workspace.md, 3.2.1). */
#ifndef PRPACK_VERIFY_SOURCES_PALETTE_TEXT_H
#define PRPACK_VERIFY_SOURCES_PALETTE_TEXT_H

#include "base/bytes.h"

/* Lines that are still to come. at counts from the start of the file. */
struct verify_palette_lines {
    struct base_bytes file;
    size_t at;
};

/* Begins after a byte-order mark, if there is one. The lines are valid as long as the file's bytes. */
struct verify_palette_lines verify_palette_lines_begin(struct base_bytes file);

/* The next line without blanks at its ends, and where it begins in the file before they are removed. False after the
 * last line. */
bool verify_palette_next_line(struct verify_palette_lines *lines, struct base_bytes *line, size_t *begins);

/* Whether the line is that word, or begins with it. */
bool verify_palette_is(struct base_bytes line, const char *word);
bool verify_palette_begins(struct base_bytes line, const char *word);

/* Removes a number and the blanks after it from the front of the line. What follows the number is a blank or the end of
 * the line. False when there is no number, or when it is above limit, which is at most 65,535; then *line is as it was.
 */
bool verify_palette_take_number(struct base_bytes *line, uint32_t limit, uint32_t *number);

/* Space and tab. */
static inline bool verify_palette_is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t';
}

#endif
