#include "service/undoing/build_set.h"

#include "workspace/declaration/declaration.h"
#include "workspace/edit/joining.h"
#include "workspace/model/limits.h"

#include <string.h>

/* Where the files of an asset are that it brings back. *moved: they were moved, and go back to its root. */
static char *find_files(const struct service_undoing *undoing, const struct workspace_record *record, bool *moved)
{
    for (size_t i = 0; i < undoing->past.move_count; i++) {
        if (strcmp(undoing->past.moves[i].from, record->root) == 0) {
            *moved = true;
            return undoing->past.moves[i].to;
        }
    }
    *moved = false;
    return record->root;
}

/* Whether the asset.json of an asset gets back the content that it had: that is checked later (files.c). */
static bool brings_declaration(const struct service_undoing *undoing, int32_t asset_id)
{
    for (size_t i = 0; i < undoing->past.file_count; i++) {
        const struct service_past_file *file = &undoing->past.files[i];
        if (file->asset_id == asset_id && file->kind != SERVICE_PAST_MADE &&
            strcmp(file->path, WORKSPACE_ANCHOR_NAME) == 0) {
            return true;
        }
    }
    return false;
}

static bool block_name(const struct service_undoing *undoing, const char *path, int32_t asset_id, int32_t other)
{
    const struct service_undoing_fault fault = {
        .cause = DIAG_CAUSE_UNDO_NAME,
        .path = path,
        .asset_id = asset_id,
        .message = "an asset of the build set has its name now",
        .subject = (uint64_t)other,
    };
    return service_undoing_block(undoing, &fault);
}

static bool block_slot(const struct service_undoing *undoing, const char *path, int32_t asset_id)
{
    const struct service_undoing_fault fault = {
        .cause = DIAG_CAUSE_UNDO_SLOT,
        .path = path,
        .asset_id = asset_id,
        .message = "all slots of its bank are taken now",
    };
    return service_undoing_block(undoing, &fault);
}

/* Whether the build set can have a record again. One that was removed without files comes back as it was. */
static bool check_joining(struct service_undoing *undoing, const struct workspace_record *record)
{
    struct service_change *change = undoing->change;
    bool moved;
    int32_t other;
    char *place = find_files(undoing, record, &moved);
    bool had_files = moved || undoing->past.folder_count == 0;
    switch (workspace_join(change->workspace, record, place, &undoing->taken, &other, change->findings)) {
    case WORKSPACE_NAME_TAKEN:
        return block_name(undoing, record->root, record->asset_id, other);
    case WORKSPACE_SLOT_TAKEN:
        return block_slot(undoing, record->root, record->asset_id);
    case WORKSPACE_JOINS_STRANGER:
        return moved || !had_files || brings_declaration(undoing, record->asset_id) ||
               service_undoing_block(undoing, &(struct service_undoing_fault){
                                                  .cause = DIAG_CAUSE_UNDO_GONE,
                                                  .path = record->root,
                                                  .asset_id = record->asset_id,
                                                  .message = "the files of the asset are not there any more",
                                              });
    case WORKSPACE_JOINING_UNREAD:
        return false;
    case WORKSPACE_JOINS:
    case WORKSPACE_JOINS_FAULTY:
        break;
    }
    return true;
}

bool service_undoing_check_build_set(struct service_undoing *undoing)
{
    struct service_change *change = undoing->change;
    if (!workspace_taken_begin_read(&undoing->taken, change->workspace, change->findings)) {
        return false;
    }
    bool fine = true;
    for (size_t i = 0; i < undoing->past.change_count; i++) {
        const struct service_past_change *past = &undoing->past.changes[i];
        bool joins =
            past->has_before && past->before.included_in_build && !(past->has_after && past->after.included_in_build);
        fine = (!joins || check_joining(undoing, &past->before)) && fine;
    }
    return fine;
}

/* Whether an asset that is in the build set, or joins it by its declaration, can have the name and slot of that. */
static bool check_content(struct service_undoing *undoing, const struct workspace_asset *asset, const char *path,
                          struct base_findings *found)
{
    const struct workspace_record *old =
        workspace_registry_find(&undoing->change->workspace->registry, asset->record->asset_id);
    int32_t other = workspace_taken_name(&undoing->taken, asset->declaration.name);
    bool joins = (old == NULL || !old->included_in_build) && other != asset->record->asset_id;
    enum workspace_joining joining =
        joins ? workspace_join_asset(undoing->change->workspace, asset, &undoing->taken, &other, found)
              : WORKSPACE_JOINS;
    if (joining == WORKSPACE_SLOT_TAKEN) {
        return block_slot(undoing, path, asset->record->asset_id);
    }
    return other == 0 || other == asset->record->asset_id || block_name(undoing, path, asset->record->asset_id, other);
}

bool service_undoing_check_declaration(struct service_undoing *undoing, const struct workspace_record *record,
                                       const char *path, struct base_bytes content)
{
    struct workspace_asset asset = {.record = record};
    struct base_findings found;
    const struct base_place place = {.file = path};
    bool fine = true;
    base_findings_init(&found);
    if (workspace_declaration_parse(content, &place, record, &asset.declaration, &found)) {
        fine = check_content(undoing, &asset, path, &found);
        workspace_declaration_free(&asset.declaration);
    }
    bool out_of_memory = found.out_of_memory;
    base_findings_free(&found);
    return out_of_memory ? service_undoing_report_memory(undoing) : fine;
}
