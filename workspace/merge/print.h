/* A merge as the text of index.json. */
#ifndef PRPACK_WORKSPACE_MERGE_PRINT_H
#define PRPACK_WORKSPACE_MERGE_PRINT_H

#include "base/text.h"
#include "workspace/merge/row.h"

/* Appends the registry. Conflicts are between markers: taking ours everywhere gives JSON, and so does taking theirs. */
void workspace_merge_print(const struct workspace_merge *merge, struct base_text *text);

#endif
