#include "cli/run.h"

#include "base/beside.h"
#include "base/descriptor.h"
#include "base/file.h"
#include "base/workers.h"
#include "cli/command.h"
#include "cli/given.h"
#include "cli/help.h"
#include "cli/hints.h"
#include "cli/interrupt.h"
#include "cli/remedies.h"
#include "cli/server.h"
#include "cli/summary.h"
#include "cli/where.h"
#include "present/color.h"
#include "present/remedy.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Reports what kept a command from running at all. */
static enum service_status refuse(const struct cli_arguments *arguments, struct present_sink *sink,
                                  enum diag diagnostic, const char *file, const char *message, const char *remedy)
{
    struct service_answer answer;
    service_refuse(&answer, cli_command_operation(arguments->command));
    base_report(&answer.findings, diagnostic, &(struct base_details){.place.file = file, .remedy = remedy}, "%s",
                message);
    answer.status = service_status_of_findings(&answer.findings);
    present_sink_show(sink, &answer);
    enum service_status status = answer.status;
    base_findings_free(&answer.findings);
    return status;
}

/* Whether the stream is a pipe that nothing reads any more: its reader has what it wanted. */
static bool reader_is_gone(FILE *stream)
{
    struct pollfd pipe = {.fd = fileno(stream), .events = POLLOUT};
    struct stat status;
    return fstat(pipe.fd, &status) == 0 && (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode)) &&
           poll(&pipe, 1, 0) > 0 && (pipe.revents & (POLLERR | POLLHUP)) != 0;
}

/* A report that could not be written completely is a failure, unless its reader has closed the pipe. What the command
 * has done stays done, and the message says so. */
static enum service_status finish_output(const struct present_output *output, enum service_status status,
                                         enum cli_done done)
{
    static const char *const stays[] = {
        [CLI_DONE_NOTHING] = "",
        [CLI_DONE_PUBLISHED] = "; the set is published, and only the report of it is lost",
        [CLI_DONE_EDITED] = "; the workspace is changed as asked, and only the report of it is lost",
    };
    bool written = fflush(output->out) == 0 && ferror(output->out) == 0;
    if ((written || reader_is_gone(output->out)) && !*output->out_of_memory) {
        return status;
    }
    enum diag diagnostic = written ? DIAG_ENVIRONMENT_MEMORY : DIAG_ENVIRONMENT_WRITE;
    (void)fprintf(output->err, "error[%s] standard output: %s%s. %s\n", diag_facts(diagnostic)->id,
                  written ? "there was no memory to write all of it" : "it could not be written to the end",
                  stays[done], present_remedy(output, diagnostic));
    return SERVICE_STATUS_ENVIRONMENT;
}

/* A job summary that is not complete is a failure likewise. */
static enum service_status finish_summary(struct cli_summary *summary, const struct present_output *output,
                                          enum service_status status)
{
    int problem = cli_summary_close(summary);
    if (problem == 0) {
        return status;
    }
    struct base_text path = BASE_TEXT_EMPTY;
    base_text_add_printable(&path, base_bytes_of_string(summary->path), 4096);
    (void)fprintf(output->err, "error[%s] %s: the job summary could not be written: %s. %s\n",
                  diag_facts(DIAG_ENVIRONMENT_WRITE)->id, base_text_string(&path), base_file_problem_text(problem),
                  present_remedy(output, DIAG_ENVIRONMENT_WRITE));
    base_text_free(&path);
    return SERVICE_STATUS_ENVIRONMENT;
}

/* A signal ends the writing of an answer, too: what was not written then is not waited for. It is the usual end of a
 * watch. */
static enum service_status finish_interrupted(const struct present_output *output, enum service_status status,
                                              enum cli_command command)
{
    if (command == CLI_COMMAND_WATCH) {
        cli_interrupt_forget();
    } else if (status != SERVICE_STATUS_CANCELLED) {
        (void)fputs("the signal came too late: what was asked for is done\n", output->err);
    }
    if (ferror(output->out) == 0) {
        (void)fflush(output->out);
    }
    return status;
}

/* The directory that -C names could not be opened; what is beside it may have been meant. */
static enum service_status refuse_directory(const struct cli_arguments *arguments, struct present_sink *sink,
                                            const char *directory, int problem)
{
    bool out_of_memory = false;
    char *meant = problem == ENOENT ? base_beside_path(BASE_CURRENT_DIRECTORY, directory, &out_of_memory) : NULL;
    struct base_text remedy = BASE_TEXT_EMPTY;
    if (meant != NULL) {
        base_text_addf(&remedy, "Did you mean -C %s? Upper and lower case matter.", meant);
    }
    enum service_status status =
        refuse(arguments, sink, DIAG_ENVIRONMENT_READ, directory, base_file_problem_text(problem),
               remedy.size > 0 ? base_text_string(&remedy) : NULL);
    *sink->output.out_of_memory = *sink->output.out_of_memory || out_of_memory;
    base_text_release(&remedy, sink->output.out_of_memory);
    free(meant);
    return status;
}

static enum service_status serve(const struct cli_arguments *arguments, struct present_sink *sink,
                                 struct base_task *task)
{
    const char *file;
    int problem;
    enum service_status status = cli_server_run(arguments, &sink->output, task, &problem, &file);
    if (problem == 0) {
        return status;
    }
    if (problem == ENOMEM || problem == EAGAIN) {
        return refuse(arguments, sink, DIAG_ENVIRONMENT_MEMORY, NULL, "memory or threads ran out for the server", NULL);
    }
    return refuse(arguments, sink, file != NULL ? DIAG_ENVIRONMENT_WRITE : DIAG_ENVIRONMENT_READ, file,
                  base_file_problem_text(problem), NULL);
}

/* What `serve` does before it serves, or in place of it. */
static enum service_status describe(struct present_sink *sink)
{
    *sink->output.out_of_memory = !cli_server_describe(sink->output.out);
    return SERVICE_STATUS_WELL;
}

static enum service_status run_command(const struct cli_arguments *arguments, struct present_sink *sink,
                                       enum cli_done *done)
{
    const char *directory = arguments->value[CLI_OPTION_DIRECTORY];
    if (arguments->given[CLI_OPTION_HELP]) {
        cli_help_print(arguments->command, arguments->group, sink->output.out);
        return SERVICE_STATUS_WELL;
    }
    if (arguments->given[CLI_OPTION_VERSION]) {
        cli_version_print(sink->output.out);
        return SERVICE_STATUS_WELL;
    }
    if (arguments->command == CLI_COMMAND_SERVE && cli_server_check(arguments) != NULL) {
        return refuse(arguments, sink, DIAG_USAGE, NULL, cli_server_check(arguments), "See prpack serve --help.");
    }
    if (arguments->given[CLI_OPTION_DESCRIBE]) {
        return describe(sink);
    }
    struct base_task task = BASE_TASK_INIT;
    /* O_PATH: paths begin there without a right to read the directory itself. */
    int problem =
        directory != NULL ? base_descriptor_open(&task.directory, AT_FDCWD, directory, O_PATH | O_DIRECTORY) : 0;
    if (problem != 0) {
        return refuse_directory(arguments, sink, directory, problem);
    }
    bool serves = arguments->command == CLI_COMMAND_SERVE;
    task.workers = serves ? NULL : base_workers_create(); /* without them the task still runs */
    cli_interrupt_begin(&task);
    enum service_status status = serves ? serve(arguments, sink, &task) : cli_command_run(arguments, &task, sink, done);
    cli_interrupt_show(CLI_SHOWN_ALL);
    (void)fflush(sink->output.out); /* a failure is found when the output is finished */
    cli_interrupt_end();
    base_workers_destroy(task.workers);
    if (directory != NULL) {
        (void)close(task.directory);
    }
    return status;
}

static enum service_status run(const struct cli_arguments *arguments, bool understood, const struct base_text *problem,
                               struct present_sink *sink, enum cli_done *done)
{
    if (understood) {
        return run_command(arguments, sink, done);
    }
    if (base_text_out_of_memory(problem)) {
        return refuse(arguments, sink, DIAG_ENVIRONMENT_MEMORY, NULL, "memory ran out", NULL);
    }
    return refuse(arguments, sink, DIAG_USAGE, NULL, base_text_string(problem), base_text_string(&arguments->remedy));
}

int cli_run(int argc, char *const *argv, FILE *out, FILE *err)
{
    struct base_text problem = BASE_TEXT_EMPTY;
    struct cli_arguments arguments;
    bool out_of_memory = false;
    enum cli_done done = CLI_DONE_NOTHING;
    bool understood = cli_arguments_parse(argc, argv, &arguments, &problem);
    struct present_given given[CLI_OPTION_COUNT];
    size_t given_count = cli_given(&arguments, given);
    struct cli_where where;
    struct cli_summary summary = {.path = NULL};
    cli_where_find(&where, &arguments);
    cli_summary_open(&summary, &arguments);
    const struct present_output output = {
        .out = out,
        .err = err,
        .json = arguments.format->for_programs,
        .quiet = arguments.given[CLI_OPTION_QUIET],
        .color_out = present_color_wanted(out),
        .color_err = present_color_wanted(err),
        .out_of_memory = &out_of_memory,
        .remedies = cli_remedy,
        .fixes = cli_fix,
        .hints = cli_hint,
        .from = where.from,
        .summary = summary.stream,
        .given = given,
        .given_count = given_count,
        .adding = arguments.command == CLI_COMMAND_ADOPT ? "adopt" : "add",
    };
    struct present_sink sink;
    present_sink_open(&sink, arguments.format, &output);
    enum service_status status = run(&arguments, understood, &problem, &sink, &done);
    present_sink_close(&sink);
    status = finish_summary(&summary, &output, status);
    status = cli_interrupt_signal() == 0 ? finish_output(&output, status, done)
                                         : finish_interrupted(&output, status, arguments.command);
    cli_where_free(&where);
    cli_arguments_free(&arguments);
    base_text_free(&problem);
    return (int)status;
}
