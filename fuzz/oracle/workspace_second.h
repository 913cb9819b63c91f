/* The verifier's own reading of index.json and asset.json. This header includes none of the verifier's, so that a
 * target can include those of the workspace. */
#ifndef PRPACK_FUZZ_ORACLE_WORKSPACE_SECOND_H
#define PRPACK_FUZZ_ORACLE_WORKSPACE_SECOND_H

#include "base/bytes.h"

/* What both readings of a declaration tell. Owned: free it with second_declaration_free. */
struct second_declaration {
    char *name;
    char **paths; /* of all inputs, role by role */
    size_t path_count;
    int bank; /* GLYPH, SOUNDS, SCENE: 0, 1, 2 */
    bool preload, has_slot, has_palettes, has_decoded_size;
    uint32_t slot, tile_size;
    uint64_t decoded_size;
};

/* Whether the verifier takes the text as the asset.json of a record with that id and uuid. */
bool second_declaration_read(struct second_declaration *declaration, struct base_bytes text, int32_t asset_id,
                             const char *uuid);
void second_declaration_free(struct second_declaration *declaration);

/* Whether the verifier takes the text as index.json. *included becomes how many records are in the build set. */
bool second_registry_read(struct base_bytes text, size_t *included);

#endif
