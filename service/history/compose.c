#include "service/history/compose.h"

#include "base/report.h"
#include "service/history/file.h"
#include "service/transaction/entry.h"
#include "service/transaction/names.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>

/* ---- What is kept ---- */

/* Where the lines begin that are kept beside a new one of `size` bytes: the oldest ones go. */
static size_t kept_from(struct base_bytes old, size_t size)
{
    struct base_bytes line;
    size_t lines = 0;
    size_t at = 0;
    size_t from = 0;
    while (service_history_next(old, &at, &line)) {
        lines++;
    }
    for (at = 0; from < old.size &&
                 (lines > SERVICE_HISTORY_LINES - 1 || old.size - from > SERVICE_HISTORY_LIMIT - size - 1);) {
        (void)service_history_next(old, &at, &line);
        from = at < old.size ? at : old.size;
        lines--;
    }
    return from;
}

static void add_kept(struct base_text *history, struct base_bytes old, size_t size)
{
    size_t from = kept_from(old, size);
    if (from < old.size) {
        base_text_add(history, base_bytes_make(old.data + from, old.size - from));
        if (old.data[old.size - 1] != '\n') {
            base_text_add_char(history, '\n');
        }
    }
}

/* ---- The whole ---- */

static void report(const struct service_site *site, int problem, struct base_findings *findings)
{
    char *display = workspace_assets_path(site->registry, SERVICE_HISTORY_NAME, NULL);
    const struct base_place place = {.file = display};
    findings->out_of_memory = findings->out_of_memory || display == NULL;
    if (problem == EOVERFLOW) {
        base_report(findings, DIAG_ENVIRONMENT_WRITE,
                    &(struct base_details){.place = place, .remedy = "Remove the file, and folders of such a number."},
                    "the numbers of operations are used up");
    } else {
        base_report_write_failure(findings, &place, "write the history", problem);
    }
    free(display);
}

/* Whether the kernel lets the file be replaced, as far as that shows. */
static int check_replaceable(int registry_fd)
{
    struct stat directory;
    mode_t mode;
    if (fstat(registry_fd, &directory) != 0) {
        return errno;
    }
    int problem = service_entry_check(registry_fd, &directory, SERVICE_HISTORY_NAME, &mode);
    return problem == ENOENT ? 0 : problem;
}

static int compose(struct base_task *task, const struct service_site *site, const struct workspace *workspace,
                   const struct workspace_plan *plan, const struct service_history_note *note,
                   const struct service_history_file *file, struct base_text *history)
{
    uint64_t operation = 0;
    struct base_text line = BASE_TEXT_EMPTY;
    int problem = service_history_next_number(file, site->registry_fd, &operation);
    operation += problem == 0 && note->numbers > 1 ? note->numbers - 1 : 0;
    if (problem == 0 && operation > SERVICE_OPERATION_MAX) {
        problem = EOVERFLOW;
    }
    if (problem == 0) {
        problem = base_text_out_of_memory(&note->words)
                      ? ENOMEM
                      : service_history_record(site, workspace, plan, note, operation, base_task_date(task), &line);
    }
    if (problem == 0) {
        add_kept(history, file->text, line.size);
        base_text_add(history, base_text_bytes(&line));
        problem = base_text_out_of_memory(history) ? ENOMEM : 0;
    }
    base_text_free(&line);
    return problem;
}

bool service_history_compose(struct base_task *task, const struct service_site *site, const struct workspace *workspace,
                             const struct workspace_plan *plan, const struct service_history_note *note,
                             struct base_text *history, struct base_findings *findings)
{
    if (plan->step_count == 0) {
        return true;
    }
    struct service_history_file file;
    int problem = service_history_read(&file, site->registry_fd);
    if (problem == 0) {
        problem = check_replaceable(site->registry_fd);
    }
    if (problem == 0) {
        problem = compose(task, site, workspace, plan, note, &file, history);
    }
    service_history_free(&file);
    if (problem != 0) {
        report(site, problem, findings);
    }
    return problem == 0;
}
