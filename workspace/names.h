/* A list of names, and what stands in a directory. */
#ifndef PRPACK_WORKSPACE_NAMES_H
#define PRPACK_WORKSPACE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* Owns its strings. Zero-initialise with PP_NAMES_EMPTY. */
struct pp_names {
    char **items;
    size_t count;
    size_t capacity;
};

#define PP_NAMES_EMPTY ((struct pp_names){.items = NULL})

/* Appends a string of malloc, whose owner the list becomes, failure or not. NULL and a full memory are false. */
bool pp_names_take(struct pp_names *names, char *name);
/* Byte order. */
void pp_names_sort(struct pp_names *names);
void pp_names_free(struct pp_names *names);

enum pp_entry_kind { PP_ENTRY_FILE, PP_ENTRY_DIRECTORY, PP_ENTRY_LINK, PP_ENTRY_OTHER };

/* Called for each entry but "." and "..", in no particular order; a link is not followed. Returns 0 to go on, else an
 * errno value that ends the walk. */
typedef int (*pp_entry_sink)(void *context, const char *name, enum pp_entry_kind kind);

/* Opens the directory of an open descriptor anew, with a position of its own to read from. Returns 0 or an errno value. */
int pp_directory_reopen(int *fd, int directory_fd);

/* Reads a directory. Takes directory_fd and closes it. Returns 0, an errno value, or what the sink returned. */
int pp_directory_each(int directory_fd, pp_entry_sink sink, void *context);

#endif
