#include "workspace/whereabouts.h"

#include "base/array.h"
#include "base/sort.h"
#include "workspace/declaration/identity.h"
#include "workspace/scanned.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The list takes the root, unless memory ran out: then the result is false. */
static bool take(struct workspace_whereabouts *whereabouts, const struct workspace_identity *identity, char **root)
{
    struct workspace_sighting *items =
        base_array_grow(whereabouts->items, whereabouts->count, &whereabouts->capacity, sizeof *whereabouts->items);
    if (items == NULL) {
        return false;
    }
    whereabouts->items = items;
    items[whereabouts->count] = (struct workspace_sighting){.root = *root};
    memcpy(items[whereabouts->count].uuid, identity->uuid, sizeof identity->uuid);
    whereabouts->count++;
    *root = NULL;
    return true;
}

/* False when memory ran out. */
static bool look_at(struct workspace_whereabouts *whereabouts, const struct workspace *workspace, char **root)
{
    if ((*root)[0] == '\0') {
        return true; /* assets/ itself is not a root */
    }
    const struct workspace_identity identity = workspace_identity_at(workspace->assets_fd, *root);
    if (identity.state != WORKSPACE_IDENTITY_KNOWN) {
        return identity.problem != ENOMEM;
    }
    return take(whereabouts, &identity, root);
}

static int compare(const void *a, const void *b)
{
    const struct workspace_sighting *x = a;
    const struct workspace_sighting *y = b;
    int order = strcmp(x->uuid, y->uuid);
    return order != 0 ? order : strcmp(x->root, y->root);
}

bool workspace_whereabouts_make(struct workspace_whereabouts *whereabouts, const struct workspace *workspace)
{
    struct base_names anchors = BASE_NAMES_EMPTY;
    bool fine = workspace_find_anchors(workspace, &anchors);
    for (size_t i = 0; fine && i < anchors.count; i++) {
        fine = look_at(whereabouts, workspace, &anchors.items[i]) && !base_task_cancelled(workspace->task);
    }
    base_names_free(&anchors);
    return fine && (whereabouts->count == 0 || base_sort(whereabouts->items, whereabouts->count,
                                                         sizeof *whereabouts->items, compare, workspace->task));
}

void workspace_whereabouts_free(struct workspace_whereabouts *whereabouts)
{
    for (size_t i = 0; i < whereabouts->count; i++) {
        free(whereabouts->items[i].root);
    }
    free(whereabouts->items);
    *whereabouts = (struct workspace_whereabouts){.items = NULL};
}

const struct workspace_sighting *workspace_whereabouts_of(const struct workspace_whereabouts *whereabouts,
                                                          const char *uuid, size_t *count)
{
    size_t low = 0;
    size_t high = whereabouts->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(whereabouts->items[middle].uuid, uuid) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *count = 0;
    while (low + *count < whereabouts->count && strcmp(whereabouts->items[low + *count].uuid, uuid) == 0) {
        ++*count;
    }
    return whereabouts->items != NULL ? &whereabouts->items[low] : NULL;
}
