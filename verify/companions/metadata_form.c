#include "verify/companions/metadata_form.h"

#include "verify/core/spelling.h"

/* Whether an escape of a canonical text spells what no path has: a backslash or U+0000. */
static bool is_forbidden_escape(const uint8_t *escape)
{
    return escape[1] == '\\' || (escape[1] == 'u' && escape[4] == '0' && escape[5] == '0');
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
            if (!verify_is_path_component(base_bytes_make(span.data + from, at - from))) {
                return false;
            }
            from = at + 1;
        }
    }
    return verify_is_path_component(base_bytes_make(span.data + from, span.size - from));
}
