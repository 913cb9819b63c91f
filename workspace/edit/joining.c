#include "workspace/edit/joining.h"

#include "base/report.h"
#include "workspace/edit/slot.h"

static bool is_stranger(const struct base_findings *found)
{
    return found->total[DIAG_ROOT_INVALID] + found->total[DIAG_ANCHOR_MISSING] +
               found->total[DIAG_DECLARATION_IDENTITY] + found->total[DIAG_PATH_OUTSIDE] >
           0;
}

enum workspace_joining workspace_join_asset(const struct workspace *workspace, const struct workspace_asset *asset,
                                            struct workspace_taken *taken, int32_t *other, struct base_findings *found)
{
    static const struct workspace_slot_fields nothing = {.slot = 0};
    *other = workspace_taken_name(taken, asset->declaration.name);
    if (*other != 0) {
        return WORKSPACE_NAME_TAKEN;
    }
    if (!workspace_check_slot(workspace, asset, taken, nothing, found)) {
        return WORKSPACE_SLOT_TAKEN;
    }
    if (!workspace_taken_join(taken, asset)) {
        base_report_out_of_memory(found, NULL);
    }
    return WORKSPACE_JOINS;
}

enum workspace_joining workspace_join(const struct workspace *workspace, const struct workspace_record *record,
                                      char *place, struct workspace_taken *taken, int32_t *other,
                                      struct base_findings *findings)
{
    struct workspace_record now = *record;
    struct workspace_asset asset = {.record = &now};
    struct base_findings found;
    now.root = place;
    *other = 0;
    base_findings_init(&found);
    enum workspace_joining joining = WORKSPACE_JOINS_FAULTY;
    if (workspace_load_record(workspace, &now, &asset.declaration, &found)) {
        joining = workspace_join_asset(workspace, &asset, taken, other, &found);
    } else if (is_stranger(&found)) {
        joining = WORKSPACE_JOINS_STRANGER;
    }
    if (found.out_of_memory) {
        base_report_out_of_memory(&found, NULL);
    }
    if (base_findings_any(&found, DIAG_CLASS_E)) {
        base_findings_move(findings, &found);
        joining = WORKSPACE_JOINING_UNREAD;
    }
    workspace_declaration_free(&asset.declaration);
    base_findings_free(&found);
    return joining;
}
