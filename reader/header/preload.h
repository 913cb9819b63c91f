/* preload: its elements, one row per element. */
#ifndef PRPACK_READER_HEADER_PRELOAD_H
#define PRPACK_READER_HEADER_PRELOAD_H

#include "reader/header/state.h"
#include "json/walk.h"

/* The walk is after the '[' of preload, and afterwards after its ']'. Needs the sorted table; has_table: the header has
 * a usable asset_table. */
bool reader_parse_preload(struct reader_parse *parse, struct json_walk *walk, bool has_table);

#endif
