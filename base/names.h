/* A list of strings that belong to it, such as the names in a directory.
 *
 * Threads: one at a time. */
#ifndef PRPACK_BASE_NAMES_H
#define PRPACK_BASE_NAMES_H

#include "base/task.h"

#include <stdbool.h>
#include <stddef.h>

/* Zero-initialise with BASE_NAMES_EMPTY. The members may be read, and strings may be replaced by others of malloc. */
struct base_names {
    char **items;
    size_t count;
    size_t capacity;
};

#define BASE_NAMES_EMPTY ((struct base_names){.items = NULL})

/* Appends a string of malloc, which the list owns from then on, even after a failure. Returns false when name is NULL
 * or memory runs out: the string is then freed and the list unchanged. */
bool base_names_take(struct base_names *names, char *name);
/* Sorts by bytes. When the task, which may be NULL, was cancelled, the names are in any order. */
void base_names_sort(struct base_names *names, struct base_task *task);
/* Frees the strings and leaves the list empty. */
void base_names_free(struct base_names *names);

#endif
