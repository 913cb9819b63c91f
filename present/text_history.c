#include "base/text.h"
#include "present/text_answers.h"

#include <inttypes.h>

enum { TIME_SHOWN = 40, TEXT_SHOWN = 4096 };

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

void present_text_undo(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_change_result *result = &answer->result.change;
    struct base_text line = BASE_TEXT_EMPTY;
    if (!result->done || output->quiet) {
        return;
    }
    base_text_addf(&line, "%s operation %" PRIu64 ": ", result->dry_run ? "would undo" : "undid", result->undone);
    base_text_add_printable(&line, base_bytes_of_string(result->undone_text), TEXT_SHOWN);
    base_text_add_char(&line, '\n');
    (void)fputs(base_text_string(&line), output->out);
    base_text_release(&line, output->out_of_memory);
    if (result->dry_run) {
        present_text_plan(output, &result->plan, result->plan.count);
    }
}
