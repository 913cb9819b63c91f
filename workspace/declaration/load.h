/* The declaration of an asset root, from its asset.json. */
#ifndef PRPACK_WORKSPACE_DECLARATION_LOAD_H
#define PRPACK_WORKSPACE_DECLARATION_LOAD_H

#include "base/findings.h"
#include "workspace/model/model.h"

/* Opens `root` below assets_fd and reads its asset.json. record is the record of this root, or NULL: then the uuid may
 * be absent. assets is its path for messages. All faults are reported; on
 * false *declaration is empty. */
bool workspace_declaration_load(const char *assets, int assets_fd, const char *root,
                                const struct workspace_record *record, struct workspace_declaration *declaration,
                                struct base_findings *findings);

#endif
