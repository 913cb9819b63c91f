#include "workspace/edit/roots.h"

#include "workspace/path.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

/* The roots on both sides of a path that the tree does not have. */
struct neighbours {
    const struct root_entry *before;
    const struct root_entry *after;
};

/* What the tree holds, and what is looked for in it. */
struct root_entry {
    const char *root;
    int32_t asset_id;
    struct neighbours *passed; /* of what is looked for: the nearest ones that the search has passed */
    char copy[];
};

static int compare(const void *wanted, const void *held)
{
    const struct root_entry *a = wanted;
    const struct root_entry *b = held;
    int order = workspace_path_compare(a->root, b->root);
    if (a->passed != NULL && order < 0) {
        a->passed->after = b;
    } else if (a->passed != NULL && order > 0) {
        a->passed->before = b;
    }
    return order;
}

bool workspace_roots_add(struct workspace_roots *roots, const char *root, int32_t asset_id)
{
    size_t size = strlen(root) + 1;
    struct root_entry *entry = malloc(sizeof *entry + size);
    if (entry == NULL) {
        return false;
    }
    memcpy(entry->copy, root, size);
    entry->root = entry->copy;
    entry->asset_id = asset_id;
    entry->passed = NULL;
    /* The tree is balanced: no order of roots makes it deep. */
    void *const *found = tsearch(entry, &roots->tree, compare);
    if (found == NULL || *found != entry) {
        free(entry);
    }
    return found != NULL;
}

enum workspace_root_relation workspace_roots_find(const struct workspace_roots *roots, const char *path,
                                                  int32_t *asset_id)
{
    struct neighbours passed = {.before = NULL};
    const struct root_entry wanted = {.root = path, .passed = &passed};
    void *const *found = tfind(&wanted, &roots->tree, compare);
    if (found != NULL) {
        *asset_id = ((const struct root_entry *)*found)->asset_id;
        return WORKSPACE_ROOT_SAME;
    }
    /* Everything inside a directory comes right after it, and no root lies inside another one. So only the nearest root
     * on each side can be related to the path. */
    if (passed.before != NULL && workspace_path_within(path, passed.before->root)) {
        *asset_id = passed.before->asset_id;
        return WORKSPACE_ROOT_INSIDE;
    }
    if (passed.after != NULL && workspace_path_within(passed.after->root, path)) {
        *asset_id = passed.after->asset_id;
        return WORKSPACE_ROOT_AROUND;
    }
    return WORKSPACE_ROOT_FREE;
}

void workspace_roots_free(struct workspace_roots *roots)
{
    tdestroy(roots->tree, free);
    *roots = WORKSPACE_ROOTS_EMPTY;
}
