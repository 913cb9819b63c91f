/* Conflicts that a merge of the registry has left, as workspace/merge/ prints them: docs/contracts/workspace.md, 8.13.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WORKSPACE_DOCUMENT_CONFLICT_H
#define PRPACK_WORKSPACE_DOCUMENT_CONFLICT_H

#include "base/bytes.h"

/* Whether the line at `at` < text.size begins such a conflict: it has the label of one, and whole records come after
 * it. Then *last is where its last line begins. */
bool workspace_conflict_find(struct base_bytes text, size_t at, size_t *last);

#endif
