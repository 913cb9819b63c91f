/* index.json as a struct and back: docs/contracts/workspace.md, 2. */
#ifndef PRPACK_WORKSPACE_REGISTRY_H
#define PRPACK_WORKSPACE_REGISTRY_H

#include "base/text.h"
#include "workspace/workspace.h"

#define PP_REGISTRY_PATH ".prometeu/index.json" /* below assets/ */

/* Reads a registry out of a text. All faults are reported; on false *registry is empty. place gives the file. */
bool pp_registry_parse(struct pp_bytes text, const struct pp_place *place, struct pp_registry *registry,
                       struct pp_findings *findings);

/* Appends the registry in the one form that is written. */
void pp_registry_print(const struct pp_registry *registry, struct pp_text *text);

void pp_record_free(struct pp_record *record);
/* Accepts an empty one. */
void pp_registry_free(struct pp_registry *registry);

#endif
