/* A growing byte buffer for output and messages.
 *
 * Out of memory is sticky: after it, appending does nothing and base_text_out_of_memory stays true, so that a chain of
 * appends is tested once, at its end. Zero-initialise with BASE_TEXT_EMPTY. */
#ifndef PRPACK_BASE_TEXT_H
#define PRPACK_BASE_TEXT_H

#include "base/bytes.h"

#include <stdarg.h>

struct base_text {
    char *data;  /* NUL-terminated when not NULL */
    size_t size; /* without the NUL */
    size_t capacity;
    bool out_of_memory; /* sticky */
};

#define BASE_TEXT_EMPTY ((struct base_text){.data = NULL})

void base_text_free(struct base_text *text);
/* Frees a text that has been used; sets *out_of_memory when it lacked memory, else leaves it. */
void base_text_release(struct base_text *text, bool *out_of_memory);
void base_text_clear(struct base_text *text);
bool base_text_out_of_memory(const struct base_text *text);
/* Never NULL: "" when empty. Valid until the next append. */
const char *base_text_string(const struct base_text *text);
struct base_bytes base_text_bytes(const struct base_text *text);
/* Hands the string to the caller (free() it) and leaves text empty; NULL when it failed. */
char *base_text_take(struct base_text *text);

void base_text_add(struct base_text *text, struct base_bytes bytes);
void base_text_add_string(struct base_text *text, const char *string);
void base_text_add_char(struct base_text *text, char character);
__attribute__((format(printf, 2, 3))) void base_text_addf(struct base_text *text, const char *format, ...);
__attribute__((format(printf, 2, 0))) void base_text_addv(struct base_text *text, const char *format,
                                                          va_list arguments);

/* Appends bytes from outside so that a terminal is safe: printable UTF-8 as it is; control characters, invalid UTF-8,
 * bidirectional and other invisible format characters as \xNN or \u{NNNN}; at most `limit` source bytes, then "…". */
void base_text_add_printable(struct base_text *text, struct base_bytes bytes, size_t limit);

#endif
