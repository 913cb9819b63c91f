/* asset_table: its elements, one row per element. */
#ifndef PRPACK_READER_HEADER_ENTRY_H
#define PRPACK_READER_HEADER_ENTRY_H

#include "reader/header/state.h"
#include "json/walk.h"

/* The walk is after the '[' of asset_table, and afterwards after its ']'. Fills the rows and reports what is wrong with
 * each element. */
bool reader_parse_entries(struct reader_parse *parse, struct json_walk *walk);

#endif
