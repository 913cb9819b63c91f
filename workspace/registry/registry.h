/* index.json as a struct and back: docs/contracts/workspace.md, 2. */
#ifndef PRPACK_WORKSPACE_REGISTRY_REGISTRY_H
#define PRPACK_WORKSPACE_REGISTRY_REGISTRY_H

#include "base/findings.h"
#include "base/text.h"
#include "workspace/model/model.h"
#include "workspace/registry/rules.h"

/* Reads a registry out of a text. All faults are reported; on false *registry is empty. place gives the file. task may
 * be NULL; false also when it was cancelled, and then findings may be wrong. */
bool workspace_registry_parse(struct base_bytes text, struct base_task *task, const struct base_place *place,
                              struct workspace_registry *registry, struct base_findings *findings);

/* The same without the rules between records: ids may repeat, fall, or be above next_asset_id, uuids and roots may
 * repeat, and roots may lie inside others, as after a merge that joined lines. *places, one for each record, is for the
 * caller to free; NULL after a failure, and perhaps when there is no record. */
bool workspace_registry_parse_loosely(struct base_bytes text, struct base_task *task, const struct base_place *place,
                                      struct workspace_registry *registry, struct workspace_record_places **places,
                                      struct base_findings *findings);

/* Appends the registry in the one form that is written. */
void workspace_registry_print(const struct workspace_registry *registry, struct base_text *text);

/* Its parts. The head ends with the bracket of the list, and a record with its brace; a newline follows both unless the
 * list is empty. schema may be NULL. */
void workspace_registry_print_head(const char *schema, int64_t next_asset_id, struct base_text *text);
void workspace_registry_print_record(const struct workspace_record *record, struct base_text *text);
void workspace_registry_print_end(bool empty, struct base_text *text);

#endif
