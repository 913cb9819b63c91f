#include "base/text.h"
#include "present/text_answers.h"

void present_text_plan(const struct present_output *output, const struct service_planned *plan, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct base_text line = BASE_TEXT_EMPTY;
        const struct service_planned_file *file = &plan->files[i];
        base_text_addf(&line, "  would %s ", file->action);
        if (file->from != NULL) {
            base_text_add_printable(&line, base_bytes_of_string(file->from), 4096);
            base_text_add_string(&line, " to ");
        }
        base_text_add_printable(&line, base_bytes_of_string(file->to), 4096);
        base_text_addf(&line, ": %s\n", file->reason);
        (void)fputs(base_text_string(&line), output->out);
        base_text_release(&line, output->out_of_memory);
    }
}
