#include "present/text_answers.h"

void present_text_init(const struct present_output *output, const struct service_answer *answer)
{
    if (answer->status == SERVICE_STATUS_WELL && !output->quiet) {
        (void)fputs("made assets/.prometeu/index.json\n", output->out);
    }
}
