/* Members of a declaration that this version does not support: docs/contracts/workspace.md, 3.5. */
#ifndef PRPACK_VERIFY_WORKSPACE_RESERVED_H
#define PRPACK_VERIFY_WORKSPACE_RESERVED_H

#include "verify/workspace/document.h"

/* Adds a value finding for each one in `pipeline`, which may be absent. */
void verify_check_reserved_members(struct verify_document *document, struct json_token pipeline);

/* The same for a sprite that is an object. Whether it is one. */
bool verify_check_reserved_sprite(struct verify_document *document, struct json_token sprite);

#endif
