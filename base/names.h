/* A list of names, and what stands in a directory. */
#ifndef PRPACK_BASE_NAMES_H
#define PRPACK_BASE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* Owns its strings. Zero-initialise with BASE_NAMES_EMPTY. */
struct base_names {
    char **items;
    size_t count;
    size_t capacity;
};

#define BASE_NAMES_EMPTY ((struct base_names){.items = NULL})

/* Appends a string of malloc, whose owner the list becomes, failure or not. NULL and a full memory are false. */
bool base_names_take(struct base_names *names, char *name);
/* Byte order. */
void base_names_sort(struct base_names *names);
void base_names_free(struct base_names *names);

enum base_entry_kind { BASE_ENTRY_FILE, BASE_ENTRY_DIRECTORY, BASE_ENTRY_LINK, BASE_ENTRY_OTHER };

/* Called for each entry but "." and "..", in no particular order; a link is not followed. Returns 0 to go on, else an
 * errno value that ends the walk. */
typedef int (*base_entry_sink)(void *context, const char *name, enum base_entry_kind kind);

/* Opens the directory of an open descriptor anew, with a position of its own to read from. Returns 0 or an errno
 * value. */
int base_directory_reopen(int *fd, int directory_fd);

/* Reads a directory. Takes directory_fd and closes it. Returns 0, an errno value, or what the sink returned. */
int base_directory_each(int directory_fd, base_entry_sink sink, void *context);

#endif
