#include "service/undoing/moves.h"

#include "service/quarantine/place.h"
#include "service/quarantine/put.h"
#include "service/transaction/folder.h"
#include "service/undoing/name.h"
#include "workspace/edit/way.h"
#include "workspace/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool report_move(const struct service_undoing *undoing, const char *path, int problem)
{
    return service_undoing_report_write(undoing, path, "move it back", problem);
}

static bool block(const struct service_undoing *undoing, enum diag_cause cause, const char *path, const char *message)
{
    return service_undoing_block(undoing,
                                 &(struct service_undoing_fault){.cause = cause, .path = path, .message = message});
}

/* Whether what was moved is where the move has brought it. */
static bool check_moved(const struct service_undoing *undoing, const struct service_past_move *move, dev_t *device)
{
    int assets_fd = undoing->change->workspace->assets_fd;
    struct stat status;
    size_t present;
    int problem = workspace_way_look(assets_fd, move->to, &present);
    if (problem == 0 && fstatat(assets_fd, move->to, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        problem = errno;
    }
    if (problem != 0 && problem != ENOENT && problem != ENOTDIR && problem != ELOOP) {
        return report_move(undoing, move->to, problem);
    }
    bool fits = problem == 0 && (move->is_directory ? S_ISDIR(status.st_mode) : S_ISREG(status.st_mode));
    if (!fits) {
        return block(undoing, DIAG_CAUSE_UNDO_GONE, move->to, "what it moved is not there any more");
    }
    problem = workspace_way_check(assets_fd, move->to, workspace_way_above(move->to), device);
    return problem == 0 || report_move(undoing, move->to, problem);
}

/* Whether it can go back to where it was. */
static bool check_free(const struct service_undoing *undoing, const struct service_past_move *move, dev_t from,
                       bool *copies)
{
    int assets_fd = undoing->change->workspace->assets_fd;
    size_t present;
    dev_t to = 0;
    int problem = workspace_way_look(assets_fd, move->from, &present);
    if (problem == 0) {
        return block(undoing, DIAG_CAUSE_UNDO_IN_WAY, move->from, "something is where what it moved would go back to");
    }
    if (problem == ELOOP || problem == ENOTDIR) {
        return block(undoing, DIAG_CAUSE_UNDO_IN_WAY, move->from,
                     "a link, or something that is not a directory, is on the way back");
    }
    problem = problem == ENOENT ? workspace_way_check(assets_fd, move->from, present, &to) : problem;
    *copies = from != to;
    if (problem == 0 && *copies && !service_folder_is_files(move->to)) {
        problem = EXDEV;
    }
    return problem == 0 || report_move(undoing, move->from, problem);
}

/* The directories that were made on the way to what moves back go, as far as they are empty then. */
static bool empty_way(const struct service_undoing *undoing, const struct service_past_move *move,
                      struct workspace_step *step)
{
    if (move->made == NULL) {
        return true;
    }
    step->made = strdup(move->made);
    step->emptied = strndup(move->to, workspace_way_above(move->to));
    return step->made != NULL && step->emptied != NULL ? true : service_undoing_report_memory(undoing);
}

static bool move_back(const struct service_undoing *undoing, const struct service_past_move *move)
{
    dev_t device = 0;
    bool copies = false;
    if (!check_moved(undoing, move, &device) || !check_free(undoing, move, device, &copies)) {
        return false;
    }
    char *source = strdup(move->to);
    if (source == NULL) {
        return service_undoing_report_memory(undoing);
    }
    struct workspace_step *step =
        service_undoing_add_step(undoing, WORKSPACE_ACTION_MOVE, strdup(move->from), source, "it was there before");
    if (step != NULL) {
        step->moves_directory = move->is_directory;
        step->copies = copies;
    }
    return step != NULL && empty_way(undoing, move, step);
}

/* The row of an asset in the result. */
static struct service_changed_asset *row_of(const struct service_undoing *undoing, int32_t asset_id)
{
    struct service_change_result *result = undoing->change->result;
    for (size_t i = 0; i < result->count; i++) {
        if (result->assets[i].asset_id == asset_id) {
            return &result->assets[i];
        }
    }
    return NULL;
}

/* Plans that the directory of an asset goes into a new folder, and the way to it goes. */
static bool put_asset(struct service_undoing *undoing, const struct service_past_move *move,
                      const struct workspace_record *record)
{
    struct service_changed_asset *row = row_of(undoing, record->asset_id);
    if (row == NULL || (row->name == NULL && !service_undoing_read_name(undoing, record, &row->name)) ||
        !service_quarantine_put(undoing->change, undoing->plan, record, row, undoing->next + undoing->folders++)) {
        return false;
    }
    struct workspace_step *last = &undoing->plan->steps[undoing->plan->step_count - 1];
    return last->action != WORKSPACE_ACTION_MOVE || empty_way(undoing, move, last);
}

/* What came out of the quarantine goes into a new folder of it. */
static bool put_back(struct service_undoing *undoing, const struct service_past_move *move)
{
    dev_t device;
    if (!check_moved(undoing, move, &device)) {
        return false;
    }
    for (size_t i = 0; i < undoing->past.change_count; i++) {
        const struct service_past_change *past = &undoing->past.changes[i];
        if (!past->has_before && strcmp(past->after.root, move->to) == 0) {
            return put_asset(undoing, move, &past->after);
        }
    }
    return block(undoing, DIAG_CAUSE_UNDO_LOST, move->to, "its line in the history does not fit together");
}

static bool uses_quarantine(const struct service_undoing *undoing)
{
    bool uses = undoing->past.folder_count > 0;
    for (size_t i = 0; !uses && i < undoing->past.move_count; i++) {
        const struct service_past_move *move = &undoing->past.moves[i];
        uses = service_folder_is_files(move->from) || service_folder_is_files(move->to);
    }
    return uses;
}

bool service_undoing_moves(struct service_undoing *undoing)
{
    bool fine = !uses_quarantine(undoing) || service_quarantine_check_place(undoing->change);
    for (size_t i = undoing->past.move_count; fine && i > 0; i--) {
        const struct service_past_move *move = &undoing->past.moves[i - 1];
        fine = service_folder_is_files(move->from) ? put_back(undoing, move) : move_back(undoing, move);
    }
    return fine;
}

/* The folder of an asset without files may be gone: the asset came back and was taken out again meanwhile. */
static bool drop_folder(const struct service_undoing *undoing, const char *record)
{
    struct stat status;
    if (fstatat(undoing->change->workspace->assets_fd, record, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT || errno == ENOTDIR || service_undoing_report_write(undoing, record, "delete it", errno);
    }
    return service_undoing_add_step(undoing, WORKSPACE_ACTION_DROP, strdup(record), NULL,
                                    "nothing of the asset is in quarantine any more") != NULL;
}

/* The folders that it made are empty then. */
bool service_undoing_drop_folders(const struct service_undoing *undoing)
{
    bool fine = true;
    for (size_t i = 0; fine && i < undoing->past.folder_count; i++) {
        fine = drop_folder(undoing, undoing->past.folders[i]);
    }
    return fine;
}
