/* The assets that a user names: docs/contracts/workspace.md, 8.1. */
#ifndef PRPACK_WORKSPACE_FIND_H
#define PRPACK_WORKSPACE_FIND_H

#include "workspace/workspace.h"

/* A registry with the name of each asset. */
struct workspace_finder {
    const struct workspace *workspace; /* opened; borrowed */
    char **names;                      /* of each record of the registry; NULL: its declaration is not accepted */
    char **former; /* of each record, what workspace_finder_remember was told, or NULL; NULL: nothing */
};

/* Reads the declaration of every record. A faulty one is not reported: it has no name. False with
 * environment-memory in findings, or without a finding when the task was cancelled. Free it in either case. */
bool workspace_finder_begin(struct workspace_finder *finder, const struct workspace *workspace,
                            struct base_findings *findings);
void workspace_finder_free(struct workspace_finder *finder);

/* Whether a record of the registry has no asset.json of its own any more: what it was called may be known elsewhere.
 * Sets *out_of_memory when memory ran out. */
bool workspace_finder_is_lost(const struct workspace_finder *finder, size_t position, bool *out_of_memory);
/* Says what such a record was called. It is found by that if no asset is called so. Takes the name, which may be NULL:
 * then, and when memory runs out, nothing is remembered and the result is false. */
bool workspace_finder_remember(struct workspace_finder *finder, size_t position, char *name);

/* The registered asset with this id, uuid, root or name. A root may be written as in the registry, from the project, or
 * as a path from the directory of the task; it need not be there. Reports asset-unknown, with the candidates where
 * there are several, and returns NULL. */
const struct workspace_record *workspace_finder_find(const struct workspace_finder *finder, const char *typed,
                                                     struct base_findings *findings);

/* The same for each text. Fills found, which has room for `count`, with the assets in rising asset_id; an asset named
 * twice is in it once. False with the reasons in findings when one was not found. */
bool workspace_finder_find_all(const struct workspace_finder *finder, const char *const *typed, size_t count,
                               const struct workspace_record **found, size_t *found_count,
                               struct base_findings *findings);

/* The name of a record of the workspace's registry, or NULL. */
const char *workspace_finder_name(const struct workspace_finder *finder, const struct workspace_record *record);

#endif
