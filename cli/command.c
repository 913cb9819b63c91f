#include "cli/command.h"

#include "cli/interrupt.h"
#include "present/catalogue.h"
#include "present/progress.h"

/* Where the answers of a command are shown, while its progress is. */
struct shown {
    struct present_sink *sink;
    struct present_progress progress;
    enum cli_done done;
};

static enum cli_done done_by(const struct service_answer *answer)
{
    enum service_operation_id id = answer->operation->id;
    if (id == SERVICE_OPERATION_BUILD) {
        return answer->result.build.published == SERVICE_PUBLISHED ? CLI_DONE_PUBLISHED : CLI_DONE_NOTHING;
    }
    bool changed = id == SERVICE_OPERATION_INCLUDE || id == SERVICE_OPERATION_EXCLUDE ||
                   id == SERVICE_OPERATION_RENAME || id == SERVICE_OPERATION_FORGET;
    bool edited = (changed && answer->result.change.done && answer->result.change.plan.count > 0 &&
                   !answer->result.change.dry_run) ||
                  (id == SERVICE_OPERATION_INIT && !answer->result.init.dry_run) ||
                  (id == SERVICE_OPERATION_ADD && !answer->result.add.dry_run);
    return edited && answer->status == SERVICE_STATUS_WELL ? CLI_DONE_EDITED : CLI_DONE_NOTHING;
}

/* A service_take_answer. */
static void show(void *context, const struct service_answer *answer)
{
    struct shown *shown = context;
    if (answer->ran && done_by(answer) != CLI_DONE_NOTHING) {
        shown->done = done_by(answer);
    }
    present_progress_clear(&shown->progress);
    cli_interrupt_show(true);
    present_sink_show(shown->sink, answer);
    cli_interrupt_show(false);
}

enum service_status cli_command_run(const struct cli_arguments *arguments, struct base_task *task,
                                    struct present_sink *sink, enum cli_done *done)
{
    *done = CLI_DONE_NOTHING;
    if (arguments->given[CLI_OPTION_MARKDOWN] && !arguments->format->for_programs) {
        present_catalogue_document(&sink->output);
        return SERVICE_STATUS_WELL;
    }
    struct shown shown = {.sink = sink};
    const struct service_call call = {
        .operation = cli_command_facts(arguments->command).operation,
        .task = task,
        .request = &arguments->request,
        .take = show,
        .take_context = &shown,
    };
    bool inspects = arguments->command == CLI_COMMAND_INSPECT;
    present_progress_begin(&shown.progress, task, &sink->output, inspects ? "reading" : "verifying");
    enum service_status status = service_run(&call);
    present_progress_end(&shown.progress);
    *done = shown.done;
    return status;
}
