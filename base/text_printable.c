#include "base/hidden.h"
#include "base/text.h"
#include "base/utf8.h"

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
        } else if (base_character_is_hidden(character) && character < 0x80) {
            base_text_addf(text, "\\x%02x", (unsigned)character);
        } else if (base_character_is_hidden(character)) {
            base_text_addf(text, "\\u{%04x}", (unsigned)character);
        } else {
            base_text_add(text, base_bytes_make(rest.data, length));
        }
        at += length;
    }
}

void base_text_add_quoted(struct base_text *text, struct base_bytes bytes, size_t limit)
{
    base_text_add_char(text, '"');
    base_text_add_printable(text, bytes, limit);
    base_text_add_char(text, '"');
}
