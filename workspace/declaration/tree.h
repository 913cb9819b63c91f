/* Trees that a declaration hands on unchanged: output.metadata and output.pipeline. */
#ifndef PRPACK_WORKSPACE_DECLARATION_TREE_H
#define PRPACK_WORKSPACE_DECLARATION_TREE_H

#include "workspace/document/value.h"

struct cJSON;

/* Reads a tree that the pack or its companion will carry. NULL when something is wrong with it, with the reason in the
 * findings. The caller frees it with cJSON_Delete. */
struct cJSON *workspace_declaration_tree(struct workspace_document *document, struct json_token object,
                                         const char *what);

#endif
