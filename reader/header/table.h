/* Builds the flat table, for both ways of parsing. */
#ifndef PRPACK_READER_HEADER_TABLE_H
#define PRPACK_READER_HEADER_TABLE_H

#include "reader/header.h"

/* Zero-initialise. The arrays grow with what has been read, never with what was announced. */
struct reader_table_builder {
    struct reader_table table;
    size_t row_capacity;
    size_t position_capacity;
    size_t preload_capacity;
};

/* Room for one more row after the last one. Its content is undefined: fill it, then count it. NULL when memory runs
 * out; the builder is then as before. */
struct reader_row *reader_table_next_row(struct reader_table_builder *builder);

/* Each returns false when memory runs out; the builder is then as before. */
bool reader_table_add_row(struct reader_table_builder *builder, const struct reader_row *row);
/* The position of the row that was added last. */
bool reader_table_add_position(struct reader_table_builder *builder, uint32_t at);
bool reader_table_add_preload(struct reader_table_builder *builder, const struct reader_preload_row *row);
/* Sets ids_ascend and, where it is needed, order. To be called once, when all rows are there. When the task was
 * cancelled, the order is left out. */
bool reader_table_sort(struct reader_table *table, struct base_task *task);

/* Gives back what was taken in advance and hands the table over. */
void reader_table_finish(struct reader_table_builder *builder, struct reader_table *table);

#endif
