/* What a declaration of GLYPH/indexed_v1 says about its pictures: docs/contracts/workspace.md, 3.5. */
#ifndef PRPACK_VERIFY_WORKSPACE_PICTURE_MEMBERS_H
#define PRPACK_VERIFY_WORKSPACE_PICTURE_MEMBERS_H

#include "verify/workspace/declared.h"

/* Reads output.pipeline.transparent, indices and pad. In another format each of them is a value finding. Needs format
 * and pipeline. */
void verify_declared_read_pictures(struct verify_declared *declared);

/* Reads a sprite that is an object. *path is its path, or has the kind JSON_END; *sprite is filled but for its path. */
void verify_declared_read_sprite(struct verify_document *document, struct json_token element, struct json_token *path,
                                 struct verify_declared_input *sprite);

#endif
