#include "base/text.h"
#include "present/quantity.h"
#include "present/table.h"
#include "present/text_answers.h"

#include <inttypes.h>

static void add_row(struct present_table *table, const struct service_kept *kept)
{
    char text[PRESENT_QUANTITY_SIZE];
    present_table_row(table);
    present_table_set_bytes(table, 0, base_bytes_of_string(kept->folder));
    if (kept->fault != NULL) {
        present_table_set(table, 1, "?");
        present_table_set(table, 3, "record.json");
        present_table_set(table, 4, kept->fault);
        return;
    }
    (void)snprintf(text, sizeof text, "%" PRId64, kept->asset_id);
    present_table_set_bytes(table, 1, base_bytes_of_string(kept->time));
    present_table_set(table, 2, text);
    present_table_set_bytes(table, 3, base_bytes_of_string(kept->name != NULL ? kept->name : "?"));
    present_table_set_bytes(table, 4, base_bytes_of_string(kept->root));
    present_table_set(table, 5, kept->has_files ? present_quantity(kept->file_count, text) : "gone");
    present_table_set(table, 6, kept->has_files ? present_quantity(kept->bytes, text) : "-");
}

void present_text_quarantine_list(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_quarantine *quarantine = &answer->result.quarantine;
    struct present_table table = {.columns = 0};
    if (!quarantine->known || output->quiet) {
        return;
    }
    present_table_column(&table, "number", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "removed", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "id", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "name", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "directory below assets/", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "files", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "bytes", PRESENT_ALIGN_RIGHT);
    for (size_t i = 0; i < quarantine->count; i++) {
        add_row(&table, &quarantine->folders[i]);
    }
    if (quarantine->count > 0) {
        present_table_print(&table, output, 0);
    } else {
        (void)fputs("the quarantine is empty\n", output->out);
    }
    present_table_free(&table);
}

void present_text_quarantine_purge(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_purge_result *result = &answer->result.purge;
    char folders[48];
    char files[48];
    char bytes[48];
    if (!result->done || output->quiet) {
        return;
    }
    if (result->count == 0) {
        (void)fputs("there is nothing to delete\n", output->out);
        return;
    }
    (void)fprintf(output->out, "%s %s with %s, %s\n", result->dry_run ? "would delete" : "deleted",
                  present_quantity_of(result->count, "folder", "folders", folders, sizeof folders),
                  present_quantity_of(result->files, "file", "files", files, sizeof files),
                  present_quantity_of(result->bytes, "byte", "bytes", bytes, sizeof bytes));
    if (result->dry_run) {
        present_text_plan(output, &result->plan, result->plan.count);
    }
}
