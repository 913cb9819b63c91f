/* What a walk through assets/ has found, between the walk and the report about it.
 *
 * Threads: one at a time. */
#ifndef PRPACK_WORKSPACE_SCANNED_H
#define PRPACK_WORKSPACE_SCANNED_H

#include "workspace/workspace.h"

/* All of it is owned; paths are relative to assets/, "" is assets/ itself. */
struct workspace_scanned {
    struct base_names anchors;    /* directories that have an asset.json, and are not ignored */
    struct base_names unreadable; /* directories */
    struct workspace_art *art;    /* directories with pictures or sounds that are not in a registered root */
    size_t art_count;
    size_t art_capacity;
};

/* Warns of what has no record, in byte order, and hands it to the workspace: `unregistered` and `art`. False when
 * memory ran out. */
bool workspace_report_unregistered(struct workspace *workspace, struct workspace_scanned *scanned,
                                   struct base_findings *findings);

/* The directories of all anchors below assets/ that are not ignored, registered or not, in byte order. Of a directory
 * that cannot be read nothing is known. False when memory ran out, the task was cancelled, or what is meant to stay out
 * cannot be read. */
bool workspace_find_anchors(const struct workspace *workspace, struct base_names *anchors);

#endif
