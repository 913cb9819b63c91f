/* The rule that each asset_id is there once. */
#ifndef PRPACK_READER_HEADER_IDS_H
#define PRPACK_READER_HEADER_IDS_H

#include "reader/header/state.h"

/* Reports the second and every later holder of an asset_id. Needs the sorted table. */
bool reader_parse_check_ids(struct reader_parse *parse);

#endif
