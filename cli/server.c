#include "cli/server.h"

#include "base/descriptor.h"
#include "cli/interrupt.h"
#include "serve/serve.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char *const framings[] = {
    [SERVE_FRAMING_AUTO] = "auto", [SERVE_FRAMING_HEADER] = "header", [SERVE_FRAMING_LINE] = "line"};
enum { FRAMINGS = sizeof framings / sizeof framings[0] };

/* FRAMINGS: there is none of that name. */
static size_t find_framing(const struct cli_arguments *arguments)
{
    const char *name = arguments->value[CLI_OPTION_FRAMING];
    size_t i = 0;
    while (name != NULL && i < FRAMINGS && strcmp(framings[i], name) != 0) {
        i++;
    }
    return i;
}

const char *cli_server_check(const struct cli_arguments *arguments)
{
    return find_framing(arguments) < FRAMINGS ? NULL : "--framing takes auto, header or line";
}

/* Keeps standard output for messages: what is printed to it from now on goes to standard error. Returns the descriptor
 * for messages, or -1. */
static int take_output(void)
{
    int fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (fd >= 0 && dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
        (void)close(fd);
        return -1;
    }
    return fd;
}

enum service_status cli_server_run(const struct cli_arguments *arguments, const struct present_output *output,
                                   struct base_task *task, int *problem, const char **file)
{
    const struct serve_options options = {
        .framing = (enum serve_framing)find_framing(arguments),
        .trace = arguments->value[CLI_OPTION_TRACE],
        .present = output,
        .life = task,
        .input = STDIN_FILENO,
        .output = take_output(),
    };
    *file = NULL;
    *problem = options.output >= 0 ? 0 : errno;
    if (*problem != 0) {
        return SERVICE_STATUS_ENVIRONMENT;
    }
    cli_interrupt_wake(task);
    enum serve_end end = serve_run_server(&options);
    *problem = end == SERVE_END_TRACE || end == SERVE_END_RESOURCES ? errno : 0;
    *problem = end == SERVE_END_MEMORY ? ENOMEM : *problem;
    *file = end == SERVE_END_TRACE ? options.trace : NULL;
    (void)close(options.output);
    if (*problem != 0) {
        return SERVICE_STATUS_ENVIRONMENT;
    }
    if (cli_interrupt_signal() != 0) {
        return SERVICE_STATUS_CANCELLED;
    }
    return end == SERVE_END_WELL ? SERVICE_STATUS_WELL : SERVICE_STATUS_WRONG;
}

bool cli_server_describe(FILE *out)
{
    struct base_text text = BASE_TEXT_EMPTY;
    char program[4096];
    ssize_t size = readlink("/proc/self/exe", program, sizeof program - 1);
    program[size > 0 ? size : 0] = '\0';
    serve_about_add(&text, size > 0 ? program : "prpack");
    bool complete = !base_text_out_of_memory(&text);
    if (complete) {
        (void)fprintf(out, "%s\n", base_text_string(&text));
    }
    base_text_free(&text);
    return complete;
}
