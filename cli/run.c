#include "cli/run.h"

#include "base/file.h"
#include "cli/color.h"
#include "cli/context.h"
#include "cli/findings_text.h"
#include "cli/help.h"
#include "cli/report_json.h"

#include <errno.h>
#include <unistd.h>

typedef enum pp_status (*command_function)(const struct pp_context *context);

static const command_function functions[PP_COMMAND_COUNT] = {
    [PP_COMMAND_INIT] = pp_command_init,       [PP_COMMAND_ADD] = pp_command_add,
    [PP_COMMAND_LIST] = pp_command_list,       [PP_COMMAND_BUILD] = pp_command_build,
    [PP_COMMAND_VERIFY] = pp_command_verify,   [PP_COMMAND_INSPECT] = pp_command_inspect,
    [PP_COMMAND_EXPLAIN] = pp_command_explain,
};

/* Reports what kept a command from running at all. */
static enum pp_status refuse(const struct pp_context *context, enum pp_diagnostic diagnostic, const char *file,
                             const char *message)
{
    struct pp_findings findings;
    struct pp_place place = PP_NOWHERE;
    place.file = file;
    pp_findings_init(&findings);
    pp_findings_add(&findings, diagnostic, &place, NULL, NULL, "%s", message);
    if (context->json) {
        struct pp_text text = PP_TEXT_EMPTY;
        struct pp_json_emit emit = pp_json_emit_make(&text);
        enum pp_command command = context->arguments->command;
        pp_json_report_begin(&emit, command == PP_COMMAND_NONE ? "prpack" : pp_command_facts(command)->name);
        pp_json_report_end(&emit, &findings, NULL, context);
        pp_text_free(&text);
    } else {
        pp_findings_print(&findings, context->err, context->color_err, false);
    }
    enum pp_status status = pp_status_of_findings(&findings);
    pp_findings_free(&findings);
    return status;
}

/* A report that did not reach its reader whole is no report. */
static enum pp_status finish_output(const struct pp_context *context, enum pp_status status)
{
    bool written = fflush(context->out) == 0 && ferror(context->out) == 0;
    if (written && !*context->starved) {
        return status;
    }
    const struct pp_diagnostic_facts *facts =
        pp_diagnostic_facts(written ? PP_ENVIRONMENT_MEMORY : PP_ENVIRONMENT_WRITE);
    (void)fprintf(context->err, "error[%s] standard output: %s. %s\n", facts->id,
                  written ? "there was no memory to write all of it" : "it could not be written to the end",
                  facts->help);
    return PP_STATUS_ENVIRONMENT;
}

static enum pp_status run_command(const struct pp_context *context)
{
    const struct pp_arguments *arguments = context->arguments;
    const char *directory = arguments->value[PP_OPTION_DIRECTORY];
    if (arguments->given[PP_OPTION_HELP]) {
        pp_help_print(arguments->command, context->out);
        return PP_STATUS_WELL;
    }
    if (arguments->given[PP_OPTION_VERSION]) {
        pp_version_print(context->out);
        return PP_STATUS_WELL;
    }
    if (directory != NULL && chdir(directory) != 0) {
        return refuse(context, PP_ENVIRONMENT_READ, directory, pp_file_problem_text(errno));
    }
    pp_service_settle(".");
    return functions[arguments->command](context);
}

int pp_cli_run(int argc, char *const *argv, FILE *out, FILE *err)
{
    struct pp_text problem = PP_TEXT_EMPTY;
    struct pp_arguments arguments;
    bool starved = false;
    bool understood = pp_arguments_parse(argc, argv, &arguments, &problem);
    const struct pp_context context = {
        .arguments = &arguments,
        .out = out,
        .err = err,
        .json = arguments.json,
        .quiet = arguments.given[PP_OPTION_QUIET],
        .color_out = pp_color_wanted(out),
        .color_err = pp_color_wanted(err),
        .starved = &starved,
    };
    enum pp_status status;
    if (understood) {
        status = run_command(&context);
    } else if (pp_text_failed(&problem)) {
        status = refuse(&context, PP_ENVIRONMENT_MEMORY, NULL, "memory ran out");
    } else {
        status = refuse(&context, PP_USAGE, NULL, pp_text_string(&problem));
    }
    status = finish_output(&context, status);
    pp_arguments_free(&arguments);
    pp_text_free(&problem);
    return (int)status;
}
