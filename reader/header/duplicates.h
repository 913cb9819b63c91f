/* The rule that an object has each key once. */
#ifndef PRPACK_READER_HEADER_DUPLICATES_H
#define PRPACK_READER_HEADER_DUPLICATES_H

#include "reader/header/state.h"

/* Reports json-duplicate-key, with the class that the place of the key has. Needs the rows. */
bool reader_parse_check_duplicates(struct reader_parse *parse);

#endif
