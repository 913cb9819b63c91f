/* What has become of the roots of an `adopt` (adoption.h). */
#ifndef PRPACK_WORKSPACE_EDIT_ADOPTED_H
#define PRPACK_WORKSPACE_EDIT_ADOPTED_H

#include "workspace/model/uuid.h"

#include <stddef.h>
#include <stdint.h>

/* What a root is found to be. */
enum workspace_adopted_as {
    WORKSPACE_ADOPTED_NOT,        /* it is refused, left out, or the same as an earlier root */
    WORKSPACE_ADOPTED_REGISTERED, /* it is registered already, and right */
    WORKSPACE_ADOPTED_MOVED,      /* the directory of a registered asset that is not where it was */
    WORKSPACE_ADOPTED_COPY,       /* it has the uuid of an asset that is elsewhere */
    WORKSPACE_ADOPTED_NEW         /* no asset has its uuid, or it has none */
};

struct workspace_adopted {
    enum workspace_adopted_as as;
    int32_t asset_id;
    char asset_uuid[WORKSPACE_UUID_SIZE + 1];
    bool drew_uuid;   /* it is new: another plan would have another one */
    char *root;       /* relative to assets/ */
    char *name;       /* as asset.json will have it; NULL: its declaration is not accepted */
    char *old_root;   /* of MOVED: before; else NULL */
    char *old_name;   /* of a COPY that gets another one: before; else NULL */
    int32_t original; /* of a COPY: the asset whose uuid it had; else 0 */
};

/* One for each root, in the order of the request. Zero-initialise. */
struct workspace_adoption {
    struct workspace_adopted *items;
    size_t count;
};

/* Accepts an empty one, and leaves an empty one. */
void workspace_adoption_free(struct workspace_adoption *adoption);

#endif
