/* A table with aligned columns, for people. */
#ifndef PRPACK_CLI_TABLE_H
#define PRPACK_CLI_TABLE_H

#include "base/text.h"
#include "cli/context.h"

enum { PP_TABLE_COLUMNS = 10 };

enum pp_align { PP_ALIGN_LEFT, PP_ALIGN_RIGHT };

struct pp_text_table {
    size_t columns;
    const char *titles[PP_TABLE_COLUMNS]; /* static */
    enum pp_align align[PP_TABLE_COLUMNS];
    char **cells; /* row by row */
    size_t rows;
    size_t capacity; /* rows that fit */
    bool failed;     /* memory ran out: nothing more is taken */
};

/* Adds a column before the first row. */
void pp_text_table_column(struct pp_text_table *table, const char *title, enum pp_align align);
/* Starts a row of empty cells. */
void pp_text_table_row(struct pp_text_table *table);
/* Sets a cell of the last row; the text is copied. */
void pp_text_table_set(struct pp_text_table *table, size_t column, const char *text);
/* The same with a text that was put together, and is freed here. */
void pp_text_table_set_text(struct pp_text_table *table, size_t column, struct pp_text *text);
/* Bytes from outside: shown so that a terminal is safe, cut at 40 bytes. */
void pp_text_table_set_bytes(struct pp_text_table *table, size_t column, struct pp_bytes bytes);
/* Prints titles and rows, each behind `indent` spaces. Columns are as wide as their widest cell in characters. Prints nothing and
 * sets context->starved when memory ran out. */
void pp_text_table_print(const struct pp_text_table *table, const struct pp_context *context, int indent);
void pp_text_table_free(struct pp_text_table *table);

#endif
