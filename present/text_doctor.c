#include "base/text.h"
#include "present/quantity.h"
#include "present/text_answers.h"

#include <string.h>

enum { PATH_SHOWN = 4096 };

static const char *past_of(const char *action)
{
    return strcmp(action, "delete") == 0 ? "deleted" : strcmp(action, "move") == 0 ? "moved" : "wrote";
}

static void print_done(const struct present_output *output, const struct service_planned_file *file)
{
    struct base_text line = BASE_TEXT_EMPTY;
    base_text_addf(&line, "%s ", past_of(file->action));
    if (file->from != NULL) {
        base_text_add_printable(&line, base_bytes_of_string(file->from), PATH_SHOWN);
        base_text_add_string(&line, " to ");
    }
    base_text_add_printable(&line, base_bytes_of_string(file->to), PATH_SHOWN);
    base_text_addf(&line, ": %s\n", file->reason);
    (void)fputs(base_text_string(&line), output->out);
    base_text_release(&line, output->out_of_memory);
}

/* What was fixed. */
void present_text_doctor(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_doctor_result *result = &answer->result.doctor;
    if (output->quiet) {
        return;
    }
    if (result->dry_run) {
        present_text_plan(output, &result->plan, result->plan.count);
        return;
    }
    for (size_t i = 0; i < result->plan.count; i++) {
        print_done(output, &result->plan.files[i]);
    }
}

void present_text_doctor_verdict(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_doctor_result *result = &answer->result.doctor;
    char words[PRESENT_QUANTITY_SIZE + sizeof " assets"];
    if (result->examined && !output->quiet && service_count_errors(answer) + service_count_warnings(answer) == 0) {
        (void)fprintf(output->out, "no problems in %s\n",
                      present_quantity_of(result->assets, "asset", "assets", words, sizeof words));
    }
}
