#include "cli/run.h"

#include "base/file.h"
#include "base/workers.h"
#include "cli/context.h"
#include "cli/help.h"
#include "cli/remedies.h"
#include "present/color.h"

#include <errno.h>
#include <unistd.h>

typedef enum service_status (*command_function)(const struct cli_context *context);

static const command_function functions[CLI_COMMAND_COUNT] = {
    [CLI_COMMAND_INIT] = cli_command_init,       [CLI_COMMAND_ADD] = cli_command_add,
    [CLI_COMMAND_LIST] = cli_command_list,       [CLI_COMMAND_BUILD] = cli_command_build,
    [CLI_COMMAND_VERIFY] = cli_command_verify,   [CLI_COMMAND_INSPECT] = cli_command_inspect,
    [CLI_COMMAND_EXPLAIN] = cli_command_explain,
};

/* Reports what kept a command from running at all. */
static enum service_status refuse(const struct cli_context *context, enum diag diagnostic, const char *file,
                                  const char *message)
{
    struct base_findings findings;
    struct base_place place = BASE_NOWHERE;
    place.file = file;
    base_findings_init(&findings);
    base_findings_add(&findings, diagnostic, &place, NULL, NULL, "%s", message);
    enum cli_command command = context->arguments->command;
    struct present_output output = context->output;
    output.quiet = false;
    present_outcome(&output, command == CLI_COMMAND_NONE ? "prpack" : cli_command_facts(command)->name, &findings);
    enum service_status status = service_status_of_findings(&findings);
    base_findings_free(&findings);
    return status;
}

/* A report that could not be written completely is a failure. */
static enum service_status finish_output(const struct cli_context *context, enum service_status status)
{
    const struct present_output *output = &context->output;
    bool written = fflush(output->out) == 0 && ferror(output->out) == 0;
    if (written && !*output->out_of_memory) {
        return status;
    }
    enum diag diagnostic = written ? DIAG_ENVIRONMENT_MEMORY : DIAG_ENVIRONMENT_WRITE;
    (void)fprintf(output->err, "error[%s] standard output: %s. %s\n", diag_facts(diagnostic)->id,
                  written ? "there was no memory to write all of it" : "it could not be written to the end",
                  present_remedy(output, diagnostic, 0));
    return SERVICE_STATUS_ENVIRONMENT;
}

static enum service_status run_command(const struct cli_context *context)
{
    const struct cli_arguments *arguments = context->arguments;
    const char *directory = arguments->value[CLI_OPTION_DIRECTORY];
    if (arguments->given[CLI_OPTION_HELP]) {
        cli_help_print(arguments->command, context->output.out);
        return SERVICE_STATUS_WELL;
    }
    if (arguments->given[CLI_OPTION_VERSION]) {
        cli_version_print(context->output.out);
        return SERVICE_STATUS_WELL;
    }
    if (directory != NULL && chdir(directory) != 0) {
        return refuse(context, DIAG_ENVIRONMENT_READ, directory, base_file_problem_text(errno));
    }
    service_settle(".");
    return functions[arguments->command](context);
}

int cli_run(int argc, char *const *argv, FILE *out, FILE *err)
{
    struct base_text problem = BASE_TEXT_EMPTY;
    struct cli_arguments arguments;
    bool out_of_memory = false;
    bool understood = cli_arguments_parse(argc, argv, &arguments, &problem);
    struct base_task task = BASE_TASK_INIT;
    task.workers = base_workers_create(); /* without them the task still runs */
    const struct cli_context context = {
        .task = &task,
        .arguments = &arguments,
        .output =
            {
                .out = out,
                .err = err,
                .json = arguments.json,
                .quiet = arguments.given[CLI_OPTION_QUIET],
                .color_out = present_color_wanted(out),
                .color_err = present_color_wanted(err),
                .out_of_memory = &out_of_memory,
                .remedies = cli_remedy,
            },
    };
    enum service_status status;
    if (understood) {
        status = run_command(&context);
    } else if (base_text_out_of_memory(&problem)) {
        status = refuse(&context, DIAG_ENVIRONMENT_MEMORY, NULL, "memory ran out");
    } else {
        status = refuse(&context, DIAG_USAGE, NULL, base_text_string(&problem));
    }
    status = finish_output(&context, status);
    base_workers_destroy(task.workers);
    cli_arguments_free(&arguments);
    base_text_free(&problem);
    return (int)status;
}
