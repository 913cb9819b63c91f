/* The metadata of an entry, as a declaration can have it: docs/contracts/extract.md 2 and 3.
 *
 * A text is one JSON object that a reader has accepted. Threads: no shared state. */
#ifndef PRPACK_EXPORT_METADATA_H
#define PRPACK_EXPORT_METADATA_H

#include "base/task.h"
#include "base/text.h"

struct export_metadata {
    struct base_bytes text;      /* the object, with its braces */
    const char *const *computed; /* names of members that the packer computes; ends with NULL */
    size_t most;                 /* bytes that may come out */
    bool is_pipeline;            /* it is a pipeline, in which a member of that name is free */
};

/* Appends the object without white space, without the computed members, and without members that a declaration cannot
 * have; *dropped is set when there is one of these. It ends early when more than `most` bytes come out, and when the
 * task, which may be NULL, was cancelled: what was appended is then of no use. Returns false when memory ran out. */
bool export_metadata_print(const struct export_metadata *metadata, struct base_task *task, struct base_text *text,
                           bool *dropped);

/* Reads an integer member within [low, high]. False: there is no such member. */
bool export_metadata_integer(struct base_bytes text, const char *name, int64_t low, int64_t high, int64_t *value);
/* Whether there is a member of that name, whatever it is. */
bool export_metadata_has(struct base_bytes text, const char *name);

#endif
