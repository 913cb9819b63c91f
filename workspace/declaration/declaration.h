/* asset.json as a struct: docs/contracts/workspace.md, 3. */
#ifndef PRPACK_WORKSPACE_DECLARATION_DECLARATION_H
#define PRPACK_WORKSPACE_DECLARATION_DECLARATION_H

#include "base/findings.h"
#include "workspace/model/model.h"

/* Reads a declaration out of a text. record is the one that led here, whose uuid it must have, or NULL: then a uuid may
 * also be absent. All faults are reported; on false *declaration is empty. place gives file and asset_id. */
bool workspace_declaration_parse(struct base_bytes text, const struct base_place *place,
                                 const struct workspace_record *record, struct workspace_declaration *declaration,
                                 struct base_findings *findings);

#endif
