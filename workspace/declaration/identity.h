/* Which asset an asset.json says it is, whatever else is wrong with it: docs/contracts/workspace.md, 8.9.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WORKSPACE_DECLARATION_IDENTITY_H
#define PRPACK_WORKSPACE_DECLARATION_IDENTITY_H

#include "base/bytes.h"
#include "base/hash_value.h"
#include "workspace/model/uuid.h"

enum workspace_identity_state {
    WORKSPACE_IDENTITY_NONE,    /* there is no such directory, or it has no asset.json */
    WORKSPACE_IDENTITY_UNKNOWN, /* asset.json cannot be read, is not JSON, or its asset_uuid is not one uuid */
    WORKSPACE_IDENTITY_EMPTY,   /* it has no asset_uuid, or "" */
    WORKSPACE_IDENTITY_KNOWN
};

struct workspace_identity {
    enum workspace_identity_state state;
    char uuid[WORKSPACE_UUID_SIZE + 1]; /* of KNOWN */
    int problem;                        /* of UNKNOWN: why it cannot be read, as base/file.h says; 0: its content */
    struct base_hash hash;              /* of the file, if it could be read */
};

/* Reads the identity of a text; without its hash. */
struct workspace_identity workspace_identity_of(struct base_bytes text);

/* Reads the identity of the asset.json in an open directory. */
struct workspace_identity workspace_identity_in(int root_fd);

/* The same for a root below assets/, which need not be there. */
struct workspace_identity workspace_identity_at(int assets_fd, const char *root);

#endif
