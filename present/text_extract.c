#include "present/quantity.h"
#include "present/table.h"
#include "present/text_answers.h"

#include <inttypes.h>
#include <string.h>

enum { PATH_SHOWN = 4096, NUMBER_SIZE = 16 };

/* The files of an asset, by their paths from its root on. */
static void add_files(struct present_table *table, size_t column, const struct service_extracted_asset *asset)
{
    struct base_text text = BASE_TEXT_EMPTY;
    size_t before = strlen("assets/") + strlen(asset->root) + 1;
    for (size_t i = 0; i < asset->file_count; i++) {
        base_text_add_string(&text, i > 0 ? ", " : "");
        base_text_add_printable(&text, base_bytes_of_string(asset->files[i].path + before), PATH_SHOWN);
    }
    present_table_set_text(table, column, &text);
}

static void add_row(struct present_table *table, const struct service_extracted_asset *asset)
{
    char number[NUMBER_SIZE];
    struct base_text root = BASE_TEXT_EMPTY;
    present_table_row(table);
    (void)snprintf(number, sizeof number, "%" PRId32, asset->asset_id);
    present_table_set(table, 0, number);
    present_table_set_bytes(table, 1, base_bytes_of_string(asset->name));
    present_table_set(table, 2, asset->format);
    base_text_add_string(&root, "assets/");
    base_text_add_printable(&root, base_bytes_of_string(asset->root), PATH_SHOWN);
    present_table_set_text(table, 3, &root);
    add_files(table, 4, asset);
}

static void print_assets(const struct present_output *output, const struct service_extract_result *result)
{
    struct present_table table = {.columns = 0};
    present_table_column(&table, "id", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "name", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "format", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "directory", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "files", PRESENT_ALIGN_LEFT);
    for (size_t i = 0; i < result->count; i++) {
        add_row(&table, &result->assets[i]);
    }
    if (result->count > 0) {
        present_table_print(&table, output, 0);
    }
    present_table_free(&table);
}

static void print_sum(const struct present_output *output, const struct service_extract_result *result)
{
    char assets[PRESENT_QUANTITY_SIZE + sizeof " assets"];
    char files[PRESENT_QUANTITY_SIZE + sizeof " files"];
    char bytes[PRESENT_QUANTITY_SIZE + sizeof " bytes"];
    struct base_text line = BASE_TEXT_EMPTY;
    base_text_add_string(&line, result->dry_run ? "would write " : "wrote ");
    base_text_addf(&line, "%s into ", present_quantity_of(result->count, "asset", "assets", assets, sizeof assets));
    base_text_add_printable(&line, base_bytes_of_string(result->directory), PATH_SHOWN);
    base_text_addf(&line, ": %s, %s\n", present_quantity_of(result->files, "file", "files", files, sizeof files),
                   present_quantity_of(result->bytes, "byte", "bytes", bytes, sizeof bytes));
    (void)fputs(base_text_string(&line), output->out);
    base_text_release(&line, output->out_of_memory);
}

void present_text_extract(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_extract_result *result = &answer->result.extract;
    if (!result->done || output->quiet) {
        return;
    }
    print_assets(output, result);
    print_sum(output, result);
}
