#include "reader/header/table.h"

#include "base/array.h"

#include <stdlib.h>

_Static_assert(sizeof(struct reader_row) == 48, "a row is three quarters of a cache line");

/* ---- Growth ---- */

struct reader_row *reader_table_next_row(struct reader_table_builder *builder)
{
    struct reader_table *table = &builder->table;
    struct reader_row *rows = base_array_grow(table->rows, table->count, &builder->row_capacity, sizeof *rows);
    if (rows == NULL) {
        return NULL;
    }
    table->rows = rows;
    return &rows[table->count];
}

bool reader_table_add_row(struct reader_table_builder *builder, const struct reader_row *row)
{
    struct reader_row *next = reader_table_next_row(builder);
    if (next == NULL) {
        return false;
    }
    *next = *row;
    builder->table.count++;
    return true;
}

bool reader_table_add_position(struct reader_table_builder *builder, uint32_t at)
{
    size_t index = builder->table.count - 1;
    uint32_t *positions = base_array_grow(builder->table.row_at, index, &builder->position_capacity, sizeof *positions);
    if (positions == NULL) {
        return false;
    }
    builder->table.row_at = positions;
    positions[index] = at;
    return true;
}

bool reader_table_add_preload(struct reader_table_builder *builder, const struct reader_preload_row *row)
{
    struct reader_table *table = &builder->table;
    struct reader_preload_row *preload =
        base_array_grow(table->preload, table->preload_count, &builder->preload_capacity, sizeof *preload);
    if (preload == NULL) {
        return false;
    }
    table->preload = preload;
    preload[table->preload_count++] = *row;
    return true;
}

/* A smaller block, or the old one where the allocator will not shrink it. count <= the block's capacity. */
static void *shrink(void *array, size_t count, size_t element)
{
    if (array == NULL || count == 0) {
        free(array);
        return NULL;
    }
    void *smaller = realloc(array, count * element);
    return smaller != NULL ? smaller : array;
}

void reader_table_finish(struct reader_table_builder *builder, struct reader_table *table)
{
    struct reader_table *built = &builder->table;
    built->rows = shrink(built->rows, built->count, sizeof *built->rows);
    built->row_at = shrink(built->row_at, built->count, sizeof *built->row_at);
    built->preload = shrink(built->preload, built->preload_count, sizeof *built->preload);
    *table = *built;
    *builder = (struct reader_table_builder){.row_capacity = 0};
}

void reader_table_free(struct reader_table *table)
{
    free(table->rows);
    free(table->row_at);
    free(table->order);
    free(table->preload);
    *table = (struct reader_table){.rows = NULL};
}
