#include "workspace/edit/adopting_find.h"

#include "base/file_problem.h"
#include "workspace/declaration/load.h"
#include "workspace/edit/root.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"
#include "workspace/presence.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Whether something could not be found out, so that nothing may be concluded from it. */
static bool is_of_the_machine(int problem)
{
    return problem != 0 && problem != ELOOP && problem < BASE_FILE_NOT_REGULAR;
}

/* Reports the asset.json of a root. False. */
static bool report_unreadable(const struct workspace_adopting_all *work, const char *root, int problem)
{
    char *path = workspace_assets_path(work->workspace->assets_path, root, WORKSPACE_ANCHOR_NAME);
    const struct base_place place = {.file = path};
    base_report_read_failure(work->findings, &place, problem);
    work->findings->out_of_memory = work->findings->out_of_memory || path == NULL;
    free(path);
    return false;
}

/* ---- The roots ---- */

/* Finds the directory, and reads which asset it is. False when it is refused, left out, or the same as an earlier one.
 */
static bool find_root(struct workspace_adopting_all *work, size_t position)
{
    struct workspace_adopting *root = &work->roots[position];
    struct workspace_addition *add = &root->add;
    int64_t earlier;
    if (!workspace_add_find_root(add)) {
        if (add->no_root == NULL) {
            workspace_refuse_gone(&work->refusals, add);
        }
        return false;
    }
    root->identity = workspace_identity_in(add->root_fd);
    int problem = fstat(add->root_fd, &root->directory) == 0 ? root->identity.problem : errno;
    workspace_addition_leave(add);
    if (is_of_the_machine(problem)) {
        return report_unreadable(work, add->root, problem);
    }
    const struct base_bytes path = base_bytes_of_string(add->root);
    if (base_index_find(&work->seen, path, &earlier)) {
        return false;
    }
    return base_index_add(&work->seen, path, (int64_t)position) ? true : workspace_adopting_no_memory(work);
}

static void find_roots(struct workspace_adopting_all *work, const char *const *typed, bool *found)
{
    for (size_t i = 0; i < work->count && workspace_adopting_goes_on(work); i++) {
        work->roots[i].add = work->shared;
        work->roots[i].add.typed = typed[i];
        work->roots[i].first = i;
        work->roots[i].last = i;
        found[i] = find_root(work, i);
    }
}

/* Says which operands are not directories. */
static bool report_files(const struct workspace_adopting_all *work)
{
    struct base_index levels = BASE_INDEX_EMPTY;
    bool fine = true;
    for (size_t i = 0; fine && i < work->count; i++) {
        const struct workspace_addition *add = &work->roots[i].add;
        fine = add->root == NULL || workspace_levels_add(&levels, add->root);
    }
    for (size_t i = 0; fine && i < work->count; i++) {
        struct workspace_addition *add = &work->roots[i].add;
        if (add->no_root != NULL) {
            workspace_add_report_no_root(add, workspace_levels_have(&levels, add->no_root));
        }
    }
    base_index_free(&levels);
    return fine ? true : workspace_adopting_no_memory(work);
}

/* ---- What they are ---- */

/* The record whose root this is, or NULL. */
static const struct workspace_record *record_at(const struct workspace_adopting_all *work, const char *path)
{
    int32_t id;
    bool same = workspace_roots_find(&work->common.taken.roots, path, &id) == WORKSPACE_ROOT_SAME;
    return same ? workspace_registry_find(&work->workspace->registry, id) : NULL;
}

static const struct workspace_record *record_of(const struct workspace_adopting_all *work, const char *uuid)
{
    int32_t id = workspace_taken_uuid(&work->common.taken, uuid);
    return id != 0 ? workspace_registry_find(&work->workspace->registry, id) : NULL;
}

/* Says what is wrong with an asset.json whose identity cannot be read, or that lacks the uuid of its record. */
static void report_declaration(const struct workspace_adopting_all *work, const struct workspace_adopting *root,
                               const struct workspace_record *record)
{
    struct workspace_declaration declaration;
    const struct workspace *workspace = work->workspace;
    if (workspace_declaration_load(workspace->assets_path, workspace->assets_fd, root->add.root, record, &declaration,
                                   work->findings)) {
        base_report(work->findings, DIAG_INPUT_CHANGED, &(struct base_details){.place.file = root->add.anchor_display},
                    "asset.json changed while it was read");
    }
    workspace_declaration_free(&declaration);
}

/* Whether the root of a record is the directory itself, by way of a link. Returns 0 or an errno value. */
static int compare_directories(const struct workspace_adopting_all *work, const struct workspace_record *record,
                               const struct workspace_adopting *root, bool *same)
{
    struct stat status;
    if (fstatat(work->workspace->assets_fd, record->root, &status, 0) != 0) {
        return errno;
    }
    *same = status.st_dev == root->directory.st_dev && status.st_ino == root->directory.st_ino;
    return 0;
}

/* What a root with the uuid of a registered asset is, when no earlier root of the request has it. */
static enum workspace_adopted_as compare_with(const struct workspace_adopting_all *work,
                                              const struct workspace_record *record,
                                              const struct workspace_adopting *root)
{
    if (strcmp(record->root, root->add.root) == 0) {
        return WORKSPACE_ADOPTED_REGISTERED;
    }
    int problem;
    bool same = false;
    if (workspace_presence_of(work->workspace, record, &problem) == WORKSPACE_LOST) {
        return WORKSPACE_ADOPTED_MOVED;
    }
    if (!is_of_the_machine(problem)) {
        problem = compare_directories(work, record, root, &same);
    }
    if (is_of_the_machine(problem)) {
        (void)report_unreadable(work, record->root, problem);
        return WORKSPACE_ADOPTED_NOT;
    }
    return same ? WORKSPACE_ADOPTED_REGISTERED : WORKSPACE_ADOPTED_COPY;
}

/* Of a root whose uuid is known. */
static bool classify_known(struct workspace_adopting_all *work, size_t position)
{
    struct workspace_adopting *root = &work->roots[position];
    const struct base_bytes uuid = base_bytes_of_string(root->identity.uuid);
    int64_t first;
    root->record = record_of(work, root->identity.uuid);
    root->as = root->record != NULL ? compare_with(work, root->record, root) : WORKSPACE_ADOPTED_NEW;
    if (root->as == WORKSPACE_ADOPTED_REGISTERED || root->as == WORKSPACE_ADOPTED_NOT) {
        return true;
    }
    if (base_index_find(&work->uuids, uuid, &first)) {
        struct workspace_adopting *earliest = &work->roots[first];
        work->roots[earliest->last].next = position;
        earliest->last = position;
        root->first = (size_t)first;
        root->as = WORKSPACE_ADOPTED_COPY;
        return true;
    }
    return base_index_add(&work->uuids, uuid, (int64_t)position) ? true : workspace_adopting_no_memory(work);
}

static void classify(struct workspace_adopting_all *work, size_t position)
{
    struct workspace_adopting *root = &work->roots[position];
    const struct workspace_record *there = record_at(work, root->add.root);
    switch (root->identity.state) {
    case WORKSPACE_IDENTITY_NONE:
        workspace_refuse_bare(&work->refusals, &root->add);
        break;
    case WORKSPACE_IDENTITY_UNKNOWN:
        report_declaration(work, root, there);
        break;
    case WORKSPACE_IDENTITY_EMPTY:
        if (there != NULL) {
            report_declaration(work, root, there);
        } else {
            root->as = WORKSPACE_ADOPTED_NEW;
        }
        break;
    case WORKSPACE_IDENTITY_KNOWN:
        (void)classify_known(work, position);
        break;
    }
}

void workspace_adopting_find(struct workspace_adopting_all *work, const char *const *typed)
{
    bool *found = calloc(work->count + 1, sizeof *found);
    if (found == NULL) {
        (void)workspace_adopting_no_memory(work);
        return;
    }
    find_roots(work, typed, found);
    for (size_t i = 0; i < work->count && workspace_adopting_goes_on(work); i++) {
        if (found[i]) {
            classify(work, i);
        }
    }
    free(found);
    if (workspace_adopting_goes_on(work)) {
        (void)report_files(work);
    }
}
