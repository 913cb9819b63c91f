#include "cli/confirm.h"

#include "present/quantity.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* What a dry run found. */
struct found {
    struct base_names *folders;
    uint64_t files;
    uint64_t bytes;
    bool complete; /* all folders are in the list */
};

bool cli_confirm_is_needed(const struct cli_arguments *arguments)
{
    const struct service_purge_request *purge = &arguments->request.purge;
    return arguments->command == CLI_COMMAND_QUARANTINE_PURGE && !purge->yes && !purge->dry_run &&
           isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
}

/* A service_take_answer. */
static void take(void *context, const struct service_answer *answer)
{
    struct found *found = context;
    const struct service_purge_result *result = &answer->result.purge;
    if (!answer->ran || !result->done) {
        return;
    }
    found->files = result->files;
    found->bytes = result->bytes;
    found->complete = true;
    for (size_t i = 0; found->complete && i < result->count; i++) {
        found->complete = base_names_take(found->folders, strdup(result->folders[i].folder));
    }
}

/* Waits until a line can be read. False: a signal has cancelled the task. It is blocked but while the process waits, so
 * none is missed. */
static bool wait_for_line(struct base_task *task)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    sigset_t stopping;
    sigset_t before;
    (void)sigemptyset(&stopping);
    (void)sigaddset(&stopping, SIGINT);
    (void)sigaddset(&stopping, SIGTERM);
    (void)sigprocmask(SIG_BLOCK, &stopping, &before);
    bool cancelled = base_task_cancelled(task);
    while (!cancelled && ppoll(&input, 1, NULL, &before) < 0 && errno == EINTR) {
        cancelled = base_task_cancelled(task);
    }
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    return !cancelled;
}

/* Whether a line of the terminal says yes. The end of the input says no. */
static bool read_yes(void)
{
    char line[16];
    ssize_t size = read(STDIN_FILENO, line, sizeof line - 1);
    line[size > 0 ? size : 0] = '\0';
    line[strcspn(line, "\r\n")] = '\0';
    return strcasecmp(line, "y") == 0 || strcasecmp(line, "yes") == 0;
}

static bool ask(const struct found *found, struct base_task *task, bool *yes)
{
    char folders[48];
    char files[48];
    char bytes[48];
    (void)fprintf(stderr, "Delete %s with %s, %s, for good? [y/N] ",
                  present_quantity_of(found->folders->count, "folder", "folders", folders, sizeof folders),
                  present_quantity_of(found->files, "file", "files", files, sizeof files),
                  present_quantity_of(found->bytes, "byte", "bytes", bytes, sizeof bytes));
    (void)fflush(stderr);
    if (!wait_for_line(task)) {
        (void)fputs("\n", stderr);
        return false;
    }
    *yes = read_yes();
    return true;
}

void cli_confirm(struct cli_confirmed *confirmed, union service_request *request, const struct cli_arguments *arguments,
                 struct base_task *task)
{
    *confirmed = (struct cli_confirmed){.folders = BASE_NAMES_EMPTY};
    struct found found = {.folders = &confirmed->folders};
    bool yes = false;
    request->purge.dry_run = true;
    const struct service_call call = {
        .operation = cli_command_facts(arguments->command).operation,
        .task = task,
        .request = request,
        .take = take,
        .take_context = &found,
    };
    if (service_run(&call) != SERVICE_STATUS_WELL || !found.complete || found.folders->count == 0 ||
        !ask(&found, task, &yes)) {
        return;
    }
    confirmed->refused = !yes;
    if (yes) {
        const struct service_strings numbers = {.items = (const char *const *)found.folders->items,
                                                .count = found.folders->count};
        request->purge = (struct service_purge_request){
            .assets = request->purge.assets,
            .numbers = numbers,
            .yes = true,
            .wait = request->purge.wait,
            .findings = request->purge.findings,
        };
    }
}
