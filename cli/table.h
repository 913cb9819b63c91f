/* A table with aligned columns, for people. */
#ifndef PRPACK_CLI_TABLE_H
#define PRPACK_CLI_TABLE_H

#include "base/text.h"
#include "cli/context.h"

enum { CLI_TABLE_COLUMNS = 10 };

enum cli_align { CLI_ALIGN_LEFT, CLI_ALIGN_RIGHT };

struct cli_text_table {
    size_t columns;
    const char *titles[CLI_TABLE_COLUMNS]; /* static */
    enum cli_align align[CLI_TABLE_COLUMNS];
    char **cells; /* row by row */
    size_t rows;
    size_t capacity;    /* rows that fit */
    bool out_of_memory; /* sticky: nothing more is taken */
};

/* Adds a column before the first row. */
void cli_text_table_column(struct cli_text_table *table, const char *title, enum cli_align align);
/* Starts a row of empty cells. */
void cli_text_table_row(struct cli_text_table *table);
/* Sets a cell of the last row; the text is copied. */
void cli_text_table_set(struct cli_text_table *table, size_t column, const char *text);
/* The same with a text that was put together, and is freed here. */
void cli_text_table_set_text(struct cli_text_table *table, size_t column, struct base_text *text);
/* Bytes from outside: shown so that a terminal is safe, cut at 40 bytes. */
void cli_text_table_set_bytes(struct cli_text_table *table, size_t column, struct base_bytes bytes);
/* Prints titles and rows, each behind `indent` spaces. Columns are as wide as their widest cell in characters. Prints
 * nothing and sets context->out_of_memory when memory ran out. */
void cli_text_table_print(const struct cli_text_table *table, const struct cli_context *context, int indent);
void cli_text_table_free(struct cli_text_table *table);

#endif
