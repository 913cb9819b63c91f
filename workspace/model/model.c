#include "workspace/model/model.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

const char *workspace_channels_name(enum workspace_channels channels)
{
    static const char *const names[] = {
        [WORKSPACE_CHANNELS_LEFT] = "left", [WORKSPACE_CHANNELS_RIGHT] = "right", [WORKSPACE_CHANNELS_MIX] = "mix"};
    return names[channels];
}

static int by_id(const void *key, const void *element)
{
    int32_t id = *(const int32_t *)key;
    const struct workspace_record *record = element;
    return (id > record->asset_id) - (id < record->asset_id);
}

const struct workspace_record *workspace_registry_find(const struct workspace_registry *registry, int32_t asset_id)
{
    return registry->count == 0
               ? NULL
               : bsearch(&asset_id, registry->records, registry->count, sizeof *registry->records, by_id);
}

void workspace_record_free(struct workspace_record *record)
{
    free(record->asset_uuid);
    free(record->root);
    *record = (struct workspace_record){.asset_uuid = NULL};
}

void workspace_registry_free(struct workspace_registry *registry)
{
    for (size_t i = 0; i < registry->count; i++) {
        workspace_record_free(&registry->records[i]);
    }
    free(registry->records);
    free(registry->schema);
    *registry = (struct workspace_registry){.records = NULL};
}

void workspace_declaration_free(struct workspace_declaration *declaration)
{
    for (size_t i = 0; i < declaration->input_count; i++) {
        free(declaration->inputs[i].path);
    }
    free(declaration->asset_uuid);
    free(declaration->name);
    free(declaration->inputs);
    free(declaration->palettes);
    cJSON_Delete(declaration->metadata);
    cJSON_Delete(declaration->pipeline);
    *declaration = (struct workspace_declaration){.asset_uuid = NULL};
}
