/* Where sprites are in their sheets, as a table for people. Threads: one at a time. */
#ifndef PRPACK_PRESENT_SPRITES_H
#define PRPACK_PRESENT_SPRITES_H

#include "present/table.h"

/* Begins a table of sprites. */
struct present_table present_sprites_begin(void);
/* Adds a row for each sprite of an asset; `tiles` is JSON, or NULL. */
void present_sprites_add(struct present_table *table, int64_t asset_id, const char *tiles);
/* Prints the table after `indent` spaces, unless it has no rows, and frees it. */
void present_sprites_end(struct present_table *table, const struct present_output *output, int indent);

#endif
