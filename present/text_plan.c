#include "base/text.h"
#include "present/text_answers.h"

#include <string.h>

/* "write" is "wrote". */
static const char *done_of(const char *action)
{
    static const char *const words[][2] = {{"write", "wrote"}, {"move", "moved"}, {"delete", "deleted"}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(action, words[i][0]) == 0) {
            return words[i][1];
        }
    }
    return action;
}

static void print_file(const struct present_output *output, const struct service_planned_file *file, const char *before,
                       const char *verb)
{
    struct base_text line = BASE_TEXT_EMPTY;
    base_text_addf(&line, "  %s%s ", before, verb);
    if (file->from != NULL) {
        base_text_add_printable(&line, base_bytes_of_string(file->from), 4096);
        base_text_add_string(&line, " to ");
    }
    base_text_add_printable(&line, base_bytes_of_string(file->to), 4096);
    base_text_addf(&line, ": %s\n", file->reason);
    (void)fputs(base_text_string(&line), output->out);
    base_text_release(&line, output->out_of_memory);
}

void present_text_plan(const struct present_output *output, const struct service_planned *plan, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        print_file(output, &plan->files[i], "would ", plan->files[i].action);
    }
}

void present_text_done(const struct present_output *output, const struct service_planned *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        print_file(output, &plan->files[i], "", done_of(plan->files[i].action));
    }
}
