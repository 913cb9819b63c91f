#include "base/text.h"
#include "present/text_answers.h"

#include <inttypes.h>

enum { TIME_SHOWN = 40, TEXT_SHOWN = 4096, PATH_SHOWN = 4096 };

void present_text_history(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_history *history = &answer->result.history;
    if (!history->known || output->quiet) {
        return;
    }
    for (size_t i = 0; i < history->count; i++) {
        const struct service_past_operation *operation = &history->operations[i];
        struct base_text line = BASE_TEXT_EMPTY;
        base_text_addf(&line, "%4" PRIu64 "  ", operation->operation);
        base_text_add_printable(&line, base_bytes_of_string(operation->time), TIME_SHOWN);
        base_text_add_string(&line, "  ");
        base_text_add_printable(&line, base_bytes_of_string(operation->text), TEXT_SHOWN);
        if (operation->is_undone) {
            base_text_addf(&line, "  (undone by %" PRIu64 ")", operation->undone_by);
        }
        base_text_add_char(&line, '\n');
        (void)fputs(base_text_string(&line), output->out);
        base_text_release(&line, output->out_of_memory);
    }
    if (history->count == 0) {
        (void)fputs("nothing was done yet\n", output->out);
    }
}

/* Undo moves no directory that the operation has not moved. */
static void add_staying(struct base_text *line, const struct service_changed_asset *asset, bool dry_run)
{
    base_text_addf(line, "asset %d: the registry %s ", (int)asset->asset_id, dry_run ? "would have" : "has");
    base_text_add_printable(line, base_bytes_of_string(asset->path), PATH_SHOWN);
    base_text_add_string(line, " again, and the files ");
    base_text_add_string(line, dry_run ? "would still be in " : "are still in ");
    base_text_add_printable(line, base_bytes_of_string(asset->old_path), PATH_SHOWN);
    base_text_add_string(line, ": move that directory back yourself\n");
}

void present_text_undo(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_change_result *result = &answer->result.change;
    struct base_text line = BASE_TEXT_EMPTY;
    if (!result->done || output->quiet) {
        return;
    }
    base_text_addf(&line, "%s operation %" PRIu64 ": ", result->dry_run ? "would undo" : "undid", result->undone);
    base_text_add_printable(&line, base_bytes_of_string(result->undone_text), TEXT_SHOWN);
    if (!result->dry_run) {
        base_text_addf(&line, "; prpack undo %" PRIu64 " does it again", result->operation);
    }
    base_text_add_char(&line, '\n');
    for (size_t i = 0; i < result->count; i++) {
        if (result->assets[i].old_path != NULL) {
            add_staying(&line, &result->assets[i], result->dry_run);
        }
    }
    (void)fputs(base_text_string(&line), output->out);
    base_text_release(&line, output->out_of_memory);
    if (result->dry_run) {
        present_text_plan(output, &result->plan, result->plan.count);
    }
}
