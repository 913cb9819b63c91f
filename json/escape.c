#include "json/escape.h"

#include "base/hidden.h"
#include "base/utf8.h"

static void add_escape(struct base_text *text, uint32_t character)
{
    static const char named[] = "\b\t\n\f\r\"\\";
    static const char letters[] = "btnfr\"\\";
    for (size_t i = 0; named[i] != '\0'; i++) {
        if ((uint32_t)named[i] == character) {
            base_text_add_char(text, '\\');
            base_text_add_char(text, letters[i]);
            return;
        }
    }
    if (character > 0xffff) {
        unsigned above = (unsigned)character - 0x10000;
        base_text_addf(text, "\\u%04x\\u%04x", 0xd800 + (above >> 10), 0xdc00 + (above & 0x3ff));
    } else {
        base_text_addf(text, "\\u%04x", (unsigned)character);
    }
}

/* Whether the character is written as an escape. In a string that is `spelt` already, quotes and backslashes stay. */
static bool is_escaped(uint32_t character, bool spelt)
{
    return base_character_is_hidden(character) || (!spelt && (character == '"' || character == '\\'));
}

static void add_content(struct base_text *text, struct base_bytes value, bool spelt)
{
    size_t plain = 0; /* where the bytes begin that are not added yet */
    size_t at = 0;
    while (at < value.size) {
        uint32_t character = 0;
        size_t length = base_utf8_decode(base_bytes_make(value.data + at, value.size - at), &character);
        if (length != 0 && !is_escaped(character, spelt)) {
            at += length;
            continue;
        }
        base_text_add(text, base_bytes_make(value.data + plain, at - plain));
        if (length == 0) {
            base_text_add_string(text, "\xef\xbf\xbd");
        } else {
            add_escape(text, character);
        }
        at += length == 0 ? 1 : length;
        plain = at;
    }
    if (plain < value.size) {
        base_text_add(text, base_bytes_make(value.data + plain, value.size - plain));
    }
}

void json_escape(struct base_text *text, struct base_bytes value)
{
    add_content(text, value, false);
}

void json_escape_spelt(struct base_text *text, struct base_bytes span)
{
    add_content(text, span, true);
}
