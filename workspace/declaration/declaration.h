/* asset.json as a struct: docs/contracts/workspace.md, 3. The parts of the reading, for each other. */
#ifndef PRPACK_WORKSPACE_DECLARATION_DECLARATION_H
#define PRPACK_WORKSPACE_DECLARATION_DECLARATION_H

#include "workspace/declaration/format.h"
#include "workspace/document/value.h"
#include "workspace/workspace.h"

/* Reads a declaration out of a text. record is the one that led here, whose uuid it must have, or NULL: then a uuid may
 * also be absent. All faults are reported; on false *declaration is empty. place gives file and asset_id. */
bool workspace_declaration_parse(struct base_bytes text, const struct base_place *place,
                                 const struct workspace_record *record, struct workspace_declaration *declaration,
                                 struct base_findings *findings);

/* What is wrong with a name, as a static text that follows "the name ", or NULL. */
const char *workspace_name_fault(const char *name);

/* The parts. Each adds what it finds wrong and fills what it can; the caller asks the findings. */

/* The member `output`. Returns the format's facts when they are known, else NULL. type_known: declaration->type is
 * set. */
const struct workspace_format_facts *workspace_declaration_output(struct workspace_document *document,
                                                                  struct workspace_value output, bool type_known,
                                                                  struct workspace_declaration *declaration);
/* The member `inputs`, for a known format. */
void workspace_declaration_inputs(struct workspace_document *document, struct workspace_value inputs,
                                  const struct workspace_format_facts *facts,
                                  struct workspace_declaration *declaration);
/* A tree of values that the pack or its companion will carry: output.metadata or output.pipeline. NULL when something
 * is wrong with it. The caller frees with cJSON_Delete. */
struct cJSON *workspace_declaration_tree(struct workspace_document *document, struct workspace_value object,
                                         const char *what);

#endif
