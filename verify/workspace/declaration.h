/* asset.json, by every rule of docs/contracts/workspace.md, 3. A reading of its own, apart from workspace/. */
#ifndef PRPACK_VERIFY_WORKSPACE_DECLARATION_H
#define PRPACK_VERIFY_WORKSPACE_DECLARATION_H

#include "verify/workspace/declared.h"
#include "verify/workspace/registry.h"

/* Reads ROOT/asset.json, whose record is given. False when it breaks a rule, or memory ran out, which is in findings;
 * then only path is of use. Free it in any case. record, task and findings are borrowed until then. */
bool verify_declared_read(struct verify_declared *declared, const struct verify_record_of_registry *record, int root_fd,
                          const char *root_path, struct base_task *task, struct base_findings *findings);
void verify_declared_free(struct verify_declared *declared);

#endif
