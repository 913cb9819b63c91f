#include "workspace/edit/slot.h"

#include "workspace/declared_place.h"
#include "workspace/model/limits.h"

#include <inttypes.h>
#include <stdio.h>

bool workspace_check_slot(const struct workspace *workspace, const struct workspace_asset *asset,
                          const struct workspace_taken *taken, struct workspace_slot_fields fields,
                          struct base_findings *findings)
{
    const struct workspace_declaration *declaration = &asset->declaration;
    const struct workspace_taken_bank *bank = workspace_taken_bank(taken, declaration->type);
    const char *name = workspace_asset_bank_name(declaration->type);
    char actual[16];
    if (!declaration->preload) {
        return true;
    }
    if (declaration->has_slot && bank->holders[declaration->slot] != 0) {
        (void)snprintf(actual, sizeof actual, "%" PRIu32, declaration->slot);
        const struct base_details details = {
            .place = {.json_pointer = "/preload/slot", .request_field = fields.slot},
            .actual = actual,
        };
        workspace_report_declared(workspace, asset, findings, DIAG_SLOT_CLASH, &details,
                                  "slot %s of %s is taken by asset %d", actual, name,
                                  (int)bank->holders[declaration->slot]);
        return false;
    }
    if (bank->preloaded >= WORKSPACE_SLOT_COUNT) {
        const struct base_details details = {
            .place = {.json_pointer = "/preload", .request_field = fields.preload},
        };
        workspace_report_declared(workspace, asset, findings, DIAG_SLOT_EXHAUSTED, &details,
                                  "%" PRIu64 " assets of %s are preloaded already, and no more than %d fit",
                                  bank->preloaded, name, WORKSPACE_SLOT_COUNT);
        return false;
    }
    return true;
}
