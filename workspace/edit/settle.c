#include "workspace/edit/settle.h"

#include "workspace/document/problem.h"
#include "workspace/edit/adopt.h"
#include "workspace/edit/choose_name.h"
#include "workspace/edit/copy_name.h"
#include "workspace/edit/name_case.h"
#include "workspace/edit/slot.h"

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

static bool check_slot(struct workspace_addition *add)
{
    struct workspace_record record;
    const struct workspace_asset asset = workspace_addition_asset_now(add, &record);
    struct workspace_slot_fields fields = {.slot = 0};
    if (add->made) {
        fields = (struct workspace_slot_fields){WORKSPACE_FIELD_ADD_SLOT, WORKSPACE_FIELD_ADD_PRELOAD};
    }
    return workspace_check_slot(add->workspace, &asset, add->taken, fields, add->findings);
}

/* People take such names for one, and so do some file systems. */
static void look_at_case(struct workspace_addition *add)
{
    bool *out_of_memory = &add->findings->out_of_memory;
    int32_t name = workspace_taken_name_in_any_case(add->taken, add->declaration.name, out_of_memory);
    int32_t root = workspace_taken_root_in_any_case(add->taken, add->root, out_of_memory);
    if (name != 0) {
        workspace_warn_of_name(add->root_display, add->declaration.name, name, add->findings);
    }
    if (root != 0) {
        workspace_warn_of_root(add->root_display, add->root, root, add->findings);
    }
}

bool workspace_add_settle(struct workspace_addition *add, int64_t asset_id)
{
    if (!workspace_taken_read(add->taken, add->workspace, add->findings)) {
        return false;
    }
    bool fine =
        check_id(add, asset_id) && (add->copy ? workspace_add_choose_copy_name(add) : workspace_add_choose_name(add));
    if (add->copy && !fine) {
        return false; /* it has no name yet */
    }
    fine = workspace_add_check_uuid(add) && fine;
    fine = check_name(add) && fine;
    fine = check_slot(add) && fine;
    if (fine) {
        look_at_case(add);
    }
    return fine;
}
