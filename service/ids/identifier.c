#include "service/ids/identifier.h"

#include <string.h>

/* The letter or digit in an identifier; NUL for another byte. */
static char take(char byte)
{
    static const char from[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    static const char to[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    const char *found = strchr(from, byte);
    if (found == NULL) {
        return '\0';
    }
    return to[found - from];
}

void service_identifier_add(struct base_text *identifier, const char *name)
{
    for (const char *at = name; *at != '\0'; at++) {
        bool after_blank = identifier->size > 0 && base_text_string(identifier)[identifier->size - 1] == '_';
        char taken = take(*at);
        if (taken != '\0') {
            base_text_add_char(identifier, taken);
        } else if (!after_blank) {
            base_text_add_char(identifier, '_');
        }
    }
}

bool service_identifier_has_any(const char *name)
{
    const char *at = name;
    while (*at != '\0' && take(*at) == '\0') {
        at++;
    }
    return *at != '\0';
}
