/* metadata and pipeline: what the pack can carry. docs/contracts/workspace.md, 3.1. */
#ifndef PRPACK_VERIFY_WORKSPACE_TREE_H
#define PRPACK_VERIFY_WORKSPACE_TREE_H

#include "verify/workspace/document.h"

/* Adds a value finding for each number that is not an exact integer, and for each container that is too deep. */
void verify_check_tree(struct verify_document *document, struct json_token object, const char *name);

/* Appends a value without white space, the keys of each object in the order of code points; strings and numbers as they
 * are spelt. False when memory ran out. */
bool verify_tree_sort(struct base_bytes text, struct json_token value, struct base_text *out);

#endif
