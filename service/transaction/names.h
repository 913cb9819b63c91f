/* What the packer keeps in the registry's directory, assets/.prometeu, beside the registry. */
#ifndef PRPACK_SERVICE_TRANSACTION_NAMES_H
#define PRPACK_SERVICE_TRANSACTION_NAMES_H

#include "workspace/model/limits.h"

/* The build cache: docs/contracts/build-cache.md. */
#define SERVICE_CACHE_NAME "cache.json"

/* An edit that is being staged, and one that is committed: edit_journal.h. */
#define SERVICE_EDIT_NAME ".prpack-edit"
#define SERVICE_EDIT_COMMIT_NAME ".prpack-edit-commit"

/* The registry as an edit will have it; and in an asset root: the asset.json. */
#define SERVICE_REGISTRY_STAGE_NAME "." WORKSPACE_REGISTRY_NAME ".new"
#define SERVICE_ANCHOR_STAGE_NAME "." WORKSPACE_ANCHOR_NAME ".new"

#endif
