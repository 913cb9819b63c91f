/* Members of a declaration that have a meaning which this version does not support: docs/contracts/workspace.md,
 * 3.5. */
#ifndef PRPACK_WORKSPACE_DECLARATION_RESERVED_H
#define PRPACK_WORKSPACE_DECLARATION_RESERVED_H

#include "workspace/document/value.h"

/* Refuses each one of them in `pipeline`, the member of output, which may be absent. */
void workspace_declaration_refuse_reserved(struct workspace_document *document, struct json_token pipeline);

/* Refuses a sprite that is an object. False when it is another value. */
bool workspace_declaration_refuse_sprite(struct workspace_document *document, struct json_token sprite);

#endif
