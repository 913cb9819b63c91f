#include "present/table.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

void present_table_column(struct present_table *table, const char *title, enum present_align align)
{
    table->titles[table->columns] = title;
    table->align[table->columns] = align;
    table->columns++;
}

static bool reserve_row(struct present_table *table)
{
    char **grown =
        base_array_grow((void *)table->cells, table->rows, &table->capacity, table->columns * sizeof *table->cells);
    if (grown == NULL) {
        return false;
    }
    table->cells = grown;
    return true;
}

void present_table_row(struct present_table *table)
{
    if (table->out_of_memory || !reserve_row(table)) {
        table->out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < table->columns; i++) {
        table->cells[table->rows * table->columns + i] = NULL;
    }
    table->rows++;
}

void present_table_set(struct present_table *table, size_t column, const char *text)
{
    if (table->out_of_memory || table->rows == 0) {
        return;
    }
    char **cell = &table->cells[(table->rows - 1) * table->columns + column];
    free(*cell);
    *cell = strdup(text);
    table->out_of_memory = *cell == NULL;
}

void present_table_set_text(struct present_table *table, size_t column, struct base_text *text)
{
    present_table_set(table, column, base_text_string(text));
    base_text_release(text, &table->out_of_memory);
}

void present_table_set_bytes(struct present_table *table, size_t column, struct base_bytes bytes)
{
    struct base_text shown = BASE_TEXT_EMPTY;
    base_text_add_printable(&shown, bytes, 40);
    present_table_set_text(table, column, &shown);
}

/* Characters of UTF-8 text: bytes that do not continue a sequence. */
static int width_of(const char *text)
{
    int width = 0;
    for (; *text != '\0'; text++) {
        width += ((unsigned char)*text & 0xc0) != 0x80;
    }
    return width;
}

/* The text of a cell; line 0 is that of the titles. Never NULL. */
static const char *cell_text(const struct present_table *table, size_t line, size_t column)
{
    const char *text = line == 0 ? table->titles[column] : table->cells[(line - 1) * table->columns + column];
    return text != NULL ? text : "";
}

static void print_cell(FILE *out, const char *text, int width, enum present_align align, bool last)
{
    int padding = width - width_of(text);
    if (align == PRESENT_ALIGN_RIGHT) {
        (void)fprintf(out, "%*s%s", padding, "", text);
    } else {
        (void)fprintf(out, "%s%*s", text, last ? 0 : padding, "");
    }
    (void)fputs(last ? "\n" : "  ", out);
}

/* Prints one line up to its last cell that is not empty, so that no line ends in blanks. */
static void print_line(const struct present_table *table, size_t line, const int *widths, FILE *out, int indent)
{
    size_t count = table->columns;
    while (count > 1 && cell_text(table, line, count - 1)[0] == '\0') {
        count--;
    }
    (void)fprintf(out, "%*s", indent, "");
    for (size_t column = 0; column < count; column++) {
        print_cell(out, cell_text(table, line, column), widths[column], table->align[column], column + 1 == count);
    }
}

void present_table_print(const struct present_table *table, const struct present_output *output, int indent)
{
    int widths[PRESENT_TABLE_COLUMNS];
    if (table->out_of_memory) {
        *output->out_of_memory = true;
        return;
    }
    for (size_t column = 0; column < table->columns; column++) {
        widths[column] = 0;
        for (size_t line = 0; line <= table->rows; line++) {
            int width = width_of(cell_text(table, line, column));
            widths[column] = width > widths[column] ? width : widths[column];
        }
    }
    for (size_t line = 0; line <= table->rows; line++) {
        print_line(table, line, widths, output->out, indent);
    }
}

void present_table_free(struct present_table *table)
{
    for (size_t i = 0; i < table->rows * table->columns; i++) {
        free(table->cells[i]);
    }
    free((void *)table->cells);
    *table = (struct present_table){.columns = 0};
}
