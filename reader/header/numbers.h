/* The numbers in the metadata of an entry: the console turns each into a value. */
#ifndef PRPACK_READER_HEADER_NUMBERS_H
#define PRPACK_READER_HEADER_NUMBERS_H

#include "reader/header/state.h"

/* Reports metadata-range for each number of a metadata object, at any depth, that no double can hold. `where` gives
 * entry and asset_id. */
bool reader_parse_check_numbers(struct reader_parse *parse, struct json_token metadata,
                                const struct reader_fault *where);

#endif
