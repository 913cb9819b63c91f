#include "verify/companions/metadata_form.h"

/* Whether an escape of a canonical text spells what no path has: a backslash or U+0000. */
static bool is_forbidden_escape(const uint8_t *escape)
{
    return escape[1] == '\\' || (escape[1] == 'u' && escape[4] == '0' && escape[5] == '0');
}

static bool is_real_component(const uint8_t *component, size_t length)
{
    bool dot = length == 1 && component[0] == '.';
    bool dots = length == 2 && component[0] == '.' && component[1] == '.';
    return length > 0 && !dot && !dots;
}

/* In a canonical text neither '/' nor '.' is ever escaped. */
bool verify_recorded_is_path(struct base_bytes span)
{
    size_t from = 0;
    for (size_t at = 0; at < span.size; at++) {
        if (span.data[at] == '\\') {
            if (is_forbidden_escape(span.data + at)) {
                return false;
            }
            at += span.data[at + 1] == 'u' ? 5 : 1;
        } else if (span.data[at] == '/') {
            if (!is_real_component(span.data + from, at - from)) {
                return false;
            }
            from = at + 1;
        }
    }
    return is_real_component(span.data + from, span.size - from);
}

bool verify_recorded_is_uuid(struct base_bytes span)
{
    static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    bool matches = span.size == VERIFY_UUID_TEXT;
    for (size_t i = 0; matches && i < span.size; i++) {
        uint8_t byte = span.data[i];
        bool digit = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f');
        matches = shape[i] == 'x' ? digit : byte == '-';
    }
    return matches;
}
