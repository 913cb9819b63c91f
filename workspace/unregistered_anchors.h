/* The anchors that no record of the registry names: docs/contracts/workspace.md, 4.
 *
 * Threads: one at a time. */
#ifndef PRPACK_WORKSPACE_UNREGISTERED_ANCHORS_H
#define PRPACK_WORKSPACE_UNREGISTERED_ANCHORS_H

#include "workspace/workspace.h"

/* Sorts the directories of all anchors. Warns of each that has no record, and says whether it is to be added or
 * adopted; keeps those that could have one in `unregistered`. False when memory ran out. */
bool workspace_report_anchors(struct workspace *workspace, struct base_names *anchors, struct base_findings *findings);

#endif
