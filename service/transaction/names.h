/* What the packer keeps in the registry's directory, assets/.prometeu, beside the registry. */
#ifndef PRPACK_SERVICE_TRANSACTION_NAMES_H
#define PRPACK_SERVICE_TRANSACTION_NAMES_H

#include "workspace/model/limits.h"

/* The build cache: docs/contracts/build-cache.md. */
#define SERVICE_CACHE_NAME "cache.json"

/* An edit that is being staged, and one that is committed: edit_journal.h. */
#define SERVICE_EDIT_NAME ".prpack-edit"
#define SERVICE_EDIT_COMMIT_NAME ".prpack-edit-commit"

/* The registry as an edit will have it. A file NAME of an asset root is staged as .NAME.new beside it. */
#define SERVICE_REGISTRY_STAGE_NAME "." WORKSPACE_REGISTRY_NAME ".new"

#endif
