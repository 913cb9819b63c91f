/* The members of output.pipeline that have a meaning: docs/contracts/workspace.md, 3.5. */
#ifndef PRPACK_WORKSPACE_DECLARATION_PIPELINE_H
#define PRPACK_WORKSPACE_DECLARATION_PIPELINE_H

#include "workspace/document/value.h"
#include "workspace/model/model.h"

/* Reads them from `pipeline`, the member of output, which may be absent, for a format that is known. Reports values
 * that a member cannot have, and members of another format. */
void workspace_declaration_pipeline(struct workspace_document *document, struct json_token pipeline,
                                    const struct workspace_format_facts *facts,
                                    struct workspace_declaration *declaration);

#endif
