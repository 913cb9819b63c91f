#include "service/undoing/made.h"

#include "service/undoing/build_set.h"
#include "service/undoing/now.h"
#include "workspace/edit/way.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What one line of the history can hold, in hexadecimal digits, beside what else it says. */
enum { DELETED_LIMIT = 8 << 20 };

/* ---- Files that it made ---- */

static bool plan_deletion(struct service_undoing *undoing, const struct service_past_file *file, const char *root,
                          size_t size)
{
    struct workspace_step *step =
        service_undoing_add_file_step(undoing, WORKSPACE_ACTION_DELETE, file, root, "the operation made it");
    if (step == NULL) {
        return false;
    }
    step->replaces = true;
    step->replaced = file->after;
    undoing->deleted += size;
    return true;
}

bool service_undoing_delete(struct service_undoing *undoing, const struct service_past_file *file, const char *root)
{
    struct service_undoing_now now = {.data = NULL};
    char *path = workspace_assets_path(root, file->path, NULL);
    if (path == NULL) {
        return service_undoing_report_memory(undoing);
    }
    bool fine = service_undoing_read_now(undoing, path, &now);
    if (!fine || !now.is_there) {
        /* Nothing to do. */
    } else if (!service_undoing_is_now(&now, file->after)) {
        service_undoing_keep(undoing, path, file->asset_id);
    } else if (now.size > DELETED_LIMIT - undoing->deleted) {
        service_undoing_keep_whole(undoing, path, file->asset_id);
    } else {
        fine = plan_deletion(undoing, file, root, now.size);
    }
    free(now.data);
    free(path);
    return fine;
}

/* ---- Files that it deleted ---- */

/* Whether a move of the undo makes the directory of a file: it leads into it, or into a directory below it. */
static bool is_made_by_move(const struct service_undoing *undoing, const char *path)
{
    size_t above = workspace_way_above(path);
    bool is_made = false;
    for (size_t i = 0; !is_made && i < undoing->past.move_count; i++) {
        is_made = strncmp(undoing->past.moves[i].from, path, above + 1) == 0;
    }
    return is_made;
}

static bool check_free(const struct service_undoing *undoing, const char *path, int32_t asset_id)
{
    size_t present = 0;
    int problem = workspace_way_look(undoing->change->workspace->assets_fd, path, &present);
    bool has_directory = present >= workspace_way_above(path) || is_made_by_move(undoing, path);
    if (problem == ENOENT) {
        return has_directory ||
               service_undoing_block(undoing, &(struct service_undoing_fault){
                                                  .cause = DIAG_CAUSE_UNDO_GONE,
                                                  .path = path,
                                                  .asset_id = asset_id,
                                                  .message = "the directory of this file is not there any more",
                                              });
    }
    if (problem == 0 || problem == ELOOP || problem == ENOTDIR) {
        return service_undoing_block(undoing, &(struct service_undoing_fault){
                                                  .cause = DIAG_CAUSE_UNDO_IN_WAY,
                                                  .path = path,
                                                  .asset_id = asset_id,
                                                  .message = "something is where this file would be written again",
                                              });
    }
    return service_undoing_report_write(undoing, path, "write it again", problem);
}

static bool plan_content(struct service_undoing *undoing, const struct service_past_file *file, const char *root)
{
    struct workspace_step *step =
        service_undoing_add_file_step(undoing, WORKSPACE_ACTION_WRITE, file, root, "the operation deleted it");
    if (step == NULL) {
        return false;
    }
    base_text_add(&step->content, base_bytes_make(file->removed, file->removed_size));
    return base_text_out_of_memory(&step->content) ? service_undoing_report_memory(undoing) : true;
}

bool service_undoing_write_again(struct service_undoing *undoing, const struct service_past_file *file,
                                 const struct workspace_record *record)
{
    char *path = workspace_assets_path(record->root, file->path, NULL);
    if (path == NULL) {
        return service_undoing_report_memory(undoing);
    }
    bool names = record->included_in_build && strcmp(file->path, WORKSPACE_ANCHOR_NAME) == 0;
    struct base_bytes content = base_bytes_make(file->removed, file->removed_size);
    bool fine = check_free(undoing, path, file->asset_id) &&
                (!names || service_undoing_check_declaration(undoing, record, path, content)) &&
                plan_content(undoing, file, record->root);
    free(path);
    return fine;
}
