/* What is common to all roots of one request. */
#ifndef PRPACK_WORKSPACE_EDIT_COMMON_H
#define PRPACK_WORKSPACE_EDIT_COMMON_H

#include "workspace/edit/addition.h"

/* Owns what additions borrow. */
struct workspace_add_common {
    struct workspace_taken taken;
    struct workspace_ignore ignore;
    char *assets;
    char *registry;
};

/* Checks the options, reads `ignore`, and takes what the registry has. Fills *add, from which each root's own addition
 * is copied; it borrows from *common and the arguments. False with the reason in findings. Free common in either
 * case. */
bool workspace_add_common_begin(struct workspace_add_common *common, struct workspace_addition *add,
                                const struct workspace *workspace, const struct workspace_add_options *options,
                                struct base_findings *findings);
void workspace_add_common_free(struct workspace_add_common *common);

#endif
