#include "service/incremental/explain.h"

#include "workspace/path.h"

#include <stdlib.h>
#include <string.h>

static enum service_build_reason reason_of(enum service_survey_change change)
{
    switch (change) {
    case SERVICE_SURVEY_SAME:
        return SERVICE_REASON_UNCHANGED;
    case SERVICE_SURVEY_NEW:
        return SERVICE_REASON_NEW;
    case SERVICE_SURVEY_IDENTITY:
        return SERVICE_REASON_IDENTITY;
    case SERVICE_SURVEY_DECLARATION:
        return SERVICE_REASON_DECLARATION;
    case SERVICE_SURVEY_PIXELS:
        return SERVICE_REASON_IMAGES;
    case SERVICE_SURVEY_INPUT:
        break;
    }
    return SERVICE_REASON_INPUT;
}

void service_explained_free(struct service_explained *explained)
{
    for (size_t i = 0; i < explained->count; i++) {
        free(explained->assets[i].name);
        free(explained->assets[i].root);
        free(explained->assets[i].file);
    }
    free(explained->assets);
    *explained = (struct service_explained){.assets = NULL};
}

/* Copies a string that may be NULL. */
static bool copy(const char *string, char **copied)
{
    *copied = string != NULL ? strdup(string) : NULL;
    return *copied != NULL || string == NULL;
}

/* The file that a difference is about, relative to the root; NULL: it is about none. */
static const char *changed_file(const struct service_survey_difference *difference,
                                const struct service_cached_asset *cached)
{
    if (difference->change == SERVICE_SURVEY_DECLARATION) {
        return WORKSPACE_ANCHOR_NAME;
    }
    return difference->change == SERVICE_SURVEY_INPUT && cached != NULL ? cached->paths[difference->input] : NULL;
}

/* A record of the build set. False when memory ran out. */
static bool add_record(const struct service_survey *survey, size_t index, enum service_build_reason all,
                       struct service_explained *explained)
{
    const struct workspace *workspace = survey->workspace;
    const struct workspace_record *record = &workspace->registry.records[index];
    const struct service_survey_difference *difference = &survey->differences[index];
    const struct workspace_declaration *declaration = service_survey_declaration(survey, index);
    const struct service_cached_asset *cached =
        survey->cache != NULL ? service_cache_find(survey->cache, record->asset_id) : NULL;
    bool keep = cached != NULL && difference->change == SERVICE_SURVEY_SAME;
    const char *file = changed_file(difference, cached);
    struct service_explained_asset *asset = &explained->assets[explained->count++];
    *asset = (struct service_explained_asset){
        .asset_id = record->asset_id,
        .action = keep ? SERVICE_ACTION_KEEP : SERVICE_ACTION_PACK,
        .reason = survey->cache != NULL ? reason_of(difference->change) : all,
        .file = file != NULL ? workspace_assets_path(workspace->assets_path, record->root, file) : NULL,
    };
    const char *name = keep ? cached->name : declaration != NULL ? declaration->name : NULL;
    return copy(record->root, &asset->root) && copy(name, &asset->name) && (asset->file != NULL || file == NULL);
}

/* An asset of the last build that the build set does not have. False when memory ran out. */
static bool add_dropped(const struct service_cached_asset *cached, struct service_explained *explained)
{
    struct service_explained_asset *asset = &explained->assets[explained->count++];
    *asset = (struct service_explained_asset){
        .asset_id = cached->asset_id,
        .action = SERVICE_ACTION_DROP,
        .reason = SERVICE_REASON_REMOVED,
    };
    return copy(cached->root, &asset->root) && copy(cached->name, &asset->name);
}

bool service_explain_survey(const struct service_survey *survey, const struct service_cache *cache,
                            enum service_build_reason all, struct service_explained *explained)
{
    const struct workspace_registry *registry = &survey->workspace->registry;
    const size_t cached = survey->cache != NULL ? cache->count : 0;
    *explained = (struct service_explained){.assets = calloc(registry->count + cached + 1, sizeof *explained->assets)};
    bool fine = explained->assets != NULL;
    size_t next = 0; /* in the cache, which is in the order of the registry */
    for (size_t i = 0; fine && i < registry->count; i++) {
        const struct workspace_record *record = &registry->records[i];
        while (fine && next < cached && cache->assets[next].asset_id < record->asset_id) {
            fine = add_dropped(&cache->assets[next++], explained);
        }
        bool last_had_it = next < cached && cache->assets[next].asset_id == record->asset_id;
        if (fine && record->included_in_build) {
            fine = add_record(survey, i, all, explained);
        } else if (fine && last_had_it) {
            fine = add_dropped(&cache->assets[next], explained);
        }
        next += last_had_it;
    }
    while (fine && next < cached) {
        fine = add_dropped(&cache->assets[next++], explained);
    }
    if (!fine) {
        service_explained_free(explained);
    }
    return fine;
}

void service_explained_pack_all(struct service_explained *explained, enum service_build_reason reason)
{
    for (size_t i = 0; i < explained->count; i++) {
        if (explained->assets[i].action == SERVICE_ACTION_KEEP) {
            explained->assets[i].action = SERVICE_ACTION_PACK;
            explained->assets[i].reason = reason;
        }
    }
}
