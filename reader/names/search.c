#include "reader/names/search.h"

#include "json/value.h"

#include <string.h>

enum { VALUE_MAX = 4, UNIT_ESCAPE = 6 };

/* The length of the escape at the front of the span, a surrogate pair together; at most what is there.
 * span.size > 0. */
static size_t escape_length(struct base_bytes span)
{
    size_t length = 2;
    if (span.size >= UNIT_ESCAPE && span.data[1] == 'u') {
        uint8_t second = span.data[3] | 0x20;
        bool high = (span.data[2] | 0x20) == 'd' && (second == '8' || second == '9' || second == 'a' || second == 'b');
        length = high ? 2 * (size_t)UNIT_ESCAPE : UNIT_ESCAPE;
    }
    return length < span.size ? length : span.size;
}

/* Takes the bytes up to the next escape, or one escape, off the span and returns their value. span->size > 0. */
static struct base_bytes take_piece(struct base_bytes *span, uint8_t scratch[VALUE_MAX])
{
    const uint8_t *backslash = memchr(span->data, '\\', span->size);
    size_t length = backslash != NULL ? (size_t)(backslash - span->data) : span->size;
    struct base_bytes value = base_bytes_make(span->data, length);
    if (length == 0) {
        length = escape_length(*span);
        size_t size = json_unescape(base_bytes_make(span->data, length), scratch, VALUE_MAX);
        value = base_bytes_make(scratch, size < VALUE_MAX ? size : VALUE_MAX);
    }
    span->data += length;
    span->size -= length;
    return value;
}

static bool is_named(struct base_bytes span, struct base_bytes name)
{
    while (span.size > 0) {
        uint8_t scratch[VALUE_MAX];
        struct base_bytes piece = take_piece(&span, scratch);
        if (piece.size > name.size || memcmp(piece.data, name.data, piece.size) != 0) {
            return false;
        }
        name.data += piece.size;
        name.size -= piece.size;
    }
    return name.size == 0;
}

size_t reader_names_search(struct base_bytes header, const struct reader_table *table, struct base_bytes name)
{
    for (size_t i = 0; i < table->count; i++) {
        if (is_named(reader_row_name(header, &table->rows[i]), name)) {
            return i;
        }
    }
    return PP_NO_ENTRY;
}
