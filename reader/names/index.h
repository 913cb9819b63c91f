/* A hash table from an entry's name to its row. */
#ifndef PRPACK_READER_NAMES_INDEX_H
#define PRPACK_READER_NAMES_INDEX_H

#include "reader/header.h"

struct reader_names;

/* header and table are those of an accepted pack. NULL when memory runs out. */
struct reader_names *reader_names_create(struct base_bytes header, const struct reader_table *table);
/* Accepts NULL. */
void reader_names_destroy(struct reader_names *names);

/* The first row in table order whose name has this value, or PP_NO_ENTRY. Any number of threads. */
size_t reader_names_find(const struct reader_names *names, struct base_bytes name);

#endif
