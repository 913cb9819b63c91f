/* quarantine purge: docs/contracts/workspace.md, 8.7. */
#include "base/directory.h"
#include "base/report.h"
#include "service/planned.h"
#include "service/quarantine/age.h"
#include "service/quarantine/choose.h"
#include "service/quarantine/purge.h"
#include "service/quarantine/read.h"
#include "service/step.h"
#include "service/transaction/names.h"
#include "service/transaction/settle.h"
#include "service/transaction/tree.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One call. */
struct work {
    struct base_task *task;
    const struct service_purge_request *request;
    const struct service_site *site;
    struct service_purge_result *result;
    struct base_findings *findings;
    int64_t oldest; /* folders from before this time are deleted, in seconds since 1970 */
};

static bool report_memory(const struct work *work)
{
    base_report_out_of_memory(work->findings, NULL);
    return false;
}

/* At the quarantine, or at what is in it. */
static bool report_failure(const struct work *work, const char *name, const char *doing, int problem)
{
    char *display = workspace_assets_path(work->site->registry, SERVICE_QUARANTINE_NAME, name);
    const struct base_place place = {.file = display};
    if (doing != NULL) {
        base_report_write_failure(work->findings, &place, doing, problem);
    } else if (problem != ECANCELED) {
        base_report_read_failure(work->findings, &place, problem);
    }
    work->findings->out_of_memory = work->findings->out_of_memory || display == NULL;
    free(display);
    return false;
}

/* ---- Which folders ---- */

static bool is_old(const struct work *work, const struct service_kept *kept)
{
    int64_t time;
    return kept->readable && service_time_read(kept->time, &time) && time < work->oldest;
}

/* Takes over what is known of a folder; *kept is empty then. */
static void take(struct service_purge_result *result, struct service_kept *kept)
{
    result->folders[result->count++] = *kept;
    *kept = (struct service_kept){.folder = NULL};
}

static bool take_named(const struct work *work)
{
    struct service_choice choice;
    bool fine = service_quarantine_choose(&choice, work->site, &work->request->numbers, work->findings);
    work->result->folders = calloc(choice.count + 1, sizeof *work->result->folders);
    if (work->result->folders == NULL) {
        fine = report_memory(work);
    }
    for (size_t i = 0; fine && i < choice.count; i++) {
        take(work->result, &choice.items[i].kept);
    }
    service_choice_free(&choice);
    return fine;
}

static bool take_each(const struct work *work, int quarantine_fd, const struct base_names *names)
{
    work->result->folders = calloc(names->count + 1, sizeof *work->result->folders);
    if (work->result->folders == NULL) {
        return report_memory(work);
    }
    for (size_t i = 0; i < names->count; i++) {
        struct service_kept kept;
        int unread;
        if (service_quarantine_read(quarantine_fd, names->items[i], &kept, &unread) != 0) {
            service_kept_free(&kept);
            return report_memory(work);
        }
        if (work->request->all || is_old(work, &kept)) {
            take(work->result, &kept);
        }
        service_kept_free(&kept);
    }
    return true;
}

static bool take_all(const struct work *work, int quarantine_fd)
{
    struct base_names names = BASE_NAMES_EMPTY;
    int problem = service_quarantine_folders(quarantine_fd, &names);
    bool fine = problem == 0 ? take_each(work, quarantine_fd, &names) : report_failure(work, NULL, NULL, problem);
    base_names_free(&names);
    return fine;
}

/* ---- What they have ---- */

static bool measure(const struct work *work, int quarantine_fd, const char *folder)
{
    struct service_tree tree = {.files = 0};
    int fd;
    int problem = base_directory_enter(&fd, quarantine_fd, folder);
    if (problem == 0) {
        problem = service_tree_read(&tree, work->task, fd);
        (void)close(fd);
    }
    work->result->files += tree.files;
    work->result->bytes += tree.bytes;
    service_tree_free(&tree);
    return problem == 0 || report_failure(work, folder, NULL, problem);
}

static bool show(const struct work *work, const char *folder)
{
    struct service_planned *plan = &work->result->plan;
    char *path = workspace_assets_path(work->site->registry, SERVICE_QUARANTINE_NAME, folder);
    if (path == NULL) {
        return report_memory(work);
    }
    plan->files[plan->count++] =
        (struct service_planned_file){.action = "delete", .to = path, .reason = "it is deleted for good"};
    return true;
}

static bool plan(const struct work *work, int quarantine_fd)
{
    struct service_purge_result *result = work->result;
    result->plan.files = calloc(result->count + 1, sizeof *result->plan.files);
    bool fine = result->plan.files != NULL ? true : report_memory(work);
    for (size_t i = 0; fine && i < result->count; i++) {
        fine = measure(work, quarantine_fd, result->folders[i].folder) && show(work, result->folders[i].folder);
    }
    return fine;
}

/* ---- Deleting ---- */

static bool delete_all(const struct work *work, int quarantine_fd)
{
    for (size_t i = 0; i < work->result->count; i++) {
        const char *folder = work->result->folders[i].folder;
        int problem = service_purge_begin(quarantine_fd, folder);
        if (problem != 0) {
            return report_failure(work, folder, "delete the folder", problem);
        }
    }
    int problem = service_purge_finish(quarantine_fd);
    return problem == 0 || report_failure(work, NULL, "delete all of what is no longer to be restored", problem);
}

/* ---- All together ---- */

static bool run_in(const struct work *work, int quarantine_fd)
{
    bool fine = work->request->numbers.count > 0 ? take_named(work) : take_all(work, quarantine_fd);
    fine = fine && plan(work, quarantine_fd) && !base_task_cancelled(work->task);
    return fine && (work->request->dry_run || delete_all(work, quarantine_fd));
}

static bool run(const struct work *work)
{
    int fd;
    int problem = service_quarantine_open(work->site->registry_fd, &fd);
    if (problem == ENOENT) {
        return work->request->numbers.count == 0 || take_named(work);
    }
    if (problem != 0) {
        return report_failure(work, NULL, NULL, problem);
    }
    bool fine = run_in(work, fd);
    (void)close(fd);
    return fine;
}

static bool refuse(struct base_findings *findings, enum service_field field, const char *message)
{
    base_report(findings, DIAG_USAGE, &(struct base_details){.place.request_field = field}, "%s", message);
    return false;
}

/* Whether the request says which folders, once, and that they are really to be deleted. */
static bool check(const struct service_purge_request *request, int64_t *age, struct base_findings *findings)
{
    int ways = (request->numbers.count > 0) + (request->older_than != NULL) + request->all;
    if (ways != 1) {
        return refuse(findings, SERVICE_FIELD_PURGE_WHICH,
                      ways == 0 ? "it is not said which folders are to be deleted"
                                : "it is said in two ways which folders are to be deleted");
    }
    if (request->older_than != NULL && !service_age_read(request->older_than, age)) {
        return refuse(findings, SERVICE_FIELD_PURGE_AGE, "the age is not a number of hours, days or weeks");
    }
    return request->dry_run || request->yes ||
           refuse(findings, SERVICE_FIELD_PURGE_YES, "what is purged is deleted for good, and that was not confirmed");
}

enum service_status service_quarantine_purge(struct base_task *task, const char *workspace,
                                             const struct service_purge_request *request,
                                             struct service_purge_result *result, struct base_findings *findings)
{
    const struct workspace_place place = {.project = workspace, .assets = request->assets};
    const struct service_lock_wish wish = {.task = task, .wait = request->wait};
    struct service_site site;
    int64_t age = 0;
    *result = (struct service_purge_result){.dry_run = request->dry_run};
    if (check(request, &age, findings) && service_enter_workspace(&site, &place, &wish, !request->dry_run, findings)) {
        struct base_findings step;
        base_findings_init(&step);
        const struct work work = {
            .task = task,
            .request = request,
            .site = &site,
            .result = result,
            .findings = &step,
            .oldest = base_task_date(task) / INT64_C(1000000000) - age,
        };
        result->done = run(&work);
        service_site_close(&site);
        if (result->done) {
            base_findings_move(findings, &step);
        } else {
            (void)service_step_end(task, findings, &step);
        }
    }
    if (!result->done) {
        service_purge_result_free(result);
        result->dry_run = request->dry_run;
        service_report_cancelled(task, findings, "nothing was deleted");
    }
    return service_status_of_findings(findings);
}

void service_purge_result_free(struct service_purge_result *result)
{
    for (size_t i = 0; i < result->count; i++) {
        service_kept_free(&result->folders[i]);
    }
    free(result->folders);
    service_planned_free(&result->plan);
    *result = (struct service_purge_result){.folders = NULL};
}
