/* Members of a declaration that have a meaning which this version does not support: docs/contracts/workspace.md,
 * 3.5. */
#ifndef PRPACK_WORKSPACE_DECLARATION_RESERVED_H
#define PRPACK_WORKSPACE_DECLARATION_RESERVED_H

#include "workspace/document/value.h"
#include "workspace/model/format.h"

/* Refuses each one of them in `metadata` and `pipeline`, the members of output, which may be absent. */
void workspace_declaration_refuse_reserved(struct workspace_document *document, enum workspace_asset_type type,
                                           struct json_token metadata, struct json_token pipeline);

/* Refuses a sprite that is an object. False when it is another value. */
bool workspace_declaration_refuse_sprite(struct workspace_document *document, struct json_token sprite);

#endif
