/* `add` of a directory that has no asset.json: the declaration follows from its files and the options. */
#ifndef PRPACK_WORKSPACE_EDIT_INFER_H
#define PRPACK_WORKSPACE_EDIT_INFER_H

#include "workspace/edit/addition.h"

/* Fills declaration, asset_uuid and text. */
bool workspace_add_infer(struct workspace_addition *add);

#endif
