#include "cli/confirm.h"

#include "present/quantity.h"

#include <stdio.h>
#include <unistd.h>

/* What a dry run found. */
struct found {
    uint64_t folders;
    uint64_t files;
    uint64_t bytes;
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
    if (answer->ran && answer->result.purge.done) {
        *found = (struct found){.folders = answer->result.purge.count,
                                .files = answer->result.purge.files,
                                .bytes = answer->result.purge.bytes};
    }
}

/* A line of standard input that says yes. */
static bool read_yes(void)
{
    char line[16];
    return fgets(line, sizeof line, stdin) != NULL && (line[0] == 'y' || line[0] == 'Y');
}

void cli_confirm(union service_request *request, const struct cli_arguments *arguments, struct base_task *task)
{
    struct found found = {.folders = 0};
    char folders[48];
    char files[48];
    char bytes[48];
    request->purge.dry_run = true;
    const struct service_call call = {
        .operation = cli_command_facts(arguments->command).operation,
        .task = task,
        .request = request,
        .take = take,
        .take_context = &found,
    };
    if (service_run(&call) != SERVICE_STATUS_WELL || found.folders == 0) {
        return;
    }
    (void)fprintf(stderr, "Delete %s with %s, %s, for good? [y/N] ",
                  present_quantity_of(found.folders, "folder", "folders", folders, sizeof folders),
                  present_quantity_of(found.files, "file", "files", files, sizeof files),
                  present_quantity_of(found.bytes, "byte", "bytes", bytes, sizeof bytes));
    (void)fflush(stderr);
    request->purge.dry_run = false;
    request->purge.yes = read_yes();
}
