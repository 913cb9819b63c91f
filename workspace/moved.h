/* Registered assets whose directories were moved by hand: docs/contracts/workspace.md, 8.9.
 *
 * Threads: read-only after it was made. */
#ifndef PRPACK_WORKSPACE_MOVED_H
#define PRPACK_WORKSPACE_MOVED_H

#include "base/index.h"
#include "base/names.h"
#include "workspace/whereabouts.h"

/* A registry, and where its assets are. Zero-initialise. */
struct workspace_moved {
    const struct workspace *workspace; /* borrowed */
    struct workspace_whereabouts whereabouts;
    struct base_index roots; /* of the records, with their positions in the registry */
    struct base_index uuids; /* likewise */
};

/* Needs workspace_open only. False when memory ran out, the task was cancelled, or what is meant to stay out cannot be
 * read. Free it in either case. */
bool workspace_moved_make(struct workspace_moved *moved, const struct workspace *workspace);
void workspace_moved_free(struct workspace_moved *moved);

/* The record with this root or uuid, or NULL. */
const struct workspace_record *workspace_moved_by_root(const struct workspace_moved *moved, const char *root);
const struct workspace_record *workspace_moved_by_uuid(const struct workspace_moved *moved, const char *uuid);

enum workspace_chain_end {
    WORKSPACE_CHAIN_COMPLETE,
    WORKSPACE_CHAIN_GONE,   /* *stuck is in no directory */
    WORKSPACE_CHAIN_SEVERAL /* *stuck is in several */
};

/* The directories that have to be adopted together so that a record gets `place` as its root: if that is the root of
 * another record, the place of that one too, and so on. Appends their paths as the user would type them, `place` first.
 * *stuck is the record whose place is not known, else NULL. When memory runs out, the names are without one of them and
 * *out_of_memory is set. */
enum workspace_chain_end workspace_moved_chain(const struct workspace_moved *moved,
                                               const struct workspace_record *record, const char *place,
                                               struct base_names *paths, const struct workspace_record **stuck,
                                               bool *out_of_memory);

/* Several paths as the subject of a finding: with a newline between them (present/remedy.h). Nothing when one of them
 * has a newline itself: no remedy could show them apart. */
void workspace_moved_subject(const struct base_names *paths, struct base_text *subject);

#endif
