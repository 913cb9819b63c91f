/* Roots of assets, none of which lies inside another one, and how a path lies to them.
 *
 * A root takes memory for its own length, and a question the order of log n comparisons, however many directories the
 * roots and the path have. */
#ifndef PRPACK_WORKSPACE_EDIT_ROOTS_H
#define PRPACK_WORKSPACE_EDIT_ROOTS_H

#include <stdbool.h>
#include <stdint.h>

/* Only roots.c writes the member. */
struct workspace_roots {
    void *tree;
};

#define WORKSPACE_ROOTS_EMPTY ((struct workspace_roots){.tree = (void *)0})

/* Copies the root, a plain relative path. False when memory ran out; the roots are as they were then. */
bool workspace_roots_add(struct workspace_roots *roots, const char *root, int32_t asset_id);

enum workspace_root_relation {
    WORKSPACE_ROOT_FREE,
    WORKSPACE_ROOT_SAME,
    WORKSPACE_ROOT_INSIDE, /* of another root */
    WORKSPACE_ROOT_AROUND  /* another root */
};

/* How a plain relative path lies to the roots. *asset_id is that of the other one; of several roots inside the path it
 * is the first by workspace_path_compare. */
enum workspace_root_relation workspace_roots_find(const struct workspace_roots *roots, const char *path,
                                                  int32_t *asset_id);

void workspace_roots_free(struct workspace_roots *roots);

#endif
