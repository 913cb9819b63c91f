/* The walk through assets/ for what is not registered and not declared: docs/contracts/workspace.md, 3.2.5 and 4. */
#include "base/array.h"
#include "base/directory.h"
#include "base/path.h"
#include "base/sort.h"
#include "base/text.h"
#include "workspace/descent.h"
#include "workspace/document/problem.h"
#include "workspace/ignore_file.h"
#include "workspace/model/file_kind.h"
#include "workspace/model/limits.h"
#include "workspace/root_list.h"
#include "workspace/scanned.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Directories wait in `pending`, not on the call stack; memory follows the directories that wait and what is found. */
struct scan {
    struct base_task *task;
    const struct workspace_ignore *ignore;
    struct workspace_root_list roots; /* all that are registered */
    struct workspace_root_list built; /* those of the build set */
    struct base_names pending;        /* directories still to be read, the next one last; "" is assets/ itself */
    struct workspace_scanned found;
    struct base_names entries; /* of the roots of the build set */
    struct base_names stages;
    uint64_t least;  /* bytes of a large file; 0: none is looked for */
    bool everywhere; /* else in registered roots alone */
    struct workspace_large *large;
    size_t large_count;
    size_t large_capacity;

    /* The directory that is being read. */
    const char *directory;
    int directory_fd;
    bool rooted;    /* it is in a registered root, and not hidden */
    bool listed;    /* it is in a root of the build set, and not hidden */
    bool candidate; /* it is in no registered root, and not hidden: its art is counted */
    bool anchored;  /* it has an asset.json */
    uint64_t pictures;
    uint64_t sounds;
};

static bool is_hidden(const char *path)
{
    return path[0] == '.' || strstr(path, "/.") != NULL;
}

static void begin_directory(struct scan *scan, const char *directory)
{
    size_t length = 0;
    scan->directory = directory;
    scan->listed = workspace_root_list_covers(&scan->built, directory, &length) && !is_hidden(directory + length);
    scan->rooted = workspace_root_list_covers(&scan->roots, directory, &length) && !is_hidden(directory + length);
    scan->candidate = !is_hidden(directory) && !scan->rooted;
    scan->anchored = false;
    scan->pictures = 0;
    scan->sounds = 0;
}

/* False when memory ran out. */
static bool end_directory(struct scan *scan)
{
    struct workspace_scanned *found = &scan->found;
    if (!scan->candidate || scan->anchored || scan->pictures + scan->sounds == 0) {
        return true;
    }
    const struct workspace_art art = {
        .directory = strdup(scan->directory),
        .pictures = scan->pictures,
        .sounds = scan->sounds,
    };
    struct workspace_art *grown = base_array_grow(found->art, found->art_count, &found->art_capacity, sizeof art);
    found->art = grown != NULL ? grown : found->art;
    if (grown == NULL || art.directory == NULL) {
        free(art.directory);
        return false;
    }
    found->art[found->art_count++] = art;
    return true;
}

/* Keeps an entry of the directory. */
static bool keep_entry(struct scan *scan, const char *name, bool is_directory)
{
    if (!scan->listed || name[0] == '.' || strcmp(name, WORKSPACE_ANCHOR_NAME) == 0 ||
        (!is_directory && workspace_file_kind_of(name) == WORKSPACE_FILE_WORKING)) {
        return true;
    }
    struct base_text path = BASE_TEXT_EMPTY;
    base_path_add(&path, scan->directory);
    base_path_add(&path, name);
    base_text_add_string(&path, is_directory ? "/" : "");
    return base_names_take(&scan->entries, base_text_take(&path));
}

/* Returns 0, EEXIST for an entry that is meant to stay out, or ENOMEM. */
static int check_ignored(struct scan *scan, const char *name, bool is_directory)
{
    bool ignored;
    int problem = workspace_ignores_entry(scan->ignore, scan->directory, name, is_directory, &ignored);
    return problem == 0 && ignored ? EEXIST : problem;
}

/* Whether a file is named as an edit stages asset.json, or a palette of a registered root: .NAME.new. */
static bool is_stage(const struct scan *scan, const char *name)
{
    static const char ending[] = ".new";
    size_t length = strlen(name);
    size_t around = 1 + sizeof ending - 1;
    char staged[NAME_MAX + 1];
    if (name[0] != '.' || length <= around || length >= sizeof staged ||
        strcmp(name + length - (sizeof ending - 1), ending) != 0) {
        return false;
    }
    memcpy(staged, name + 1, length - around);
    staged[length - around] = '\0';
    return strcmp(staged, WORKSPACE_ANCHOR_NAME) == 0 ||
           (scan->rooted && workspace_file_kind_of(staged) == WORKSPACE_FILE_PALETTE);
}

/* Keeps a file if it is large. Returns 0 or ENOMEM. */
static int keep_large(struct scan *scan, const char *name)
{
    struct stat status;
    bool looked_for =
        scan->least > 0 && name[0] != '.' && (scan->rooted || scan->candidate) && (scan->rooted || scan->everywhere);
    if (!looked_for || fstatat(scan->directory_fd, name, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(status.st_mode) || (uint64_t)status.st_size < scan->least) {
        return 0;
    }
    struct workspace_large *grown =
        base_array_grow(scan->large, scan->large_count, &scan->large_capacity, sizeof *grown);
    scan->large = grown != NULL ? grown : scan->large;
    char *path = grown != NULL ? base_path_join(scan->directory, name) : NULL;
    if (path == NULL) {
        return ENOMEM;
    }
    scan->large[scan->large_count++] = (struct workspace_large){
        .path = path,
        .size = (uint64_t)status.st_size,
        .device = status.st_dev,
        .inode = status.st_ino,
    };
    return 0;
}

static int compare_large(const void *left, const void *right)
{
    const struct workspace_large *a = left;
    const struct workspace_large *b = right;
    return strcmp(a->path, b->path);
}

void workspace_large_free(struct workspace_large *large, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(large[i].path);
    }
    free(large);
}

/* An entry that is a file, or a link that may be one. */
static int visit_file(struct scan *scan, const char *name)
{
    if (strcmp(name, WORKSPACE_ANCHOR_NAME) == 0) {
        scan->anchored = true;
        return base_names_take(&scan->found.anchors, strdup(scan->directory)) ? 0 : ENOMEM;
    }
    if (scan->candidate && name[0] != '.') {
        enum workspace_file_kind kind = workspace_file_kind_of(name);
        scan->pictures += kind == WORKSPACE_FILE_PNG;
        scan->sounds += kind == WORKSPACE_FILE_SOUND;
    }
    return 0;
}

static int visit(void *context, const char *name, enum base_entry_kind kind)
{
    struct scan *scan = context;
    bool top = scan->directory[0] == '\0';
    if (base_task_cancelled(scan->task)) {
        return ECANCELED;
    }
    int problem = check_ignored(scan, name, kind == BASE_ENTRY_DIRECTORY);
    if (problem != 0) {
        return problem == EEXIST ? 0 : problem;
    }
    if (kind == BASE_ENTRY_FILE && is_stage(scan, name)) {
        return base_names_take(&scan->stages, base_path_join(scan->directory, name)) ? 0 : ENOMEM;
    }
    if (!keep_entry(scan, name, kind == BASE_ENTRY_DIRECTORY)) {
        return ENOMEM;
    }
    if (kind == BASE_ENTRY_DIRECTORY && !(top && strcmp(name, WORKSPACE_REGISTRY_DIRECTORY) == 0)) {
        return base_names_take(&scan->pending, base_path_join(scan->directory, name)) ? 0 : ENOMEM;
    }
    if (kind == BASE_ENTRY_FILE && keep_large(scan, name) != 0) {
        return ENOMEM;
    }
    return kind == BASE_ENTRY_FILE || kind == BASE_ENTRY_LINK ? visit_file(scan, name) : 0;
}

/* Reads a directory. Returns 0 or a problem; ENOMEM and ECANCELED end the walk. */
static int walk_directory(struct workspace_descent *descent, struct scan *scan, const char *directory)
{
    int fd = -1;
    begin_directory(scan, directory);
    int problem = workspace_descent_open(descent, directory, &fd);
    if (problem == 0) {
        scan->directory_fd = fd; /* open until all entries were visited */
        problem = base_directory_each(fd, visit, scan);
    }
    if (problem == 0 && !end_directory(scan)) {
        problem = ENOMEM;
    }
    return problem;
}

/* Walks through the directory `from`. False when memory ran out or the task was cancelled. */
static bool walk_from(struct workspace_descent *descent, struct scan *scan, const char *from)
{
    if (!base_names_take(&scan->pending, strdup(from))) {
        return false;
    }
    while (scan->pending.count > 0) {
        char *directory = scan->pending.items[--scan->pending.count];
        int problem = walk_directory(descent, scan, directory);
        if (problem == ENOMEM || problem == ECANCELED) {
            free(directory);
            return false;
        }
        if (problem == 0 || problem == ENOENT) { /* gone since its parent was read: nothing is there */
            free(directory);
        } else if (!base_names_take(&scan->found.unreadable, directory)) {
            return false;
        }
    }
    return true;
}

static bool walk(const struct workspace *workspace, struct scan *scan, const char *from)
{
    struct workspace_descent descent;
    workspace_descent_begin(&descent, workspace->assets_fd);
    bool walked = walk_from(&descent, scan, from);
    workspace_descent_end(&descent);
    return walked;
}

void workspace_art_free(struct workspace_art *art, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(art[i].directory);
    }
    free(art);
}

static void forget(struct workspace *workspace)
{
    struct base_names old = {.items = workspace->unregistered, .count = workspace->unregistered_count};
    base_names_free(&old);
    base_names_free(&workspace->entries);
    base_names_free(&workspace->stages);
    workspace_large_free(workspace->large, workspace->large_count);
    workspace->large = NULL;
    workspace->large_count = 0;
    workspace_art_free(workspace->art, workspace->art_count);
    workspace->unregistered = NULL;
    workspace->unregistered_count = 0;
    workspace->art = NULL;
    workspace->art_count = 0;
}

static bool scan_all(struct workspace *workspace, struct scan *scan, struct base_findings *findings)
{
    bool fine = workspace_root_list_make(&scan->roots, &workspace->registry, true, workspace->task) &&
                workspace_root_list_make(&scan->built, &workspace->registry, false, workspace->task) &&
                walk(workspace, scan, "");
    base_names_sort(&scan->entries, workspace->task);
    workspace->entries = scan->entries;
    base_names_sort(&scan->stages, workspace->task);
    workspace->stages = scan->stages;
    (void)base_sort(scan->large, scan->large_count, sizeof *scan->large, compare_large, workspace->task);
    workspace->large = scan->large;
    workspace->large_count = scan->large_count;
    fine = workspace_report_unregistered(workspace, &scan->found, findings) && fine;
    if (!fine && !base_task_cancelled(workspace->task)) {
        base_report_out_of_memory(findings, NULL);
    }
    return fine;
}

static void free_scan(struct scan *scan)
{
    workspace_root_list_free(&scan->roots);
    workspace_root_list_free(&scan->built);
    workspace_art_free(scan->found.art, scan->found.art_count);
    base_names_free(&scan->pending);
    base_names_free(&scan->found.anchors);
    base_names_free(&scan->found.unreadable);
}

bool workspace_scan(struct workspace *workspace, struct base_findings *findings)
{
    return workspace_scan_large(workspace, 0, false, findings);
}

bool workspace_scan_large(struct workspace *workspace, uint64_t least, bool everywhere, struct base_findings *findings)
{
    struct workspace_ignore ignore;
    struct scan scan = {
        .task = workspace->task, .ignore = &ignore, .directory = "", .least = least, .everywhere = everywhere};
    forget(workspace);
    bool fine = workspace_ignore_load(&ignore, workspace, findings) && scan_all(workspace, &scan, findings);
    free_scan(&scan);
    workspace_ignore_free(&ignore);
    return fine && !findings->out_of_memory;
}

/* ---- Anchors alone ---- */

bool workspace_find_anchors(const struct workspace *workspace, struct base_names *anchors)
{
    struct workspace_ignore ignore;
    struct scan scan = {.task = workspace->task, .ignore = &ignore, .directory = ""};
    struct base_findings unsaid;
    base_findings_init(&unsaid);
    bool fine = workspace_ignore_load(&ignore, workspace, &unsaid) && walk(workspace, &scan, "");
    base_names_sort(&scan.found.anchors, workspace->task);
    *anchors = scan.found.anchors;
    scan.found.anchors = BASE_NAMES_EMPTY;
    free_scan(&scan);
    workspace_ignore_free(&ignore);
    base_findings_free(&unsaid);
    return fine && !base_task_cancelled(workspace->task);
}

/* ---- One root ---- */

/* False when memory ran out, or the task was cancelled. */
static bool scan_root(const struct workspace *workspace, struct scan *scan, char *root)
{
    struct workspace_record record = {.root = root, .included_in_build = true};
    const struct workspace_registry registry = {.records = &record, .count = 1};
    bool left_out;
    int problem = workspace_ignores_within(scan->ignore, root, &left_out);
    if (problem != 0 || left_out) {
        return problem == 0;
    }
    return workspace_root_list_make(&scan->roots, &registry, true, NULL) &&
           workspace_root_list_make(&scan->built, &registry, false, NULL) && walk(workspace, scan, root);
}

bool workspace_list_root(const struct workspace *workspace, const struct workspace_ignore *ignore, const char *root,
                         struct base_names *entries)
{
    struct scan scan = {.task = workspace->task, .ignore = ignore, .directory = ""};
    char *copy = strdup(root);
    bool fine = copy != NULL && scan_root(workspace, &scan, copy);
    base_names_sort(&scan.entries, NULL);
    *entries = scan.entries;
    base_names_free(&scan.stages);
    free_scan(&scan);
    free(copy);
    return fine || base_task_cancelled(workspace->task);
}
