#include "base/text.h"
#include "present/text_answers.h"

void present_text_init(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_init_result *result = &answer->result.init;
    if (answer->status != SERVICE_STATUS_WELL || output->quiet) {
        return;
    }
    if (result->dry_run) {
        (void)fputs("would make a workspace here\n", output->out);
        present_text_plan(output, &result->plan, result->plan.count);
    } else {
        struct base_text line = BASE_TEXT_EMPTY;
        base_text_add_string(&line, "made ");
        base_text_add_printable(&line, base_bytes_of_string(result->registry), 4096);
        base_text_add_char(&line, '\n');
        (void)fputs(base_text_string(&line), output->out);
        base_text_release(&line, output->out_of_memory);
    }
}
