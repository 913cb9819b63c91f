#include "reader/header/ids.h"

#include "json/object.h"

/* Marks, in `reserved`, each row whose id an earlier row has. */
static void mark_duplicates(struct reader_table *table, struct base_task *task)
{
    for (size_t i = 1; i < table->order_count && !base_task_cancelled_in(task, i); i++) {
        struct reader_row *row = &table->rows[table->order[i]];
        if (row->asset_id == table->rows[table->order[i - 1]].asset_id) {
            row->reserved = 1;
        }
    }
}

static bool report_duplicate(struct reader_parse *parse, size_t index)
{
    const struct reader_table *table = &parse->builder.table;
    struct json_token row = {
        .kind = JSON_OBJECT_BEGIN, .begin = table->row_at[index], .end = parse->header.size}; /* or earlier */
    struct json_token value = json_object_member(parse->header, row, "asset_id");
    struct reader_fault fault =
        reader_fault_at(parse->header, DIAG_ID_DUPLICATE, value, "an earlier entry has this asset_id");
    fault.entry = (int64_t)index;
    fault.has_asset_id = true;
    fault.asset_id = table->rows[index].asset_id;
    fault.member = "asset_id";
    return reader_parse_report(parse, &fault);
}

bool reader_parse_check_ids(struct reader_parse *parse)
{
    struct reader_table *table = &parse->builder.table;
    struct base_task *task = parse->frame->task;
    mark_duplicates(table, task);
    for (size_t i = 0; i < table->count && !table->ids_ascend && !base_task_cancelled_in(task, i); i++) {
        if (table->rows[i].reserved != 0) {
            table->rows[i].reserved = 0;
            if (!report_duplicate(parse, i)) {
                return false;
            }
        }
    }
    return true;
}
