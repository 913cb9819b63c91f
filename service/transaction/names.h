/* What the packer keeps in the registry's directory, assets/.prometeu, beside the registry. */
#ifndef PRPACK_SERVICE_TRANSACTION_NAMES_H
#define PRPACK_SERVICE_TRANSACTION_NAMES_H

#include "workspace/model/limits.h"

/* The build cache: docs/contracts/build-cache.md. */
#define SERVICE_CACHE_NAME "cache.json"

/* An edit that is being staged, and one that is committed: edit_journal.h. */
#define SERVICE_EDIT_NAME ".prpack-edit"
#define SERVICE_EDIT_COMMIT_NAME ".prpack-edit-commit"

/* What was done to the registry and to declarations: docs/contracts/workspace.md, 8.8. */
#define SERVICE_HISTORY_NAME "history.jsonl"

/* What was removed: docs/contracts/workspace.md, 8.7. */
#define SERVICE_QUARANTINE_NAME "quarantine"

/* The history as an edit will have it. */
#define SERVICE_HISTORY_STAGE_NAME "." SERVICE_HISTORY_NAME ".new"

/* The registry as an edit will have it. A file NAME of an asset root is staged as .NAME.new beside it. */
#define SERVICE_REGISTRY_STAGE_NAME "." WORKSPACE_REGISTRY_NAME ".new"

#endif
