#include "service/transaction/seal.h"

#include "base/hash.h"

#include <inttypes.h>
#include <stdio.h>

bool service_seal_take(int registry_fd, struct service_seal *seal)
{
    return base_identity_of(registry_fd, &seal->directory) == 0 && seal->directory.born != 0;
}

bool service_seal_of(const struct service_seal *seal, struct base_bytes text, struct base_hash *hash)
{
    const struct base_identity *directory = &seal->directory;
    char known[80];
    struct base_hasher *hasher = base_hasher_create();
    if (hasher == NULL) {
        return false;
    }
    (void)snprintf(known, sizeof known, "%" PRIu64 " %" PRIu64 " %" PRId64 "\n", directory->device, directory->inode,
                   directory->born);
    base_hasher_add(hasher, base_bytes_of_string(known));
    base_hasher_add(hasher, text);
    *hash = base_hasher_result(hasher);
    base_hasher_destroy(hasher);
    return true;
}

bool service_seal_holds(const struct service_seal *seal, struct base_bytes text, struct base_hash hash)
{
    struct base_hash own;
    return service_seal_of(seal, text, &own) && base_hash_equal(own, hash);
}
