#include "service/recorded.h"
#include "service/service.h"
#include "service/step.h"
#include "service/transaction/settle.h"
#include "workspace/leads.h"
#include "workspace/workspace.h"

#include <stdlib.h>
#include <string.h>

/* The findings about records; those of the scan come between them. */
struct listed_findings {
    struct base_findings *loading;
    struct base_findings undeclared;
};

/* Fills in what a declaration says. False when memory ran out. */
static bool describe(const struct workspace *workspace, const struct workspace_record *record,
                     struct service_listed_asset *listed, struct listed_findings *findings)
{
    struct workspace_declaration declaration;
    if (!workspace_load_record(workspace, record, &declaration, findings->loading)) {
        return true;
    }
    if (record->included_in_build) {
        workspace_report_undeclared_by(workspace, record, &declaration, &findings->undeclared);
    }
    listed->name = strdup(declaration.name);
    listed->readable = listed->name != NULL;
    listed->bank = workspace_asset_bank_name(declaration.type);
    listed->format = workspace_format_name(declaration.type, declaration.format);
    listed->input_count = declaration.input_count;
    listed->preload = declaration.preload;
    listed->has_slot = declaration.has_slot;
    listed->slot = declaration.slot;
    workspace_declaration_free(&declaration);
    return listed->readable;
}

static bool list_records(const struct workspace *workspace, struct service_listing *listing,
                         struct listed_findings *findings)
{
    const struct workspace_registry *registry = &workspace->registry;
    if (registry->count == 0) {
        return true;
    }
    listing->assets = calloc(registry->count, sizeof *listing->assets);
    if (listing->assets == NULL) {
        return false;
    }
    struct base_meter loaded;
    base_meter_begin(&loaded, workspace->task, BASE_PHASE_LOADING, BASE_UNIT_ASSETS, registry->count);
    for (size_t i = 0; i < registry->count && !base_task_cancelled(workspace->task); i++) {
        const struct workspace_record *record = &registry->records[i];
        struct service_listed_asset *listed = &listing->assets[listing->count++];
        listed->asset_id = record->asset_id;
        listed->included = record->included_in_build;
        listed->root = strdup(record->root);
        listed->asset_uuid = strdup(record->asset_uuid);
        if (listed->root == NULL || listed->asset_uuid == NULL || !describe(workspace, record, listed, findings)) {
            return false;
        }
        base_meter_add(&loaded, 1);
    }
    return true;
}

/* Adds what the set in build/ records. */
static void add_recorded(struct base_task *task, const struct workspace_place *place, struct service_listing *listing,
                         struct base_findings *findings)
{
    struct service_recorded recorded;
    service_recorded_read(&recorded, task, place, findings);
    for (size_t i = 0; i < listing->count && !base_task_cancelled_in(task, i); i++) {
        struct service_listed_asset *asset = &listing->assets[i];
        asset->tiles = service_recorded_tiles(&recorded, asset->asset_id, asset->asset_uuid, &findings->out_of_memory);
    }
    service_recorded_free(&recorded);
}

static void list(struct base_task *task, const struct workspace_place *place, struct service_listing *listing,
                 struct base_findings *findings)
{
    struct workspace opened;
    service_workspace_settle(task, place, findings);
    if (!workspace_open(&opened, place, task, findings)) {
        return;
    }
    struct listed_findings listed = {.loading = findings};
    opened.lists_excluded = true;
    struct base_findings scanned;
    base_findings_init(&listed.undeclared);
    base_findings_init(&scanned);
    /* The scan finds what is in the roots, so it comes first, and its findings later. */
    bool complete = workspace_scan(&opened, &scanned);
    if (!list_records(&opened, listing, &listed)) {
        findings->out_of_memory = true;
        service_listing_free(listing); /* half of a list would pass for a whole one */
    }
    add_recorded(task, place, listing, findings);
    workspace_lead_on(&opened, findings);
    base_findings_move(findings, &scanned);
    base_findings_move(findings, &listed.undeclared);
    if (complete) {
        listing->unregistered = opened.unregistered;
        listing->unregistered_count = opened.unregistered_count;
        opened.unregistered = NULL;
        opened.unregistered_count = 0;
        listing->art = opened.art;
        listing->art_count = opened.art_count;
        opened.art = NULL;
        opened.art_count = 0;
    }
    workspace_close(&opened);
}

enum service_status service_list(struct base_task *task, const char *workspace,
                                 const struct service_list_request *request, struct service_listing *listing,
                                 struct base_findings *findings)
{
    const struct workspace_place place = {.project = workspace, .assets = request->assets};
    struct base_findings step;
    *listing = (struct service_listing){.assets = NULL};
    base_findings_init(&step);
    list(task, &place, listing, &step);
    if (!service_step_end(task, findings, &step)) {
        service_listing_free(listing);
        service_report_cancelled(task, findings, "the listing is not complete");
    }
    return service_status_of_findings(findings);
}

void service_listing_free(struct service_listing *listing)
{
    for (size_t i = 0; i < listing->count; i++) {
        free(listing->assets[i].root);
        free(listing->assets[i].asset_uuid);
        free(listing->assets[i].name);
        free(listing->assets[i].tiles);
    }
    for (size_t i = 0; i < listing->unregistered_count; i++) {
        free(listing->unregistered[i]);
    }
    free(listing->assets);
    free((void *)listing->unregistered);
    workspace_art_free(listing->art, listing->art_count);
    *listing = (struct service_listing){.assets = NULL};
}
