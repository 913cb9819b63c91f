#include "verify/flac/comment.h"

#include <string.h>

enum { LENGTH_BYTES = 4, DIGITS_MAX = 15, NAME_MAX = 10, TEXT_MAX = NAME_MAX + 1 + DIGITS_MAX };

static uint64_t rest(const struct verify_flac_bits *bits, uint64_t end)
{
    return end - verify_flac_bits_position(bits);
}

/* A number of 4 bytes, little endian. False when it passes the end. */
static bool take_number(struct verify_flac_bits *bits, uint64_t end, uint32_t *number)
{
    if (rest(bits, end) < LENGTH_BYTES) {
        return false;
    }
    *number = 0;
    for (unsigned i = 0; i < LENGTH_BYTES; i++) {
        *number |= verify_flac_bits_take(bits, 8) << 8 * i;
    }
    return !verify_flac_bits_failed(bits);
}

/* Whether the text is NAME=, in upper or lower case. */
static bool has_name(const char *text, size_t size, const char *name)
{
    size_t length = strlen(name);
    if (size <= length || text[length] != '=') {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        int upper = text[i] >= 'a' && text[i] <= 'z' ? text[i] - 'a' + 'A' : text[i];
        if (upper != name[i]) {
            return false;
        }
    }
    return true;
}

/* The field has `length` bytes; `size` of them are in the text. */
static void take_field(const char *text, size_t size, uint32_t length, const char *name,
                       struct verify_flac_field *field)
{
    if (field->is_there || !has_name(text, size, name)) {
        return;
    }
    size_t at = strlen(name) + 1;
    field->is_there = true;
    field->is_number = length > at && length - at <= DIGITS_MAX;
    for (; field->is_number && at < length; at++) {
        field->is_number = text[at] >= '0' && text[at] <= '9';
        field->number = field->number * 10 + (uint64_t)(text[at] - '0');
    }
}

void verify_flac_comment_read(struct verify_flac_bits *bits, uint64_t end, struct verify_flac_comment *comment)
{
    char text[TEXT_MAX];
    uint32_t length;
    uint32_t count;
    if (!take_number(bits, end, &length) || length > rest(bits, end)) {
        return;
    }
    verify_flac_bits_seek(bits, verify_flac_bits_position(bits) + length); /* the program that wrote the file */
    if (!take_number(bits, end, &count)) {
        return;
    }
    for (; count > 0 && take_number(bits, end, &length) && length <= rest(bits, end); count--) {
        uint64_t next = verify_flac_bits_position(bits) + length;
        size_t size = length < TEXT_MAX ? length : TEXT_MAX;
        for (size_t i = 0; i < size; i++) {
            text[i] = (char)verify_flac_bits_take(bits, 8);
        }
        take_field(text, size, length, "LOOPSTART", &comment->loop_start);
        take_field(text, size, length, "LOOPLENGTH", &comment->loop_length);
        verify_flac_bits_seek(bits, next);
    }
}
