/* The roots of a registry in byte order, to look up whether a path lies in one.
 *
 * Threads: read-only after it was made. */
#ifndef PRPACK_WORKSPACE_ROOT_LIST_H
#define PRPACK_WORKSPACE_ROOT_LIST_H

#include "base/task.h"
#include "workspace/model/model.h"

struct workspace_root_list {
    const char **items; /* owned; the strings are the registry's */
    size_t count;
};

/* All roots, or those of the build set. False when memory ran out. When the task, which may be NULL, was cancelled, the
 * list is in any order. */
bool workspace_root_list_make(struct workspace_root_list *list, const struct workspace_registry *registry, bool all,
                              struct base_task *task);
void workspace_root_list_free(struct workspace_root_list *list);

/* Whether a path is a root. */
bool workspace_root_list_has(const struct workspace_root_list *list, const char *path);

/* Whether a path is a root or inside one; *length is then the length of that root. No root lies inside another one. */
bool workspace_root_list_covers(const struct workspace_root_list *list, const char *path, size_t *length);

/* Whether a root lies in a directory other than assets/ itself, which is not a root. */
bool workspace_root_list_below(const struct workspace_root_list *list, const char *directory);

#endif
