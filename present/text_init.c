#include "base/text.h"
#include "present/text_answers.h"

enum { PATH_SHOWN = 4096 };

static void print_path(const struct present_output *output, const char *before, const char *path, const char *after)
{
    struct base_text line = BASE_TEXT_EMPTY;
    base_text_add_string(&line, before);
    base_text_add_printable(&line, base_bytes_of_string(path), PATH_SHOWN);
    base_text_addf(&line, "%s\n", after);
    (void)fputs(base_text_string(&line), output->out);
    base_text_release(&line, output->out_of_memory);
}

static void print_dry_run(const struct present_output *output, const struct service_init_result *result)
{
    if (!result->existed) {
        (void)fputs("would make a workspace here\n", output->out);
    } else if (result->plan.count == 0) {
        print_path(output, "would change nothing: the files for git beside ", result->registry, " are complete");
    } else {
        print_path(output, "would complete the files for git beside ", result->registry, "");
    }
    present_text_plan(output, &result->plan, result->plan.count);
}

/* With --git all files are named, because all of them are to be committed. The registry is the last file of a plan that
 * makes it. */
static void print_done(const struct present_output *output, const struct service_init_result *result)
{
    size_t wrote = result->existed || result->plan.count == 0 ? result->plan.count : result->plan.count - 1;
    if (!result->existed) {
        print_path(output, "made ", result->registry, "");
    } else if (result->plan.count == 0) {
        print_path(output, "nothing to do: the files for git beside ", result->registry, " are complete");
    }
    for (size_t i = 0; result->git && i < wrote; i++) {
        print_path(output, "wrote ", result->plan.files[i].to, "");
    }
}

void present_text_init(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_init_result *result = &answer->result.init;
    if (answer->status != SERVICE_STATUS_WELL || output->quiet) {
        return;
    }
    if (result->dry_run) {
        print_dry_run(output, result);
    } else {
        print_done(output, result);
    }
    if (result->git) {
        (void)fputs(
            "git merges the registry with prpack, which has to be in PATH, in each clone where these two commands were "
            "run:\n",
            output->out);
        for (size_t i = 0; service_git_configuration[i] != NULL; i++) {
            (void)fprintf(output->out, "%s\n", service_git_configuration[i]);
        }
    }
}
