/* history: docs/contracts/workspace.md, 8.8. */
#include "base/array.h"
#include "base/report.h"
#include "service/history/file.h"
#include "service/history/undone.h"
#include "service/service.h"
#include "service/step.h"
#include "service/transaction/names.h"
#include "service/transaction/settle.h"
#include "workspace/path.h"
#include "json/value.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

/* One call. */
struct work {
    struct base_task *task;
    struct service_history *history;
    char *display; /* of history.jsonl */
    struct base_findings *findings;
};

static bool report_memory(const struct work *work)
{
    base_report_out_of_memory(work->findings, NULL);
    return false;
}

static bool take_line(const struct work *work, const struct service_history_line *line)
{
    struct service_history *history = work->history;
    struct service_past_operation *items =
        base_array_grow(history->operations, history->count, &history->capacity, sizeof *items);
    if (items == NULL) {
        return report_memory(work);
    }
    history->operations = items;
    struct service_past_operation *operation = &items[history->count++];
    *operation = (struct service_past_operation){
        .operation = line->operation,
        .time = json_token_string(line->text, line->time),
        .name = json_token_string(line->text, line->name),
        .text = json_token_string(line->text, line->words),
        .has_undoes = line->undoes != 0,
        .undoes = line->undoes,
    };
    return operation->time != NULL && operation->name != NULL && operation->text != NULL ? true : report_memory(work);
}

/* `lines` is NULL where it is not known how many lines come before. */
static void report_broken(const struct work *work, uint64_t at, size_t size, struct base_lines *lines)
{
    const struct base_details details = {
        .place = {.file = work->display, BASE_AT_BYTE(at, size), .lines = lines},
        .severity = BASE_WARNING,
    };
    base_report(work->findings, DIAG_HISTORY_BROKEN, &details, "a line of the history cannot be read");
}

static bool take_lines(const struct work *work, const struct service_history_file *file)
{
    struct base_lines lines = base_lines_of(file->text);
    struct base_bytes text;
    struct service_history_line line;
    size_t begin = 0;
    bool fine = true;
    for (size_t at = 0; fine && !base_task_cancelled(work->task) && service_history_next(file->text, &at, &text);
         begin = at) {
        if (service_history_line_read(&line, text)) {
            fine = take_line(work, &line);
        } else {
            report_broken(work, file->skipped + begin, text.size, file->skipped == 0 ? &lines : NULL);
        }
    }
    return fine && !base_task_cancelled(work->task);
}

/* Which operations are undone, as undo sees it. */
static bool note_undone(const struct work *work)
{
    struct service_history *history = work->history;
    struct service_history_link *links = calloc(history->count + 1, sizeof *links);
    for (size_t i = 0; links != NULL && i < history->count; i++) {
        links[i].operation = history->operations[i].operation;
        links[i].undoes = history->operations[i].undoes;
    }
    bool fine = links != NULL && service_history_note_undone(links, history->count) == 0;
    for (size_t i = 0; fine && i < history->count; i++) {
        history->operations[i].is_undone = links[i].by != 0;
        history->operations[i].undone_by = links[i].by;
    }
    free(links);
    return fine ? true : report_memory(work);
}

/* Without a registry there is no workspace, whatever its directory has. */
static bool check_registry(const struct work *work, const struct service_site *site)
{
    struct stat status;
    if (fstatat(site->registry_fd, WORKSPACE_REGISTRY_NAME, &status, AT_SYMLINK_NOFOLLOW) == 0 || errno != ENOENT) {
        return true;
    }
    service_site_report(site, ENOENT, work->findings);
    return false;
}

static bool read_history(struct work *work, const struct service_site *site)
{
    struct service_history_file file;
    work->display = workspace_assets_path(site->registry, SERVICE_HISTORY_NAME, NULL);
    int problem = work->display != NULL ? service_history_read(&file, site->registry_fd) : ENOMEM;
    if (work->display == NULL) {
        return report_memory(work);
    }
    if (problem != 0) {
        const struct base_place place = {.file = work->display};
        base_report_read_failure(work->findings, &place, problem);
    }
    bool fine = problem == 0 && take_lines(work, &file) && note_undone(work);
    service_history_free(&file);
    return fine;
}

static bool run(struct work *work, const struct workspace_place *place)
{
    const struct service_lock_wish wish = {.task = work->task};
    struct service_site site;
    service_workspace_settle(work->task, place, work->findings);
    if (!service_look_at_workspace(&site, place, &wish, work->findings)) {
        return false;
    }
    bool fine = check_registry(work, &site) && read_history(work, &site);
    free(work->display);
    service_site_close(&site);
    return fine;
}

enum service_status service_history(struct base_task *task, const char *workspace,
                                    const struct service_history_request *request, struct service_history *history,
                                    struct base_findings *findings)
{
    const struct workspace_place place = {.project = workspace, .assets = request->assets};
    struct base_findings step;
    *history = (struct service_history){.operations = NULL};
    base_findings_init(&step);
    struct work work = {.task = task, .history = history, .findings = &step};
    history->known = run(&work, &place);
    bool goes_on = service_step_end(task, findings, &step);
    if (!goes_on) {
        service_report_cancelled(task, findings, "the history was not read");
    }
    if (!goes_on || !history->known) {
        service_history_result_free(history); /* half of it would pass for all of it */
    }
    return service_status_of_findings(findings);
}

void service_history_result_free(struct service_history *history)
{
    for (size_t i = 0; i < history->count; i++) {
        free(history->operations[i].time);
        free(history->operations[i].name);
        free(history->operations[i].text);
    }
    free(history->operations);
    *history = (struct service_history){.operations = NULL};
}
