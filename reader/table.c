#include "reader/table.h"

#include "base/checked.h"

#include <stdlib.h>

_Static_assert(sizeof(struct pp_row) == 48, "a row is three quarters of a cache line");

/* ---- Growth ---- */

/* Makes room for one more element: half as much again, so that n elements cost n steps and a third at most is spare. */
static bool grow(void **array, size_t *capacity, size_t element)
{
    size_t wanted = 0;
    size_t bytes = 0;
    if (!pp_add_size(*capacity, *capacity / 2 + 16, &wanted) || !pp_mul_size(wanted, element, &bytes)) {
        return false;
    }
    void *grown = realloc(*array, bytes);
    if (grown == NULL) {
        return false;
    }
    *array = grown;
    *capacity = wanted;
    return true;
}

struct pp_row *pp_table_next_row(struct pp_table_builder *builder)
{
    if (builder->table.count == builder->row_capacity) {
        void *rows = builder->table.rows;
        if (!grow(&rows, &builder->row_capacity, sizeof *builder->table.rows)) {
            return NULL;
        }
        builder->table.rows = rows;
    }
    return &builder->table.rows[builder->table.count];
}

bool pp_table_add_row(struct pp_table_builder *builder, const struct pp_row *row)
{
    struct pp_row *next = pp_table_next_row(builder);
    if (next == NULL) {
        return false;
    }
    *next = *row;
    builder->table.count++;
    return true;
}

bool pp_table_add_position(struct pp_table_builder *builder, uint32_t at)
{
    size_t index = builder->table.count - 1;
    if (index == builder->position_capacity) {
        void *positions = builder->table.row_at;
        if (!grow(&positions, &builder->position_capacity, sizeof at)) {
            return false;
        }
        builder->table.row_at = positions;
    }
    builder->table.row_at[index] = at;
    return true;
}

bool pp_table_add_preload(struct pp_table_builder *builder, const struct pp_preload_row *row)
{
    if (builder->table.preload_count == builder->preload_capacity) {
        void *preload = builder->table.preload;
        if (!grow(&preload, &builder->preload_capacity, sizeof *row)) {
            return false;
        }
        builder->table.preload = preload;
    }
    builder->table.preload[builder->table.preload_count++] = *row;
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

void pp_table_finish(struct pp_table_builder *builder, struct pp_table *table)
{
    struct pp_table *built = &builder->table;
    built->rows = shrink(built->rows, built->count, sizeof *built->rows);
    built->row_at = shrink(built->row_at, built->count, sizeof *built->row_at);
    built->preload = shrink(built->preload, built->preload_count, sizeof *built->preload);
    *table = *built;
    *builder = (struct pp_table_builder){.row_capacity = 0};
}

void pp_table_free(struct pp_table *table)
{
    free(table->rows);
    free(table->row_at);
    free(table->order);
    free(table->preload);
    *table = (struct pp_table){.rows = NULL};
}
