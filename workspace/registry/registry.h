/* index.json as a struct and back: docs/contracts/workspace.md, 2. */
#ifndef PRPACK_WORKSPACE_REGISTRY_REGISTRY_H
#define PRPACK_WORKSPACE_REGISTRY_REGISTRY_H

#include "base/findings.h"
#include "base/text.h"
#include "workspace/model/model.h"

/* Reads a registry out of a text. All faults are reported; on false *registry is empty. place gives the file. task may
 * be NULL; false also when it was cancelled, and then findings may be wrong. */
bool workspace_registry_parse(struct base_bytes text, struct base_task *task, const struct base_place *place,
                              struct workspace_registry *registry, struct base_findings *findings);

/* Appends the registry in the one form that is written. */
void workspace_registry_print(const struct workspace_registry *registry, struct base_text *text);

#endif
