/* What an asset of a pack is called in the workspace that it becomes: docs/contracts/extract.md 2. No name of a pack
 * leads out of a directory.
 *
 * Threads: no shared state. */
#ifndef PRPACK_EXPORT_NAMES_H
#define PRPACK_EXPORT_NAMES_H

#include "base/hash_value.h"

#include <stdint.h>

enum {
    EXPORT_ROOT_SIZE = 96, /* with the NUL: an id, a '-', 64 bytes of the name */
    EXPORT_UUID_SIZE = 37  /* with the NUL */
};

/* The root of an asset that no companion names. `name` is its name in JSON, without the quotes. asset_id is above 0. */
void export_root_of(int32_t asset_id, struct base_bytes name, char root[EXPORT_ROOT_SIZE]);

/* The uuid of an asset that no companion names. `header` is the hash of the header of the pack. */
void export_uuid_of(int32_t asset_id, struct base_hash header, char uuid[EXPORT_UUID_SIZE]);

#endif
