/* A table with aligned columns, for people. */
#ifndef PRPACK_PRESENT_TABLE_H
#define PRPACK_PRESENT_TABLE_H

#include "base/text.h"
#include "present/output.h"

enum { PRESENT_TABLE_COLUMNS = 10 };

enum present_align { PRESENT_ALIGN_LEFT, PRESENT_ALIGN_RIGHT };

struct present_table {
    size_t columns;
    const char *titles[PRESENT_TABLE_COLUMNS]; /* static */
    enum present_align align[PRESENT_TABLE_COLUMNS];
    char **cells; /* row by row */
    size_t rows;
    size_t capacity;    /* rows that fit */
    bool out_of_memory; /* sticky: nothing more is taken */
};

/* Adds a column before the first row. */
void present_table_column(struct present_table *table, const char *title, enum present_align align);
/* Starts a row of empty cells. */
void present_table_row(struct present_table *table);
/* Sets a cell of the last row; the text is copied. */
void present_table_set(struct present_table *table, size_t column, const char *text);
/* The same with a text that was put together, and is freed here. */
void present_table_set_text(struct present_table *table, size_t column, struct base_text *text);
/* Bytes from outside: shown so that a terminal is safe, cut at 40 bytes. */
void present_table_set_bytes(struct present_table *table, size_t column, struct base_bytes bytes);
/* Prints titles and rows, each after `indent` spaces. Columns are as wide as their widest cell in characters. Prints
 * nothing and sets *output->out_of_memory when memory ran out. */
void present_table_print(const struct present_table *table, const struct present_output *output, int indent);
void present_table_free(struct present_table *table);

#endif
