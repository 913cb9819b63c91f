/* A growing byte buffer for output and messages.
 *
 * Out of memory is sticky: after it, appending does nothing and pp_text_failed stays true, so that a chain of
 * appends is tested once, at its end. Zero-initialise with PP_TEXT_EMPTY. */
#ifndef PRPACK_BASE_TEXT_H
#define PRPACK_BASE_TEXT_H

#include "base/bytes.h"

#include <stdarg.h>

struct pp_text {
    char *data;  /* NUL-terminated when not NULL */
    size_t size; /* without the NUL */
    size_t capacity;
    bool failed;
};

#define PP_TEXT_EMPTY ((struct pp_text){.data = NULL})

void pp_text_free(struct pp_text *text);
void pp_text_clear(struct pp_text *text);
bool pp_text_failed(const struct pp_text *text);
/* Never NULL: "" when empty. Valid until the next append. */
const char *pp_text_string(const struct pp_text *text);
struct pp_bytes pp_text_bytes(const struct pp_text *text);
/* Hands the string to the caller (free() it) and leaves text empty; NULL when it failed. */
char *pp_text_take(struct pp_text *text);

void pp_text_add(struct pp_text *text, struct pp_bytes bytes);
void pp_text_add_string(struct pp_text *text, const char *string);
void pp_text_add_char(struct pp_text *text, char character);
__attribute__((format(printf, 2, 3))) void pp_text_addf(struct pp_text *text, const char *format, ...);
__attribute__((format(printf, 2, 0))) void pp_text_addv(struct pp_text *text, const char *format, va_list arguments);

/* Appends bytes from outside so that a terminal is safe: printable UTF-8 as it is; control characters, invalid UTF-8, bidirectional and other
 * invisible format characters as \xNN or \u{NNNN}; at most `limit` source bytes, then "…". */
void pp_text_add_printable(struct pp_text *text, struct pp_bytes bytes, size_t limit);

#endif
