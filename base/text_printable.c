#include "base/text.h"
#include "base/utf8.h"

/* Characters that a terminal obeys or hides instead of showing: controls, bidirectional and zero-width formats, line
 * separators, tags, the byte-order mark. */
static bool is_invisible(uint32_t character)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},     {0x61c, 0x61c},   {0x200b, 0x200f},
        {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe0fff},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (character >= ranges[i].first && character <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

void base_text_add_printable(struct base_text *text, struct base_bytes bytes, size_t limit)
{
    size_t at = 0;
    while (at < bytes.size) {
        struct base_bytes rest = {.data = bytes.data + at, .size = bytes.size - at};
        uint32_t character = 0;
        size_t length = base_utf8_decode(rest, &character);
        if (at + (length == 0 ? 1 : length) > limit) {
            base_text_add_string(text, "…");
            return;
        }
        if (length == 0) {
            base_text_addf(text, "\\x%02x", rest.data[0]);
            length = 1;
        } else if (is_invisible(character) && character < 0x80) {
            base_text_addf(text, "\\x%02x", (unsigned)character);
        } else if (is_invisible(character)) {
            base_text_addf(text, "\\u{%04x}", (unsigned)character);
        } else {
            base_text_add(text, base_bytes_make(rest.data, length));
        }
        at += length;
    }
}
