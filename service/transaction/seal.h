/* Binds what the packer keeps in assets/.prometeu to that directory, so that what came with a copy of the workspace,
 * or from a stranger, does not count.
 *
 * A seal is a hash over a text and over what a repository cannot know of the directory: device, inode, and time of
 * birth in nanoseconds. It is not a signature: another program on the same machine can make one. */
#ifndef PRPACK_SERVICE_TRANSACTION_SEAL_H
#define PRPACK_SERVICE_TRANSACTION_SEAL_H

#include "base/bytes.h"
#include "base/hash_value.h"
#include "base/identity.h"

#include <stdbool.h>

struct service_seal {
    struct base_identity directory; /* assets/.prometeu */
};

/* False when the directory cannot be told from a copy: the file system does not keep a time of birth. Nothing is sealed
 * then, and no seal counts. */
bool service_seal_take(int registry_fd, struct service_seal *seal);

/* False when memory ran out. */
bool service_seal_of(const struct service_seal *seal, struct base_bytes text, struct base_hash *hash);

/* Whether the hash is the seal of a text. */
bool service_seal_holds(const struct service_seal *seal, struct base_bytes text, struct base_hash hash);

#endif
