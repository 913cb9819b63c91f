#include "verify/sources.h"

#include <stdlib.h>

/* More preloads than slots are another finding; what they say is not searched once for every asset. */
enum { MOST_PRELOADS = 48 };

static void tell(const struct pp_source_asset *asset, const char *text)
{
    char *path = pp_place_path(asset->root_path, "asset.json");
    pp_source_tell(asset, PP_SOURCE_MISMATCH, path, -1, "%s", text);
    free(path);
}

static void compare_name(const struct pp_source_asset *asset, const struct pp_declared *declared)
{
    const struct pp_known *known = asset->known;
    if ((known->flags & PP_KNOWN_NAME) == 0) {
        return;
    }
    struct pp_bytes packed = pp_bytes_make(asset->examination->header.data + known->name_at, known->name_size);
    if (pp_json_compare(packed, pp_bytes_of_string(declared->name)) != 0) {
        tell(asset, "the pack has another name for the asset than asset.json declares");
    }
}

static void compare_preload(const struct pp_source_asset *asset, const struct pp_declared *declared)
{
    const struct pp_examination *examination = asset->examination;
    const struct pp_known_preload *found = NULL;
    if ((asset->known->flags & PP_KNOWN_ID) == 0 || examination->preload_count > MOST_PRELOADS) {
        return;
    }
    for (size_t i = 0; i < examination->preload_count && found == NULL; i++) {
        const struct pp_known_preload *preload = &examination->preloads[i];
        if (preload->has_asset_id && preload->asset_id == asset->known->asset_id) {
            found = preload;
        }
    }
    if (declared->preload != (found != NULL)) {
        tell(asset, declared->preload ? "asset.json asks for a preload that the pack does not have"
                                      : "the pack preloads the asset, and asset.json does not ask for it");
    } else if (found != NULL && declared->has_slot && found->has_slot && found->slot != declared->slot) {
        tell(asset, "the pack preloads the asset into another slot than asset.json declares");
    }
}

void pp_compare_declaration(const struct pp_source_asset *asset, const struct pp_declared *declared)
{
    compare_name(asset, declared);
    compare_preload(asset, declared);
}
