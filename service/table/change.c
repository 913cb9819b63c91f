/* The results of the operations that change registered assets, as tables of members. */
#include "service/service.h"
#include "service/table/plan_members.h"
#include "service/table/tables.h"

#define ASSET(field) SERVICE_AT(struct service_changed_asset, field)
#define RESULT(field) SERVICE_AT(struct service_change_result, field)

/* Members that each row has. */
#define IDENTITY                                                                                                       \
    {.name = "asset_id", .kind = SERVICE_KIND_INTEGER, .least = 1, ASSET(asset_id)},                                   \
        {.name = "asset_uuid", .kind = SERVICE_KIND_STRING, ASSET(asset_uuid)},                                        \
    {                                                                                                                  \
        .name = "root", .kind = SERVICE_KIND_STRING, .help = "Relative to assets/.", ASSET(root)                       \
    }
#define CHANGED(text)                                                                                                  \
    {                                                                                                                  \
        .name = "changed", .kind = SERVICE_KIND_BOOLEAN, .help = (text), ASSET(changed)                                \
    }
#define NAME                                                                                                           \
    {                                                                                                                  \
        .name = "name", .kind = SERVICE_KIND_STRING, .nullable = true,                                                 \
        .help = "Null when the declaration was not accepted.", ASSET(name)                                             \
    }

static const void *rows_of_assets(const void *record, size_t *at, union service_row *space)
{
    const struct service_change_result *result = record;
    (void)space;
    return *at < result->count ? &result->assets[(*at)++] : NULL;
}

#define ASSETS(row_of_asset)                                                                                           \
    {                                                                                                                  \
        .name = "assets", .kind = SERVICE_KIND_LIST, .row = (row_of_asset), .rows = rows_of_assets,                    \
        .help = "The assets that were named, in rising asset_id; empty if the request failed."                         \
    }

/* The plan is there in a real run, too. */
#define DONE                                                                                                           \
    SERVICE_MEMBER_DRY_RUN(RESULT(dry_run)),                                                                           \
    {                                                                                                                  \
        .name = "plan", .kind = SERVICE_KIND_LIST, .row = &service_row_planned, .rows = service_rows_of_planned,       \
        .help = "What was done, or would be, in order.", RESULT(plan)                                                  \
    }
#define MEMBERS(row_of_asset)                                                                                          \
    {                                                                                                                  \
        ASSETS(row_of_asset), DONE                                                                                     \
    }

/* ---- include, exclude ---- */

static const struct service_member membership_row_members[] = {
    IDENTITY,
    NAME,
    CHANGED("False: the asset was included or excluded already."),
};
static const struct service_table membership_row_table = SERVICE_TABLE(membership_row_members);
static const struct service_member membership_row = {.kind = SERVICE_KIND_OBJECT, .table = &membership_row_table};
static const struct service_member membership_members[] = MEMBERS(&membership_row);
const struct service_table service_members_membership = SERVICE_TABLE(membership_members);

/* ---- forget ---- */

static const struct service_member forget_row_members[] = {IDENTITY, NAME};
static const struct service_table forget_row_table = SERVICE_TABLE(forget_row_members);
static const struct service_member forget_row = {.kind = SERVICE_KIND_OBJECT, .table = &forget_row_table};
static const struct service_member forget_members[] = MEMBERS(&forget_row);
const struct service_table service_members_forget = SERVICE_TABLE(forget_members);

/* ---- rename ---- */

static const struct service_member rename_row_members[] = {
    IDENTITY,
    {.name = "name", .kind = SERVICE_KIND_STRING, .help = "The new name.", ASSET(name)},
    {.name = "old_name",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "Null when it was missing, or not a string.",
     ASSET(old_name)},
    CHANGED("False: it had the name already."),
};
static const struct service_table rename_row_table = SERVICE_TABLE(rename_row_members);
static const struct service_member rename_row = {.kind = SERVICE_KIND_OBJECT, .table = &rename_row_table};
static const struct service_member rename_members[] = MEMBERS(&rename_row);
const struct service_table service_members_rename = SERVICE_TABLE(rename_members);

/* ---- adopt ---- */

static const char *const adopted_names[] = {[SERVICE_ADOPTED_REGISTERED] = "registered",
                                            [SERVICE_ADOPTED_MOVED] = "moved",
                                            [SERVICE_ADOPTED_COPY] = "copy",
                                            [SERVICE_ADOPTED_NEW] = "new",
                                            NULL};

static bool get_kind(const void *record, struct service_value *value)
{
    const struct service_changed_asset *asset = record;
    value->string = adopted_names[asset->adopted];
    return true;
}

static bool get_original(const void *record, struct service_value *value)
{
    const struct service_changed_asset *asset = record;
    value->integer = asset->original;
    return asset->original != 0;
}

static bool get_uuid(const void *record, struct service_value *value)
{
    const struct service_changed_asset *asset = record;
    value->string = asset->asset_uuid;
    return asset->has_uuid;
}

static const struct service_member adopt_row_members[] = {
    {.name = "asset_id", .kind = SERVICE_KIND_INTEGER, .least = 1, ASSET(asset_id)},
    {.name = "asset_uuid",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "Null in a dry run, when it would be drawn.",
     .get = get_uuid},
    {.name = "root", .kind = SERVICE_KIND_STRING, .help = "Relative to assets/.", ASSET(root)},
    NAME,
    {.name = "kind",
     .kind = SERVICE_KIND_STRING,
     .words = adopted_names,
     .help = "What the directory was found to be.",
     .get = get_kind},
    {.name = "old_root",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "Of a directory that was moved: the root before.",
     ASSET(old_root)},
    {.name = "old_name",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "Of a copy that gets another name: the one before.",
     ASSET(old_name)},
    {.name = "original",
     .kind = SERVICE_KIND_INTEGER,
     .nullable = true,
     .least = 1,
     .help = "Of a copy: the asset_id of the asset whose uuid it had.",
     .get = get_original},
    CHANGED("False: it was registered already."),
};
static const struct service_table adopt_row_table = SERVICE_TABLE(adopt_row_members);
static const struct service_member adopt_row = {.kind = SERVICE_KIND_OBJECT, .table = &adopt_row_table};
static const struct service_member adopt_members[] = {
    {.name = "assets",
     .kind = SERVICE_KIND_LIST,
     .row = &adopt_row,
     .rows = rows_of_assets,
     .help = "One for each directory that was named, in the order of the request, but for those that were left out; "
             "empty if the request failed."},
    DONE,
};
const struct service_table service_members_adopt = SERVICE_TABLE(adopt_members);

/* ---- move ---- */

static const struct service_member move_row_members[] = {
    IDENTITY,
    NAME,
    {.name = "old_root", .kind = SERVICE_KIND_STRING, .help = "The one before.", ASSET(old_root)},
    CHANGED("False: it has the root already."),
};
static const struct service_table move_row_table = SERVICE_TABLE(move_row_members);
static const struct service_member move_row = {.kind = SERVICE_KIND_OBJECT, .table = &move_row_table};
static const struct service_member move_members[] = MEMBERS(&move_row);
const struct service_table service_members_move = SERVICE_TABLE(move_members);

/* ---- remove ---- */

static const struct service_member remove_row_members[] = {
    IDENTITY,
    NAME,
    {.name = "folder",
     .kind = SERVICE_KIND_STRING,
     .help = "Of the quarantine, assets/.prometeu/quarantine/.",
     ASSET(folder)},
    {.name = "has_files",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "False: the directory was gone already.",
     ASSET(has_files)},
};
static const struct service_table remove_row_table = SERVICE_TABLE(remove_row_members);
static const struct service_member remove_row = {.kind = SERVICE_KIND_OBJECT, .table = &remove_row_table};
static const struct service_member remove_members[] = MEMBERS(&remove_row);
const struct service_table service_members_remove = SERVICE_TABLE(remove_members);

/* ---- quarantine restore ---- */

static const struct service_member restore_row_members[] = {
    IDENTITY,
    NAME,
    {.name = "folder", .kind = SERVICE_KIND_STRING, .help = "Of the quarantine, in which it was.", ASSET(folder)},
    {.name = "has_files",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "False: its directory was gone when it was removed.",
     ASSET(has_files)},
    {.name = "included_in_build",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "False, too, when an asset of the build set has its name.",
     ASSET(included)},
};
static const struct service_table restore_row_table = SERVICE_TABLE(restore_row_members);
static const struct service_member restore_row = {.kind = SERVICE_KIND_OBJECT, .table = &restore_row_table};
static const struct service_member restore_members[] = MEMBERS(&restore_row);
const struct service_table service_members_quarantine_restore = SERVICE_TABLE(restore_members);

/* ---- undo ---- */

static const struct service_member undo_row_members[] = {IDENTITY};
static const struct service_table undo_row_table = SERVICE_TABLE(undo_row_members);
static const struct service_member undo_row = {.kind = SERVICE_KIND_OBJECT, .table = &undo_row_table};
static const struct service_member undo_members[] = {
    {.name = "operation",
     .kind = SERVICE_KIND_COUNT,
     .nullable = true,
     .null_is_zero = true,
     .least = 1,
     .help = "The number that the undo itself has, or would have: undo of it does again what was undone; null when "
             "nothing was.",
     RESULT(operation)},
    {.name = "undoes",
     .kind = SERVICE_KIND_COUNT,
     .nullable = true,
     .null_is_zero = true,
     .least = 1,
     .help = "The operation that was taken back, or would be; null when none was.",
     RESULT(undone)},
    {.name = "text",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "What it had done, for people.",
     RESULT(undone_text)},
    {.name = "assets",
     .kind = SERVICE_KIND_LIST,
     .row = &undo_row,
     .rows = rows_of_assets,
     .help = "Whose records are as they were, or are gone, in rising asset_id."},
    SERVICE_MEMBER_DRY_RUN(RESULT(dry_run)),
    {.name = "plan",
     .kind = SERVICE_KIND_LIST,
     .row = &service_row_planned,
     .rows = service_rows_of_planned,
     .help = "What was done, or would be, in order.",
     RESULT(plan)},
};
const struct service_table service_members_undo = SERVICE_TABLE(undo_members);
