/* Finds an entry by its name without an index: row by row, without memory of its own. */
#ifndef PRPACK_READER_NAMES_SEARCH_H
#define PRPACK_READER_NAMES_SEARCH_H

#include "reader/header.h"

/* The first row in table order whose name has this value, or PP_NO_ENTRY. header and table are those of an accepted
 * pack. Any number of threads. */
size_t reader_names_search(struct base_bytes header, const struct reader_table *table, struct base_bytes name);

#endif
