#include "present/junit/xml.h"

#include <string.h>

/* U+FFFE and U+FFFF, the only printable characters that XML 1.0 does not have. */
static bool is_not_of_xml(const char *at)
{
    return memcmp(at, "\xef\xbf\xbe", 3) == 0 || memcmp(at, "\xef\xbf\xbf", 3) == 0;
}

/* Appends one printable character, or a byte of one. Returns how many bytes that were. */
static size_t add_one(struct base_text *text, const char *at, size_t left)
{
    static const char special[] = "&<>\"'";
    if (strchr(special, *at) != NULL) {
        base_text_addf(text, "&#%u;", (unsigned)*at);
        return 1;
    }
    if (left >= 3 && is_not_of_xml(at)) {
        base_text_addf(text, "\\u{fff%c}", at[2] == '\xbe' ? 'e' : 'f');
        return 3;
    }
    base_text_add_char(text, *at);
    return 1;
}

void present_xml_add(struct base_text *text, const char *bytes)
{
    struct base_text shown = BASE_TEXT_EMPTY;
    base_text_add_printable(&shown, base_bytes_of_string(bytes), SIZE_MAX);
    for (size_t i = 0; i < shown.size;) {
        i += add_one(text, shown.data + i, shown.size - i);
    }
    base_text_release(&shown, &text->out_of_memory);
}

void present_xml_attribute(struct base_text *text, const char *name, const char *value)
{
    base_text_addf(text, " %s=\"", name);
    present_xml_add(text, value);
    base_text_add_char(text, '"');
}
