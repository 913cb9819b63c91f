/* The index by name, made at the first lookup. Private to the reader. */
#ifndef PRPACK_READER_NAMES_H
#define PRPACK_READER_NAMES_H

#include "reader/header.h"

struct pp_names;

/* header and table are those of an accepted pack. NULL when memory runs out. */
struct pp_names *pp_names_create(struct pp_bytes header, const struct pp_table *table);
/* Accepts NULL. */
void pp_names_destroy(struct pp_names *names);

/* The first row in table order whose name has this value, or PP_NO_ENTRY. Any number of threads. */
size_t pp_names_find(const struct pp_names *names, struct pp_bytes name);
/* The same without an index, row by row. */
size_t pp_names_search(struct pp_bytes header, const struct pp_table *table, struct pp_bytes name);

#endif
