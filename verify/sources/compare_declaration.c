#include "verify/sources/compare_declaration.h"

#include "base/path.h"
#include "verify/core/format.h"

#include <stdlib.h>

static void report_mismatch(const struct verify_source_asset *asset, const char *text)
{
    char *path = base_path_join(asset->root_path, "asset.json");
    verify_report_source(asset, DIAG_SOURCE_MISMATCH, path, -1, "%s", text);
    free(path);
}

static void compare_name(const struct verify_source_asset *asset, const struct verify_declared *declared)
{
    const struct verify_entry *known = asset->known;
    if ((known->flags & VERIFY_ENTRY_HAS_NAME) == 0) {
        return;
    }
    struct base_bytes packed = base_bytes_make(asset->facts->header.data + known->name_at, known->name_size);
    if (json_compare(packed, base_bytes_of_string(declared->name)) != 0) {
        report_mismatch(asset, "the pack has another name for the asset than asset.json declares");
    }
}

/* More preloads than slots are another finding; they are not searched for every asset. */
static void compare_preload(const struct verify_source_asset *asset, const struct verify_declared *declared)
{
    const struct verify_facts *facts = asset->facts;
    const struct verify_preload *found = NULL;
    if ((asset->known->flags & VERIFY_ENTRY_HAS_ID) == 0 || facts->preload_count > VERIFY_SLOTS_OF_ALL_BANKS) {
        return;
    }
    for (size_t i = 0; i < facts->preload_count && found == NULL; i++) {
        const struct verify_preload *preload = &facts->preloads[i];
        if (preload->has_asset_id && preload->asset_id == asset->known->asset_id) {
            found = preload;
        }
    }
    if (declared->preload != (found != NULL)) {
        report_mismatch(asset, declared->preload ? "asset.json asks for a preload that the pack does not have"
                                                 : "the pack preloads the asset, and asset.json does not ask for it");
    } else if (found != NULL && declared->has_slot && found->has_slot && found->slot != declared->slot) {
        report_mismatch(asset, "the pack preloads the asset into another slot than asset.json declares");
    }
}

void verify_compare_declaration(const struct verify_source_asset *asset, const struct verify_declared *declared)
{
    compare_name(asset, declared);
    compare_preload(asset, declared);
}
