/* asset.json as a struct: docs/contracts/workspace.md, 3. The parts of the reading, for each other. */
#ifndef PRPACK_WORKSPACE_DECLARATION_H
#define PRPACK_WORKSPACE_DECLARATION_H

#include "workspace/format.h"
#include "workspace/value.h"
#include "workspace/workspace.h"

/* Reads a declaration out of a text. record is the one that led here, whose uuid it must have, or NULL: then a uuid may
 * also be absent. All faults are reported; on false *declaration is empty. place gives file and asset_id. */
bool pp_declaration_parse(struct pp_bytes text, const struct pp_place *place, const struct pp_record *record,
                          struct pp_declaration *declaration, struct pp_findings *findings);

/* What is wrong with a name, as a static text that follows "the name ", or NULL. */
const char *pp_name_fault(const char *name);

/* The parts. Each adds what it finds wrong and fills what it can; the caller asks the findings. */

/* The member `output`. Returns the format's facts when they are known, else NULL. type_known: declaration->type is set. */
const struct pp_format_facts *pp_declaration_output(struct pp_document *document, struct pp_value output,
                                                    bool type_known, struct pp_declaration *declaration);
/* The member `inputs`, for a known format. */
void pp_declaration_inputs(struct pp_document *document, struct pp_value inputs, const struct pp_format_facts *facts,
                           struct pp_declaration *declaration);
/* A tree of values that the pack or its companion will carry: output.metadata or output.pipeline. NULL when something
 * is wrong with it. The caller frees with cJSON_Delete. */
struct cJSON *pp_declaration_tree(struct pp_document *document, struct pp_value object, const char *what);

#endif
