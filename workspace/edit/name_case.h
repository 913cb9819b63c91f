/* Names and roots that differ from those of another asset by the case of ASCII letters only: `name-case`,
 * docs/contracts/workspace.md, 6.3, 8.1 and 8.6. */
#ifndef PRPACK_WORKSPACE_EDIT_NAME_CASE_H
#define PRPACK_WORKSPACE_EDIT_NAME_CASE_H

#include "base/findings.h"

/* Each warns that the name, or the root, of the asset with its directory at `path` differs so from that of another
 * asset. `path` is NULL when memory ran out for it, which is noted. */
void workspace_warn_of_name(const char *path, const char *name, int32_t other, struct base_findings *findings);
void workspace_warn_of_root(const char *path, const char *root, int32_t other, struct base_findings *findings);

#endif
