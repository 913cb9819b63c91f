#include "service/registered.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool service_registered_copy(struct service_registered_assets *assets, const struct workspace_registry *registry)
{
    *assets = (struct service_registered_assets){.items = NULL};
    if (registry->count == 0) {
        return true;
    }
    assets->items = calloc(registry->count, sizeof *assets->items);
    for (size_t i = 0; assets->items != NULL && i < registry->count; i++) {
        const struct workspace_record *record = &registry->records[i];
        struct service_registered_asset *asset = &assets->items[assets->count++];
        asset->asset_id = record->asset_id;
        asset->included = record->included_in_build;
        (void)snprintf(asset->asset_uuid, sizeof asset->asset_uuid, "%s", record->asset_uuid);
        asset->root = strdup(record->root);
        if (asset->root == NULL) {
            service_registered_free(assets);
        }
    }
    return assets->items != NULL;
}

void service_registered_free(struct service_registered_assets *assets)
{
    for (size_t i = 0; i < assets->count; i++) {
        free(assets->items[i].root);
    }
    free(assets->items);
    *assets = (struct service_registered_assets){.items = NULL};
}
