#include "workspace/edit/settle.h"

#include "workspace/declared_place.h"
#include "workspace/document/problem.h"
#include "workspace/edit/adopt.h"
#include "workspace/edit/choose_name.h"
#include "workspace/model/limits.h"

#include <inttypes.h>
#include <stdio.h>

static bool check_id(struct workspace_addition *add, int64_t asset_id)
{
    if (asset_id > INT32_MAX) {
        base_report(add->findings, DIAG_REGISTRY_SHAPE, &(struct base_details){.place.file = add->root_display},
                    "all ids up to 2^31-1 are used");
        return false;
    }
    return true;
}

/* Names of the build set are unique: better said now than when it is built. */
static bool check_name(struct workspace_addition *add)
{
    int32_t other = workspace_taken_name(add->taken, add->declaration.name);
    if (other == 0) {
        return true;
    }
    struct base_text name = BASE_TEXT_EMPTY;
    base_text_add_printable(&name, base_bytes_of_string(add->declaration.name), 60);
    base_report(add->findings, DIAG_DECLARATION_VALUE,
                &(struct base_details){
                    .place = {.file = add->root_display, .request_field = WORKSPACE_FIELD_ADD_NAME},
                    .expected = "a name of its own",
                    .actual = base_text_string(&name),
                },
                "asset %d already has this name", (int)other);
    base_text_release(&name, &add->findings->out_of_memory);
    return false;
}

/* ---- Slots: as a build assigns them, docs/contracts/workspace.md 3.3 ---- */

static bool report_slot(struct workspace_addition *add, int32_t holder)
{
    struct workspace_record record;
    const struct workspace_asset asset = workspace_addition_asset(add, &record);
    const struct workspace_declaration *declaration = &add->declaration;
    char slot[16];
    (void)snprintf(slot, sizeof slot, "%" PRIu32, declaration->slot);
    const struct base_details details = {
        .place = {.json_pointer = "/preload/slot", .request_field = add->made ? WORKSPACE_FIELD_ADD_SLOT : 0},
        .actual = slot,
    };
    workspace_report_declared(add->workspace, &asset, add->findings, DIAG_SLOT_CLASH, &details,
                              "slot %s of %s is taken by asset %d", slot, workspace_asset_bank_name(declaration->type),
                              (int)holder);
    return false;
}

static bool report_exhausted(struct workspace_addition *add, uint64_t preloaded)
{
    struct workspace_record record;
    const struct workspace_asset asset = workspace_addition_asset(add, &record);
    const struct base_details details = {
        .place = {.json_pointer = "/preload", .request_field = add->made ? WORKSPACE_FIELD_ADD_PRELOAD : 0}};
    workspace_report_declared(add->workspace, &asset, add->findings, DIAG_SLOT_EXHAUSTED, &details,
                              "%" PRIu64 " assets of %s are preloaded already, and no more than %d fit", preloaded,
                              workspace_asset_bank_name(add->declaration.type), WORKSPACE_SLOT_COUNT);
    return false;
}

static bool check_slot(struct workspace_addition *add)
{
    const struct workspace_declaration *declaration = &add->declaration;
    const struct workspace_taken_bank *bank = workspace_taken_bank(add->taken, declaration->type);
    if (!declaration->preload) {
        return true;
    }
    if (declaration->has_slot && bank->holders[declaration->slot] != 0) {
        return report_slot(add, bank->holders[declaration->slot]);
    }
    return bank->preloaded < WORKSPACE_SLOT_COUNT || report_exhausted(add, bank->preloaded);
}

bool workspace_add_settle(struct workspace_addition *add, int64_t asset_id)
{
    if (!workspace_taken_read(add->taken, add->workspace)) {
        base_report_out_of_memory(add->findings, NULL);
        return false;
    }
    bool fine = check_id(add, asset_id) && workspace_add_choose_name(add);
    fine = workspace_add_check_uuid(add) && fine;
    fine = check_name(add) && fine;
    return check_slot(add) && fine;
}
