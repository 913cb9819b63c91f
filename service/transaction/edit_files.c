#include "service/transaction/edit_files.h"

#include "base/descriptor.h"
#include "base/directory.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "service/transaction/edit_copies.h"
#include "service/transaction/edit_folders.h"
#include "service/transaction/edit_moves.h"
#include "service/transaction/edit_place.h"
#include "service/transaction/edit_roots.h"
#include "service/transaction/entry.h"
#include "service/transaction/names.h"
#include "workspace/document/document.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- Spots ---- */

/* A file of an asset root, in its directory. */
struct spot {
    int directory_fd;
    const char *name;
    char stage[NAME_MAX + 1];
};

/* Opens the directory of a file below a root. Returns 0 or an errno value. */
static int spot_open(struct spot *spot, int assets_fd, const char *root, const char *path)
{
    const char *slash = strrchr(path, '/');
    spot->name = slash != NULL ? slash + 1 : path;
    int length = snprintf(spot->stage, sizeof spot->stage, ".%s.new", spot->name);
    if (length < 0 || (size_t)length >= sizeof spot->stage) {
        return ENAMETOOLONG;
    }
    struct base_text directory = BASE_TEXT_EMPTY;
    base_text_add_string(&directory, root);
    if (slash != NULL) {
        base_text_add_char(&directory, '/');
        base_text_add(&directory, base_bytes_make(path, (size_t)(slash - path)));
    }
    char *name = base_text_take(&directory);
    int problem = name != NULL ? base_directory_open_plain(&spot->directory_fd, assets_fd, name) : ENOMEM;
    free(name);
    return problem;
}

/* What is done to a staged file: 0 or an errno value. */
typedef int (*visit_spot)(const struct spot *spot, const struct service_edit_file *file);

static int visit(int registry_fd, int assets_fd, const char *root, const struct service_edit_file *file,
                 visit_spot function)
{
    struct spot spot;
    int problem = spot_open(&spot, assets_fd, root, file->path);
    if (problem != 0) {
        return service_edit_is_gone(problem) || problem == ENAMETOOLONG ? 0 : problem;
    }
    problem = function(&spot, file);
    if (problem == 0) {
        problem = service_edit_sync_elsewhere(registry_fd, spot.directory_fd);
    }
    (void)close(spot.directory_fd);
    return problem;
}

static int visit_all(int registry_fd, int assets_fd, const struct service_edit *edit,
                     const struct service_edit_roots *roots, visit_spot function)
{
    int problem = 0;
    for (size_t i = 0; problem == 0 && i < edit->count; i++) {
        const char *root = service_edit_root(roots, edit->files[i].asset_id);
        if (root != NULL) {
            problem = visit(registry_fd, assets_fd, root, &edit->files[i], function);
        }
    }
    return problem;
}

/* ---- Moving ---- */

/* Whether a file is still the one that the edit was planned for: 0, EEXIST when it is not, or another errno value. */
static int check_replaced(const struct spot *spot, struct base_hash replaced)
{
    struct base_file file;
    uint8_t *data = NULL;
    size_t size = 0;
    int problem = base_file_open_below(&file, spot->directory_fd, spot->name);
    if (problem == 0) {
        problem = base_file_read_all(&file, workspace_document_declaration.limit, &data, &size);
        base_file_close(&file);
    }
    if (problem == 0 && !base_hash_equal(base_hash_of(base_bytes_make(data, size)), replaced)) {
        problem = EEXIST;
    }
    free(data);
    return problem == ENOENT || problem >= BASE_FILE_NOT_REGULAR ? EEXIST : problem;
}

/* What is staged is a regular file; anything else of that name is not ours. Returns 0, ENOENT or another errno value.
 */
static int look_for_staged(const struct spot *spot)
{
    struct stat status;
    if (fstatat(spot->directory_fd, spot->stage, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENAMETOOLONG ? ENOENT : errno;
    }
    return S_ISREG(status.st_mode) ? 0 : ENOENT;
}

static int remove_stage(const struct spot *spot)
{
    static const int flags = 0;
    int problem = look_for_staged(spot);
    if (problem == 0 && unlinkat(spot->directory_fd, spot->stage, flags) != 0) {
        problem = errno;
    }
    return problem == ENOENT ? 0 : problem;
}

static int remove_staged(const struct spot *spot, const struct service_edit_file *file)
{
    return file->is_deleted ? 0 : remove_stage(spot);
}

/* What another program has written there meanwhile stays. */
static int delete_file(const struct spot *spot, const struct service_edit_file *file)
{
    static const int flags = 0;
    int problem = check_replaced(spot, file->replaced);
    if (problem == 0 && unlinkat(spot->directory_fd, spot->name, flags) != 0) {
        problem = errno;
    }
    return problem == EEXIST || problem == ENOENT ? 0 : problem;
}

/* Nothing that another program has put there is overwritten: the staged file goes instead. */
static int move_staged(const struct spot *spot, const struct service_edit_file *file)
{
    int fd = spot->directory_fd;
    int problem = look_for_staged(spot);
    if (problem != 0) {
        return problem == ENOENT ? 0 : problem; /* moved already */
    }
    if (file->replaces) {
        problem = check_replaced(spot, file->replaced);
        if (problem == 0) {
            problem = base_descriptor_rename(fd, spot->stage, fd, spot->name);
        }
    } else {
        problem = base_descriptor_rename_new(fd, spot->stage, fd, spot->name);
    }
    if (problem == EEXIST) {
        return remove_stage(spot);
    }
    return problem == ENOENT ? 0 : problem;
}

static int carry_out(const struct spot *spot, const struct service_edit_file *file)
{
    return file->is_deleted ? delete_file(spot, file) : move_staged(spot, file);
}

/* Whether a root is that of an asset which the registry does not have any more once it is in its place. Its files are
 * durable before. */
static bool any_leaves(const struct service_edit *edit, const struct service_edit_roots *roots)
{
    bool leaves = false;
    for (size_t i = 0; !leaves && i < edit->count; i++) {
        leaves = service_edit_root_leaves(roots, edit->files[i].asset_id);
    }
    return leaves;
}

/* The files of a root are there before its asset.json is. */
static int move_into_place(int registry_fd, int assets_fd, const struct service_edit *edit)
{
    struct service_edit_roots roots = {.staged = {.records = NULL}};
    int problem = edit->count > 0 || edit->move_count > 0 || edit->record_count > 0
                      ? service_edit_roots_read(&roots, registry_fd)
                      : 0;
    if (problem == 0) {
        problem = service_edit_move_all(registry_fd, assets_fd, edit);
    }
    if (problem == 0) {
        problem = service_edit_drop_records(registry_fd, assets_fd, edit);
    }
    if (problem == 0) {
        problem = visit_all(registry_fd, assets_fd, edit, &roots, carry_out);
    }
    if (problem == 0 && any_leaves(edit, &roots)) {
        problem = base_descriptor_sync_file_system(registry_fd);
    }
    service_edit_roots_free(&roots);
    return problem;
}

/* The history is gone from its stage when an earlier process has moved it. */
static int move_history(int registry_fd)
{
    int problem = base_descriptor_rename(registry_fd, SERVICE_HISTORY_STAGE_NAME, registry_fd, SERVICE_HISTORY_NAME);
    /* A directory was made by hand meanwhile, here or there: it stays, and a staged history goes with the journal. */
    return problem == ENOENT || problem == EISDIR || problem == ENOTDIR ? 0 : problem;
}

int service_edit_move(int registry_fd, int assets_fd, const struct service_edit *edit)
{
    int problem = move_into_place(registry_fd, assets_fd, edit);
    if (problem == 0) {
        problem = move_history(registry_fd);
    }
    if (problem == 0) {
        problem =
            base_descriptor_rename(registry_fd, SERVICE_REGISTRY_STAGE_NAME, registry_fd, WORKSPACE_REGISTRY_NAME);
        problem = problem == ENOENT ? 0 : problem;
    }
    return problem != 0 ? problem : base_descriptor_sync_file_system(registry_fd);
}

/* ---- Checking ---- */

/* Whether what has the name of a stage may be replaced: it is nothing, or a file that an earlier process has left. */
static int check_stage(int directory_fd, const struct stat *directory, const char *stage)
{
    mode_t mode = 0;
    int problem = service_entry_check(directory_fd, directory, stage, &mode);
    if (problem == ENOENT) {
        return 0;
    }
    return problem == 0 && !S_ISREG(mode) ? EEXIST : problem;
}

static int check_spot(int directory_fd, const char *name, const char *const stages[], size_t count,
                      struct service_edit_blocked *blocked)
{
    struct stat directory;
    mode_t mode;
    blocked->name[0] = '\0';
    int problem = service_entry_check_directory(directory_fd);
    if (problem == 0 && fstat(directory_fd, &directory) != 0) {
        problem = errno;
    }
    if (problem != 0) {
        return problem;
    }
    for (size_t i = 0; i < count; i++) {
        problem = check_stage(directory_fd, &directory, stages[i]);
        if (problem != 0) {
            (void)snprintf(blocked->name, sizeof blocked->name, "%s", stages[i]);
            return problem;
        }
    }
    problem = service_entry_check(directory_fd, &directory, name, &mode);
    return problem == ENOENT ? 0 : problem;
}

int service_edit_check_file(int assets_fd, const char *root, const char *path, struct service_edit_blocked *blocked)
{
    struct spot spot;
    const char *const stages[] = {spot.stage};
    blocked->name[0] = '\0';
    int problem = spot_open(&spot, assets_fd, root, path);
    if (problem != 0) {
        return service_edit_is_gone(problem) ? 0 : problem;
    }
    problem = check_spot(spot.directory_fd, spot.name, stages, 1, blocked);
    (void)close(spot.directory_fd);
    return problem;
}

/* A directory in place of the history is reported where it is read, before. */
static int check_history(int registry_fd, struct service_edit_blocked *blocked)
{
    static const char *const stages[] = {SERVICE_HISTORY_STAGE_NAME};
    int problem = check_spot(registry_fd, SERVICE_HISTORY_NAME, stages, 1, blocked);
    if (problem != 0 && blocked->name[0] == '\0') {
        (void)snprintf(blocked->name, sizeof blocked->name, "%s", SERVICE_HISTORY_NAME);
    }
    return problem;
}

int service_edit_check_registry(int registry_fd, struct service_edit_blocked *blocked)
{
    static const char *const stages[] = {SERVICE_REGISTRY_STAGE_NAME, SERVICE_EDIT_NAME, SERVICE_EDIT_COMMIT_NAME};
    int problem = check_spot(registry_fd, WORKSPACE_REGISTRY_NAME, stages, sizeof stages / sizeof stages[0], blocked);
    return problem != 0 ? problem : check_history(registry_fd, blocked);
}

/* ---- Staging ---- */

int service_edit_unstage(int registry_fd, int assets_fd, const struct service_edit *edit)
{
    struct service_edit_roots roots = {.staged = {.records = NULL}};
    int problem = edit->count > 0 ? service_edit_roots_read(&roots, registry_fd) : 0;
    if (problem == 0) {
        problem = visit_all(registry_fd, assets_fd, edit, &roots, remove_staged);
    }
    service_edit_roots_free(&roots);
    if (problem == 0) {
        problem = service_edit_drop_copies(assets_fd, edit);
    }
    if (problem == 0) {
        problem = service_edit_unwrite_records(assets_fd, edit);
    }
    if (problem == 0) {
        service_edit_unmake(assets_fd, edit);
    }
    return problem != 0 || edit->count == 0 ? problem : base_descriptor_sync_file_system(registry_fd);
}

static int fill(int registry_fd, int fd, struct base_bytes content)
{
    int problem = base_descriptor_write(fd, content);
    if (problem == 0) {
        problem = service_edit_sync_elsewhere(registry_fd, fd);
    }
    int closing = base_descriptor_close(fd);
    return problem != 0 ? problem : closing;
}

static int stage(int registry_fd, const struct spot *spot, struct base_bytes content)
{
    enum { FLAGS = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW };
    int fd;
    int problem = base_descriptor_open(&fd, spot->directory_fd, spot->stage, FLAGS);
    if (problem == EEXIST) {
        problem = remove_stage(spot);
        problem = problem == 0 ? base_descriptor_open(&fd, spot->directory_fd, spot->stage, FLAGS) : problem;
    }
    if (problem == 0) {
        problem = fill(registry_fd, fd, content);
    }
    return problem != 0 ? problem : service_edit_sync_elsewhere(registry_fd, spot->directory_fd);
}

int service_edit_stage(int registry_fd, int assets_fd, const char *root, const char *path, struct base_bytes content)
{
    struct spot spot;
    int problem = spot_open(&spot, assets_fd, root, path);
    if (problem == 0) {
        problem = stage(registry_fd, &spot, content);
        (void)close(spot.directory_fd);
    }
    return problem;
}
