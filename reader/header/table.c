#include "reader/header/table.h"

#include "base/checked.h"

#include <stdlib.h>

_Static_assert(sizeof(struct reader_row) == 48, "a row is three quarters of a cache line");

/* ---- Growth ---- */

/* Makes room for one more element: half as much again, so that n elements cost n steps and a third at most is spare. */
static bool grow(void **array, size_t *capacity, size_t element)
{
    size_t wanted = 0;
    size_t bytes = 0;
    if (!base_add_size(*capacity, *capacity / 2 + 16, &wanted) || !base_mul_size(wanted, element, &bytes)) {
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

struct reader_row *reader_table_next_row(struct reader_table_builder *builder)
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

bool reader_table_add_preload(struct reader_table_builder *builder, const struct reader_preload_row *row)
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
