#include "service/quarantine/put.h"

#include "base/directory.h"
#include "base/report.h"
#include "service/history/file.h"
#include "service/quarantine/print.h"
#include "service/transaction/folder.h"
#include "service/transaction/names.h"
#include "workspace/edit/way.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One asset on its way. */
struct removal {
    const struct service_change *change;
    struct workspace_plan *plan;
    const struct workspace_record *record;
    struct service_changed_asset *asset;
    uint64_t number;
    bool copies; /* the root is on another file system */
};

static bool report_memory(const struct service_change *change)
{
    base_report_out_of_memory(change->findings, NULL);
    return false;
}

/* ---- Steps ---- */

/* The step owns target and source from then on, also after a failure. */
static struct workspace_step *add_step(const struct removal *removal, enum workspace_action action, char *target,
                                       char *source, const char *reason)
{
    struct workspace_step *step = target != NULL ? workspace_plan_next_step(removal->plan) : NULL;
    if (step == NULL) {
        free(target);
        free(source);
        (void)report_memory(removal->change);
        return NULL;
    }
    *step = (struct workspace_step){.action = action,
                                    .target = target,
                                    .source = source,
                                    .moves_directory = source != NULL,
                                    .asset_id = removal->record->asset_id,
                                    .reason = reason};
    removal->plan->step_count++;
    return step;
}

static bool add_record(const struct removal *removal, const char *folder, const struct service_inventory *inventory)
{
    struct workspace_step *step =
        add_step(removal, WORKSPACE_ACTION_RECORD, service_folder_path(folder, SERVICE_FOLDER_RECORD), NULL,
                 "it says what the asset was");
    if (step == NULL) {
        return false;
    }
    service_quarantine_print(removal->number, base_task_date(removal->change->task), removal->record,
                             removal->asset->name, inventory, &step->content);
    return !base_text_out_of_memory(&step->content) ? true : report_memory(removal->change);
}

static bool add_move(const struct removal *removal, const char *folder)
{
    char *source = strdup(removal->record->root);
    if (source == NULL) {
        return report_memory(removal->change);
    }
    struct workspace_step *step =
        add_step(removal, WORKSPACE_ACTION_MOVE, service_folder_path(folder, SERVICE_FOLDER_FILES), source,
                 "the files of the asset are kept");
    if (step != NULL) {
        step->copies = removal->copies;
    }
    return step != NULL;
}

static bool add_steps(const struct removal *removal, bool has_root, const struct service_inventory *inventory)
{
    char *folder = service_folder_name(removal->number);
    bool fine = folder != NULL ? true : report_memory(removal->change);
    fine = fine && add_record(removal, folder, inventory) && (!has_root || add_move(removal, folder));
    removal->asset->folder = folder;
    return fine;
}

/* ---- The directory ---- */

static bool report_root(const struct removal *removal, int problem)
{
    const struct base_place place = {
        .file = removal->asset->path, .has_asset_id = true, .asset_id = removal->record->asset_id};
    if (problem == BASE_FILE_OUTSIDE_ROOT) {
        base_report(removal->change->findings, DIAG_ROOT_INVALID,
                    &(struct base_details){.place = place,
                                           .remedy = "Put the directory in place of the link, or take the asset out of "
                                                     "the registry alone."},
                    "the root is a link, or a link is on the way to it; no link is moved or followed");
    } else if (problem != ECANCELED) { /* the operation reports that it was cancelled */
        base_report_read_failure(removal->change->findings, &place, problem);
    }
    return false;
}

/* The file system of the quarantine. */
static int find_device(int registry_fd, dev_t *device)
{
    struct stat status;
    if (fstatat(registry_fd, SERVICE_QUARANTINE_NAME, &status, AT_SYMLINK_NOFOLLOW) != 0 &&
        (errno != ENOENT || fstat(registry_fd, &status) != 0)) {
        return errno;
    }
    *device = status.st_dev;
    return 0;
}

/* Whether the kernel lets the root be moved, as far as that shows: a dry run has to say it, too. */
static bool check_rights(struct removal *removal)
{
    const struct service_change *change = removal->change;
    const char *root = removal->record->root;
    int assets_fd = change->workspace->assets_fd;
    dev_t quarantine = 0;
    dev_t device = 0;
    dev_t own = 0;
    int problem = workspace_way_check(assets_fd, root, workspace_way_above(root), &device);
    if (problem == 0) {
        problem = workspace_way_check(assets_fd, root, strlen(root), &own); /* its entry ".." is written */
    }
    if (problem == 0) {
        problem = find_device(change->site->registry_fd, &quarantine);
    }
    if (problem != 0) {
        const struct base_place place = {.file = removal->asset->path};
        base_report_write_failure(change->findings, &place, "move the directory", problem);
    }
    removal->copies = device != quarantine;
    return problem == 0;
}

static bool put(struct removal *removal)
{
    struct service_inventory inventory = {.files = NULL};
    int fd;
    int problem = base_directory_open_plain(&fd, removal->change->workspace->assets_fd, removal->record->root);
    bool gone = problem == ENOENT || problem == ENOTDIR;
    if (problem == 0) {
        problem = service_inventory(&inventory, removal->change->task, fd);
        (void)close(fd);
    }
    bool fine = problem == 0 || gone ? true : report_root(removal, problem);
    fine = fine && (gone || check_rights(removal)) && add_steps(removal, !gone, &inventory);
    removal->asset->changed = true;
    removal->asset->has_files = problem == 0;
    service_inventory_free(&inventory);
    return fine;
}

/* ---- All together ---- */

bool service_quarantine_next(const struct service_change *change, uint64_t *number)
{
    struct service_history_file file;
    int problem = service_history_read(&file, change->site->registry_fd);
    if (problem == 0) {
        problem = service_history_next_number(&file, change->site->registry_fd, number);
    }
    service_history_free(&file);
    if (problem != 0) {
        const struct base_place place = {.file = change->site->registry};
        base_report_read_failure(change->findings, &place, problem);
    }
    return problem == 0;
}

bool service_quarantine_put(const struct service_change *change, struct workspace_plan *plan,
                            const struct workspace_record *record, struct service_changed_asset *asset, uint64_t number)
{
    struct removal removal = {.change = change, .plan = plan, .record = record, .asset = asset, .number = number};
    return put(&removal);
}
