#include "cli/command.h"

#include "cli/confirm.h"
#include "cli/interrupt.h"
#include "present/catalogue.h"
#include "present/progress.h"

#include <stdio.h>

/* Where the answers of a command are shown, while its progress is. */
struct shown {
    struct present_sink *sink;
    struct present_progress progress;
    struct base_task *task;
    bool stays; /* answers come until the task is cancelled */
    enum cli_done done;
};

/* Whether the workspace is another one than before. */
static bool is_edited(const struct service_answer *answer)
{
    const union service_result *result = &answer->result;
    switch (answer->operation->id) {
    case SERVICE_OPERATION_INIT:
        return !result->init.dry_run && (!result->init.existed || result->init.plan.count > 0);
    case SERVICE_OPERATION_ADD:
        return result->add.added && !result->add.dry_run && (!result->add.update || result->add.updated);
    case SERVICE_OPERATION_PALETTES:
        return result->palettes.done && !result->palettes.dry_run && result->palettes.written > 0;
    case SERVICE_OPERATION_ADOPT:
    case SERVICE_OPERATION_INCLUDE:
    case SERVICE_OPERATION_EXCLUDE:
    case SERVICE_OPERATION_RENAME:
    case SERVICE_OPERATION_MOVE:
    case SERVICE_OPERATION_FORGET:
    case SERVICE_OPERATION_REMOVE:
    case SERVICE_OPERATION_QUARANTINE_RESTORE:
    case SERVICE_OPERATION_UNDO:
        return result->change.done && !result->change.dry_run && result->change.plan.count > 0;
    case SERVICE_OPERATION_QUARANTINE_PURGE:
        return result->purge.done && !result->purge.dry_run && result->purge.count > 0;
    case SERVICE_OPERATION_DOCTOR:
        return result->doctor.fixed && !result->doctor.dry_run && result->doctor.plan.count > 0;
    case SERVICE_OPERATION_GC:
        return result->gc.done && !result->gc.dry_run && result->gc.plan.count > 0;
    case SERVICE_OPERATION_LIST:
    case SERVICE_OPERATION_SHOW:
    case SERVICE_OPERATION_BUILD:
    case SERVICE_OPERATION_WATCH:
    case SERVICE_OPERATION_VERIFY:
    case SERVICE_OPERATION_INSPECT:
    case SERVICE_OPERATION_EXTRACT:
    case SERVICE_OPERATION_IDS:
    case SERVICE_OPERATION_EXPLAIN:
    case SERVICE_OPERATION_HISTORY:
    case SERVICE_OPERATION_QUARANTINE_LIST:
    case SERVICE_OPERATION_MERGE_REGISTRY:
    case SERVICE_OPERATION_COUNT:
        break;
    }
    return false;
}

static enum cli_done done_by(const struct service_answer *answer)
{
    if (answer->operation->id == SERVICE_OPERATION_BUILD || answer->operation->id == SERVICE_OPERATION_WATCH) {
        return answer->result.build.published == SERVICE_PUBLISHED ? CLI_DONE_PUBLISHED : CLI_DONE_NOTHING;
    }
    return answer->status == SERVICE_STATUS_WELL && is_edited(answer) ? CLI_DONE_EDITED : CLI_DONE_NOTHING;
}

/* An answer of a watch. It is shown to its end, whatever signal comes, and at once. When it cannot be shown, no other
 * one can. */
static void show_and_stay(struct shown *shown, const struct service_answer *answer)
{
    FILE *out = shown->sink->output.out;
    present_sink_show(shown->sink, answer);
    if (fflush(out) != 0 || ferror(out) != 0) {
        base_task_cancel(shown->task);
    }
    present_progress_restart(&shown->progress);
}

/* A service_take_answer. */
static void show(void *context, const struct service_answer *answer)
{
    struct shown *shown = context;
    if (answer->ran && done_by(answer) != CLI_DONE_NOTHING) {
        shown->done = done_by(answer);
    }
    present_progress_clear(&shown->progress);
    if (shown->stays) {
        show_and_stay(shown, answer);
        return;
    }
    cli_interrupt_show(answer->operation->id == SERVICE_OPERATION_INSPECT ? CLI_SHOWN_PART : CLI_SHOWN_ALL);
    present_sink_show(shown->sink, answer);
    cli_interrupt_show(CLI_SHOWN_NOTHING);
}

static enum service_status run(const struct cli_arguments *arguments, const union service_request *request,
                               struct base_task *task, struct present_sink *sink, enum cli_done *done)
{
    struct shown shown = {.sink = sink, .task = task, .stays = arguments->command == CLI_COMMAND_WATCH};
    const struct service_call call = {
        .operation = cli_command_facts(arguments->command).operation,
        .task = task,
        .request = request,
        .take = show,
        .take_context = &shown,
    };
    if (shown.stays) {
        task->audience = fileno(sink->output.out);
        cli_interrupt_wake(task);
    }
    bool inspects = arguments->command == CLI_COMMAND_INSPECT;
    present_progress_begin(&shown.progress, task, &sink->output, inspects ? "reading" : "verifying");
    enum service_status status = service_run(&call);
    present_progress_end(&shown.progress);
    *done = shown.done;
    return status;
}

/* A report for programs is written also after a no: that of the dry run. */
static enum service_status confirm_and_run(const struct cli_arguments *arguments, struct base_task *task,
                                           struct present_sink *sink, enum cli_done *done)
{
    struct cli_confirmed confirmed;
    union service_request request = arguments->request;
    enum service_status status = SERVICE_STATUS_WELL;
    cli_confirm(&confirmed, &request, arguments, task);
    if (confirmed.refused) {
        (void)fputs("nothing was deleted\n", sink->output.err);
    }
    if (!confirmed.refused || arguments->format->for_programs) {
        status = run(arguments, &request, task, sink, done);
    }
    base_names_free(&confirmed.folders);
    return status;
}

enum service_status cli_command_run(const struct cli_arguments *arguments, struct base_task *task,
                                    struct present_sink *sink, enum cli_done *done)
{
    *done = CLI_DONE_NOTHING;
    if (arguments->given[CLI_OPTION_MARKDOWN] && !arguments->format->for_programs) {
        present_catalogue_document(&sink->output);
        return SERVICE_STATUS_WELL;
    }
    return cli_confirm_is_needed(arguments) ? confirm_and_run(arguments, task, sink, done)
                                            : run(arguments, &arguments->request, task, sink, done);
}
