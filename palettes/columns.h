/* Columns: groups of sets whose colours fit into one palette together.
 *
 * Threads: columns that no longer change may be shared. */
#ifndef PRPACK_PALETTES_COLUMNS_H
#define PRPACK_PALETTES_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zero-initialise. The members of a column are those before its end, from the end of the column before it on. */
struct palettes_columns {
    size_t *ends;
    size_t count;
    size_t capacity;
    uint16_t *members;
    size_t member_count;
    size_t member_capacity;
};

/* Appends the members of a column, one by one, and then ends it. False when memory ran out: no column may be appended
 * after that. */
bool palettes_columns_add_member(struct palettes_columns *columns, uint16_t set);
bool palettes_columns_end(struct palettes_columns *columns);
void palettes_columns_free(struct palettes_columns *columns);

static inline size_t palettes_column_begin(const struct palettes_columns *columns, size_t column)
{
    return column == 0 ? 0 : columns->ends[column - 1];
}

#endif
