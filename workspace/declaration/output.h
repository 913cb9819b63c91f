/* The member `output` of a declaration. */
#ifndef PRPACK_WORKSPACE_DECLARATION_OUTPUT_H
#define PRPACK_WORKSPACE_DECLARATION_OUTPUT_H

#include "workspace/document/value.h"
#include "workspace/model/model.h"

/* Adds what is wrong to the findings and fills what it can. Returns the facts of the format when they are known, else
 * NULL. type_known: declaration->type is set. */
const struct workspace_format_facts *workspace_declaration_output(struct workspace_document *document,
                                                                  struct json_token output, bool type_known,
                                                                  struct workspace_declaration *declaration);

#endif
