/* The member `inputs` of a declaration. */
#ifndef PRPACK_WORKSPACE_DECLARATION_INPUTS_H
#define PRPACK_WORKSPACE_DECLARATION_INPUTS_H

#include "workspace/document/value.h"
#include "workspace/model/model.h"

/* For a known format: adds what is wrong to the findings and fills what it can. */
void workspace_declaration_inputs(struct workspace_document *document, struct json_token inputs,
                                  const struct workspace_format_facts *facts,
                                  struct workspace_declaration *declaration);

#endif
