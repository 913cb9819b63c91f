/* Unregistered anchors: docs/contracts/workspace.md, 4. */
#include "base/directory.h"
#include "base/names.h"
#include "base/path.h"
#include "base/sort.h"
#include "base/text.h"
#include "workspace/descent.h"
#include "workspace/document/problem.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"
#include "workspace/workspace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Directories wait in `pending`, not on the call stack; memory follows the directories that wait and the anchors. */
struct scan {
    struct base_task *task;
    struct base_names pending;    /* directories still to be read, the next one last; "" is assets/ itself */
    struct base_names anchors;    /* directories that have an asset.json */
    struct base_names unreadable; /* directories */
    const char *directory;        /* being read */

    const char **roots; /* of the build set, in byte order; strings of the registry */
    size_t root_count;
    bool listed;               /* the directory is one of these roots or inside one, and is not hidden */
    struct base_names entries; /* of such directories */
};

static int by_root(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Whether the first `length` bytes of a path are a root of the build set. */
static int compare_begin(const struct base_bytes begin, const char *root)
{
    int order = strncmp((const char *)begin.data, root, begin.size);
    return order != 0 ? order : root[begin.size] == '\0' ? 0 : -1;
}

static bool is_root(const struct scan *scan, struct base_bytes begin)
{
    size_t low = 0;
    size_t high = scan->root_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_begin(begin, scan->roots[middle]);
        if (order == 0) {
            return true;
        }
        low = order > 0 ? middle + 1 : low;
        high = order > 0 ? high : middle;
    }
    return false;
}

/* Whether the entries of a directory are wanted: no root lies inside another one, so the first that fits decides. */
static bool is_listed(const struct scan *scan, const char *directory)
{
    size_t length = strlen(directory);
    for (size_t i = 0; i <= length; i++) {
        if ((directory[i] == '/' || directory[i] == '\0') &&
            is_root(scan, base_bytes_make((const uint8_t *)directory, i))) {
            return strstr(directory + i, "/.") == NULL;
        }
    }
    return false;
}

/* Keeps an entry of the directory. */
static bool keep_entry(struct scan *scan, const char *name, bool is_directory)
{
    if (!scan->listed || name[0] == '.' || strcmp(name, WORKSPACE_ANCHOR_NAME) == 0) {
        return true;
    }
    struct base_text path = BASE_TEXT_EMPTY;
    base_path_add(&path, scan->directory);
    base_path_add(&path, name);
    base_text_add_string(&path, is_directory ? "/" : "");
    return base_names_take(&scan->entries, base_text_take(&path));
}

static int visit(void *context, const char *name, enum base_entry_kind kind)
{
    struct scan *scan = context;
    bool top = scan->directory[0] == '\0';
    if (base_task_cancelled(scan->task)) {
        return ECANCELED;
    }
    if (!keep_entry(scan, name, kind == BASE_ENTRY_DIRECTORY)) {
        return ENOMEM;
    }
    if (kind == BASE_ENTRY_DIRECTORY && !(top && strcmp(name, WORKSPACE_REGISTRY_DIRECTORY) == 0)) {
        return base_names_take(&scan->pending, base_path_join(scan->directory, name)) ? 0 : ENOMEM;
    }
    if ((kind == BASE_ENTRY_FILE || kind == BASE_ENTRY_LINK) && strcmp(name, WORKSPACE_ANCHOR_NAME) == 0) {
        return base_names_take(&scan->anchors, strdup(scan->directory)) ? 0 : ENOMEM;
    }
    return 0;
}

/* False when memory ran out or the task was cancelled. */
static bool walk_from(struct workspace_descent *descent, struct scan *scan)
{
    if (!base_names_take(&scan->pending, strdup(""))) {
        return false;
    }
    while (scan->pending.count > 0) {
        char *directory = scan->pending.items[--scan->pending.count];
        int fd = -1;
        scan->directory = directory;
        scan->listed = is_listed(scan, directory);
        int problem = workspace_descent_open(descent, directory, &fd);
        if (problem == 0) {
            problem = base_directory_each(fd, visit, scan);
        }
        if (problem == ENOMEM || problem == ECANCELED) {
            free(directory);
            return false;
        }
        if (problem == 0 || problem == ENOENT) { /* gone since its parent was read: nothing is there */
            free(directory);
        } else if (!base_names_take(&scan->unreadable, directory)) {
            return false;
        }
    }
    return true;
}

static bool walk(const struct workspace *workspace, struct scan *scan)
{
    struct workspace_descent descent;
    workspace_descent_begin(&descent, workspace->assets_fd);
    bool walked = walk_from(&descent, scan);
    workspace_descent_end(&descent);
    return walked;
}

static void warn(const struct workspace *workspace, const char *directory, const char *file, enum diag diagnostic,
                 const char *message, struct base_findings *findings)
{
    bool top = directory[0] == '\0';
    char *path = workspace_assets_path(workspace->assets_path, top ? file : directory, top ? NULL : file);
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    base_report(findings, diagnostic, &(struct base_details){.place.file = path, .severity = BASE_WARNING}, "%s",
                message);
    free(path);
}

/* The registered roots in byte order, all of them or those of the build set, or NULL. Their strings stay the
 * registry's. */
static const char **sorted_roots(const struct workspace_registry *registry, bool all, size_t *count,
                                 struct base_task *task)
{
    const char **roots = calloc(registry->count + 1, sizeof *roots);
    *count = 0;
    for (size_t i = 0; roots != NULL && i < registry->count; i++) {
        if (all || registry->records[i].included_in_build) {
            roots[(*count)++] = registry->records[i].root;
        }
    }
    if (*count > 1) {
        (void)base_sort(roots, *count, sizeof *roots, by_root, task);
    }
    return roots;
}

/* Warns of the anchors that have no record, and keeps those that could have one. */
static bool report_anchors(struct workspace *workspace, struct base_names *anchors, struct base_findings *findings)
{
    size_t count;
    const char **roots = sorted_roots(&workspace->registry, true, &count, workspace->task);
    if (roots == NULL) {
        return false;
    }
    struct base_names unregistered = BASE_NAMES_EMPTY;
    bool fine = true;
    base_names_sort(anchors, workspace->task);
    for (size_t i = 0; fine && i < anchors->count && !base_task_cancelled_in(workspace->task, i); i++) {
        const char *root = anchors->items[i];
        if (count > 0 && bsearch(&root, roots, count, sizeof *roots, by_root) != NULL) {
            continue;
        }
        if (root[0] == '\0') {
            warn(workspace, root, WORKSPACE_ANCHOR_NAME, DIAG_ANCHOR_UNREGISTERED,
                 "an asset.json directly in assets/ belongs to no asset root: move it into a directory of its own",
                 findings);
            continue;
        }
        warn(workspace, root, WORKSPACE_ANCHOR_NAME, DIAG_ANCHOR_UNREGISTERED,
             "no record of the registry names this anchor", findings);
        fine = base_names_take(&unregistered, strdup(root));
    }
    free(roots);
    workspace->unregistered = unregistered.items;
    workspace->unregistered_count = unregistered.count;
    return fine;
}

static void forget(struct workspace *workspace)
{
    struct base_names old = {.items = workspace->unregistered, .count = workspace->unregistered_count};
    base_names_free(&old);
    base_names_free(&workspace->entries);
    workspace->unregistered = NULL;
    workspace->unregistered_count = 0;
}

bool workspace_scan(struct workspace *workspace, struct base_findings *findings)
{
    struct scan scan = {.task = workspace->task, .directory = ""};
    forget(workspace);
    scan.roots = sorted_roots(&workspace->registry, false, &scan.root_count, workspace->task);
    bool fine = scan.roots != NULL && walk(workspace, &scan);
    base_names_sort(&scan.entries, workspace->task);
    workspace->entries = scan.entries;
    free(scan.roots);
    base_names_sort(&scan.unreadable, workspace->task);
    for (size_t i = 0; i < scan.unreadable.count && !base_task_cancelled_in(workspace->task, i); i++) {
        warn(workspace, scan.unreadable.items[i], NULL, DIAG_ENVIRONMENT_READ,
             "the directory could not be read: anchors in it are not seen", findings);
    }
    fine = fine && report_anchors(workspace, &scan.anchors, findings);
    if (!fine && !base_task_cancelled(workspace->task)) {
        base_report_out_of_memory(findings, NULL);
    }
    base_names_free(&scan.pending);
    base_names_free(&scan.anchors);
    base_names_free(&scan.unreadable);
    return fine && !findings->out_of_memory;
}
