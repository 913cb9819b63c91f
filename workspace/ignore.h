/* What is meant to stay out of a workspace: the patterns of assets/.prometeu/ignore, docs/contracts/workspace.md 1.4.
 *
 * Threads: after it was read, a list is read-only and may be shared. */
#ifndef PRPACK_WORKSPACE_IGNORE_H
#define PRPACK_WORKSPACE_IGNORE_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stddef.h>

struct workspace_ignore_pattern {
    struct base_bytes glob; /* in the text of the list; without the marks that the other members stand for */
    bool taken_in;          /* it began with '!' */
    bool directories_only;  /* it ended with '/' */
    bool anchored;          /* it counts from assets/, else it fits a last component */
};

struct workspace_ignore {
    char *text; /* owned; the patterns lie in it */
    struct workspace_ignore_pattern *items;
    size_t count;
};

#define WORKSPACE_IGNORE_EMPTY ((struct workspace_ignore){.text = NULL})

/* Reads patterns from a text, which is copied. False when memory ran out; *ignore is then empty. */
bool workspace_ignore_parse(struct workspace_ignore *ignore, struct base_bytes text);

/* Whether a path is left out by itself. What lies in a directory that is left out is left out, too: the caller does not
 * look into it. `path` is plain, and relative to assets/. */
bool workspace_ignores(const struct workspace_ignore *ignore, const char *path, bool is_directory);

/* The same for an entry of a directory; "" is assets/ itself. Returns 0 or ENOMEM. */
int workspace_ignores_entry(const struct workspace_ignore *ignore, const char *directory, const char *name,
                            bool is_directory, bool *ignored);

/* Whether a directory, or one above it, is left out. Returns 0 or ENOMEM. */
int workspace_ignores_within(const struct workspace_ignore *ignore, const char *directory, bool *ignored);

void workspace_ignore_free(struct workspace_ignore *ignore);

#endif
