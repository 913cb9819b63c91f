/* The warnings about the inputs of one asset, noted so that a later build can give them again when it keeps what was
 * packed.
 *
 * Threads: a list belongs to one thread at a time. */
#ifndef PRPACK_WRITER_WARNINGS_H
#define PRPACK_WRITER_WARNINGS_H

#include "base/findings.h"
#include "base/names.h"

/* message is borrowed. */
struct writer_warning {
    enum diag diagnostic;
    size_t input; /* of the declaration */
    bool has_pixel;
    uint32_t x, y;   /* of the picture; 0 without has_pixel, like the next three */
    uint32_t tile;   /* of the picture */
    uint32_t pixels; /* that have the cause */
    uint32_t tiles;  /* in so many */
    const char *message;
};

/* Zero-initialise. */
struct writer_warnings {
    struct writer_warning *items; /* their messages are those of `messages` */
    size_t count;
    size_t capacity;
    struct base_names messages;
};

/* Notes a warning; its message is copied. False when memory ran out. */
bool writer_warnings_add(struct writer_warnings *warnings, const struct writer_warning *warning);
void writer_warnings_free(struct writer_warnings *warnings);

/* Adds the finding of a warning. file is the input as the user knows it. */
void writer_warning_report(const struct writer_warning *warning, const char *file, int32_t asset_id,
                           struct base_findings *findings);

#endif
