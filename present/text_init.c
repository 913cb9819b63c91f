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
        (void)fputs("made assets/.prometeu/index.json\n", output->out);
    }
}
