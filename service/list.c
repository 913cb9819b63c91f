#include "service/service.h"

#include <stdlib.h>
#include <string.h>

/* Fills what a declaration tells. False when memory ran out. */
static bool describe(const struct pp_workspace *workspace, const struct pp_record *record,
                     struct pp_listed_asset *listed, struct pp_findings *findings)
{
    struct pp_declaration declaration;
    if (!pp_workspace_load_record(workspace, record, &declaration, findings)) {
        return true;
    }
    listed->name = strdup(declaration.name);
    listed->readable = listed->name != NULL;
    listed->bank = pp_asset_bank_name(declaration.type);
    listed->format = pp_format_name(declaration.type, declaration.format);
    listed->input_count = declaration.input_count;
    listed->preload = declaration.preload;
    listed->has_slot = declaration.has_slot;
    listed->slot = declaration.slot;
    pp_declaration_free(&declaration);
    return listed->readable;
}

static bool list_records(const struct pp_workspace *workspace, struct pp_listing *listing, struct pp_findings *findings)
{
    const struct pp_registry *registry = &workspace->registry;
    if (registry->count == 0) {
        return true;
    }
    listing->assets = calloc(registry->count, sizeof *listing->assets);
    if (listing->assets == NULL) {
        return false;
    }
    for (size_t i = 0; i < registry->count; i++) {
        const struct pp_record *record = &registry->records[i];
        struct pp_listed_asset *listed = &listing->assets[listing->count++];
        listed->asset_id = record->asset_id;
        listed->included = record->included_in_build;
        listed->root = strdup(record->root);
        listed->asset_uuid = strdup(record->asset_uuid);
        if (listed->root == NULL || listed->asset_uuid == NULL || !describe(workspace, record, listed, findings)) {
            return false;
        }
    }
    return true;
}

enum pp_status pp_service_list(const char *workspace, struct pp_listing *listing, struct pp_findings *findings)
{
    *listing = (struct pp_listing){.assets = NULL};
    struct pp_workspace opened;
    if (!pp_workspace_open(&opened, workspace, findings)) {
        return pp_status_of_findings(findings);
    }
    if (!list_records(&opened, listing, findings)) {
        findings->out_of_memory = true;
        pp_listing_free(listing); /* half of a list would pass for a whole one */
    }
    if (pp_workspace_scan(&opened, findings)) {
        listing->unregistered = opened.unregistered;
        listing->unregistered_count = opened.unregistered_count;
        opened.unregistered = NULL;
        opened.unregistered_count = 0;
    }
    pp_workspace_close(&opened);
    return pp_status_of_findings(findings);
}

void pp_listing_free(struct pp_listing *listing)
{
    for (size_t i = 0; i < listing->count; i++) {
        free(listing->assets[i].root);
        free(listing->assets[i].asset_uuid);
        free(listing->assets[i].name);
    }
    for (size_t i = 0; i < listing->unregistered_count; i++) {
        free(listing->unregistered[i]);
    }
    free(listing->assets);
    free((void *)listing->unregistered);
    *listing = (struct pp_listing){.assets = NULL};
}
