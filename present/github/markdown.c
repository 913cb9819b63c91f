#include "present/github/markdown.h"

#include <string.h>

static bool is_plain(char byte)
{
    return (byte & 0x80) != 0 || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || strchr(" ,/-", byte) != NULL;
}

void present_markdown_add(struct base_text *text, const char *words)
{
    for (const char *at = words; *at != '\0'; at++) {
        if (is_plain(*at)) {
            base_text_add_char(text, *at);
        } else {
            base_text_addf(text, "&#%u;", (unsigned)(unsigned char)*at);
        }
    }
}
