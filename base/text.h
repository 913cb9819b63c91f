/* A growing byte buffer for output and messages.
 *
 * Running out of memory sets a sticky bit. The rule holds for every bit named out_of_memory in this project: the first
 * failed allocation sets it, no function clears it before the owner is freed or cleared for new use, and work that
 * follows either does nothing or leaves something out. So a chain of calls is tested once, at its end, and the bit of a
 * part is passed on to the whole that lacks it: base_text_release does that for a text, base_findings_move for a list
 * of findings.
 *
 * Zero-initialise with BASE_TEXT_EMPTY. Threads: a text belongs to one thread at a time. */
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

/* Frees the memory and makes the text empty, without the sticky bit. */
void base_text_free(struct base_text *text);
/* Frees a text that has been used; sets *out_of_memory when it lacked memory, else leaves it. */
void base_text_release(struct base_text *text, bool *out_of_memory);
/* Makes it empty and keeps its memory and its sticky bit. */
void base_text_clear(struct base_text *text);
bool base_text_out_of_memory(const struct base_text *text);
/* Never NULL: "" when empty. Valid until the next append. */
const char *base_text_string(const struct base_text *text);
/* The bytes without the NUL. Valid until the next append. */
struct base_bytes base_text_bytes(const struct base_text *text);
/* Gives the string to the caller, who frees it with free(), and leaves the text empty. NULL when memory ran out. */
char *base_text_take(struct base_text *text);

void base_text_add(struct base_text *text, struct base_bytes bytes);
void base_text_add_string(struct base_text *text, const char *string);
void base_text_add_char(struct base_text *text, char character);
__attribute__((format(printf, 2, 3))) void base_text_addf(struct base_text *text, const char *format, ...);
__attribute__((format(printf, 2, 0))) void base_text_addv(struct base_text *text, const char *format,
                                                          va_list arguments);

/* Appends bytes of unknown origin in a form that a terminal shows and does not obey: printable UTF-8 as it is; invalid
 * UTF-8 and hidden characters (base/hidden.h) as \xNN or \u{NNNN}; at most `limit` source bytes, then "…". */
void base_text_add_printable(struct base_text *text, struct base_bytes bytes, size_t limit);
/* The same in double quotes. */
void base_text_add_quoted(struct base_text *text, struct base_bytes bytes, size_t limit);

#endif
