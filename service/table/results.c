#include "service/service.h"
#include "service/table/plan_members.h"
#include "service/table/tables.h"
#include "workspace/workspace.h"

#define INIT(field) SERVICE_AT(struct service_init_result, field)
#define ADD(field) SERVICE_AT(struct service_add_result, field)
#define LISTED(field) SERVICE_AT(struct service_listed_asset, field)
#define LISTED_HAS(field) SERVICE_IF(struct service_listed_asset, field)
#define BUILD(field) SERVICE_AT(struct service_build_result, field)
#define EXPLAINED(field) SERVICE_AT(struct service_explained_asset, field)
#define IDS(field) SERVICE_AT(struct service_ids_result, field)
#define SUMMARY(field) SERVICE_AT(struct service_pack_summary, field)

const struct service_table service_members_nothing = {.members = NULL};

/* ---- init ---- */

static const struct service_member command_row = {
    .kind = SERVICE_KIND_STRING, .storage = SERVICE_STORED_STRING, .size = sizeof(char *)};

static const void *rows_of_commands(const void *record, size_t *at, union service_row *space)
{
    (void)record;
    (void)space;
    return service_git_configuration[*at] != NULL ? &service_git_configuration[(*at)++] : NULL;
}

static const struct service_member init_members[] = {
    SERVICE_MEMBER_DRY_RUN(INIT(dry_run)),
    SERVICE_MEMBER_PLAN(INIT(plan)),
    {.name = "git", .kind = SERVICE_KIND_BOOLEAN, .help = "The file that lets git merge was asked for.", INIT(git)},
    {.name = "existed",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "The workspace was there already: only files for git were written, if they lacked something.",
     INIT(existed)},
    {.name = "configuration",
     .kind = SERVICE_KIND_LIST,
     .when = "git",
     .help = "The commands that each clone has to run once.",
     .row = &command_row,
     .rows = rows_of_commands},
};
const struct service_table service_members_init = SERVICE_TABLE(init_members);

/* ---- add ---- */

static const void *name_at(const struct base_names *names, size_t *at)
{
    return *at < names->count ? &names->items[(*at)++] : NULL;
}

static const void *rows_of_sprites(const void *record, size_t *at, union service_row *space)
{
    const struct service_add_result *result = record;
    (void)space;
    return name_at(&result->sprites, at);
}

static const void *rows_of_palettes(const void *record, size_t *at, union service_row *space)
{
    const struct service_add_result *result = record;
    (void)space;
    return name_at(&result->palettes, at);
}

static const void *rows_of_ignored(const void *record, size_t *at, union service_row *space)
{
    const struct service_add_result *result = record;
    (void)space;
    return name_at(&result->ignored, at);
}

static const struct service_member name_row = {
    .kind = SERVICE_KIND_STRING, .storage = SERVICE_STORED_STRING, .size = sizeof(char *)};

static const struct service_member added_members[] = {
    {.name = "asset_id", .kind = SERVICE_KIND_INTEGER, .least = 1, ADD(asset_id)},
    {.name = "asset_uuid",
     .kind = SERVICE_KIND_STRING,
     .help = "Null in a dry run, when it would be drawn.",
     SERVICE_IN_PLACE(struct service_add_result, asset_uuid),
     SERVICE_IF(struct service_add_result, has_uuid)},
    {.name = "root", .kind = SERVICE_KIND_STRING, .help = "Relative to assets/.", ADD(root)},
    {.name = "name", .kind = SERVICE_KIND_STRING, ADD(name)},
    {.name = "format", .kind = SERVICE_KIND_STRING, ADD(format)},
    {.name = "wrote_declaration",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "asset.json was written, not found.",
     ADD(wrote_declaration)},
    {.name = "sprites",
     .kind = SERVICE_KIND_LIST,
     .help = "Its sprites, in their order; for an update, the new ones.",
     .row = &name_row,
     .rows = rows_of_sprites},
    {.name = "palettes",
     .kind = SERVICE_KIND_LIST,
     .help = "Its palette files, by rising index; for an update, the new ones.",
     .row = &name_row,
     .rows = rows_of_palettes},
    {.name = "ignored",
     .kind = SERVICE_KIND_LIST,
     .help = "Working files in its directory, and what assets/.prometeu/ignore names; they do not belong to it.",
     .row = &name_row,
     .rows = rows_of_ignored},
    {.name = "moved",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "The file was moved into the root, not found there.",
     ADD(moved)},
    {.name = "updated",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "The asset was registered before, and its asset.json has got new files.",
     ADD(updated)},
};
static const struct service_table added_table = SERVICE_TABLE(added_members);

static const struct service_member add_members[] = {
    {.name = "file", .kind = SERVICE_KIND_STRING, .help = "What was to be added, as it was named.", ADD(file)},
    {.name = "asset",
     .kind = SERVICE_KIND_OBJECT,
     .help = "The new asset; null when none was added.",
     .table = &added_table,
     SERVICE_IF(struct service_add_result, added)},
    SERVICE_MEMBER_DRY_RUN(ADD(dry_run)),
    SERVICE_MEMBER_PLAN(ADD(plan)),
};
const struct service_table service_members_add = SERVICE_TABLE(add_members);

/* ---- list ---- */

static const void *rows_of_listed(const void *record, size_t *at, union service_row *space)
{
    const struct service_listing *listing = record;
    (void)space;
    return *at < listing->count ? &listing->assets[(*at)++] : NULL;
}

static const void *rows_of_unregistered(const void *record, size_t *at, union service_row *space)
{
    const struct service_listing *listing = record;
    (void)space;
    return *at < listing->unregistered_count ? &listing->unregistered[(*at)++] : NULL;
}

static const void *rows_of_art(const void *record, size_t *at, union service_row *space)
{
    const struct service_listing *listing = record;
    (void)space;
    return *at < listing->art_count ? &listing->art[(*at)++] : NULL;
}

#define ART(field) SERVICE_AT(struct workspace_art, field)

static const struct service_member art_members[] = {
    {.name = "directory", .kind = SERVICE_KIND_STRING, .help = "Relative to assets/.", ART(directory)},
    {.name = "pictures", .kind = SERVICE_KIND_COUNT, .help = "PNGs directly in it.", ART(pictures)},
    {.name = "sounds", .kind = SERVICE_KIND_COUNT, .help = "WAV, AIFF and FLAC files directly in it.", ART(sounds)},
};
static const struct service_table art_table = SERVICE_TABLE(art_members);
static const struct service_member art_row = {.kind = SERVICE_KIND_OBJECT, .table = &art_table};

static const struct service_member listed_members[] = {
    {.name = "asset_id", .kind = SERVICE_KIND_INTEGER, .least = 1, LISTED(asset_id)},
    {.name = "asset_uuid", .kind = SERVICE_KIND_STRING, LISTED(asset_uuid)},
    {.name = "root", .kind = SERVICE_KIND_STRING, .help = "Relative to assets/.", LISTED(root)},
    {.name = "included_in_build", .kind = SERVICE_KIND_BOOLEAN, LISTED(included)},
    {.name = "name",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "Null, like bank_type and format, when the declaration was not accepted.",
     LISTED(name)},
    {.name = "bank_type", .kind = SERVICE_KIND_STRING, .nullable = true, LISTED(bank)},
    {.name = "format", .kind = SERVICE_KIND_STRING, .nullable = true, LISTED(format)},
    {.name = "preload", .kind = SERVICE_KIND_BOOLEAN, LISTED(preload)},
    {.name = "slot", .kind = SERVICE_KIND_COUNT, LISTED(slot), LISTED_HAS(has_slot)},
    {.name = "tiles",
     .kind = SERVICE_KIND_JSON_ARRAY,
     .nullable = true,
     .help = "Where its sprites are in the set that was published last into build/: docs/contracts/assets-pa-v1.md, "
             "3.1. Null "
             "when that does not say.",
     LISTED(tiles)},
};
static const struct service_table listed_table = SERVICE_TABLE(listed_members);
static const struct service_member listed_row = {.kind = SERVICE_KIND_OBJECT, .table = &listed_table};
static const struct service_member list_members[] = {
    {.name = "assets",
     .kind = SERVICE_KIND_LIST,
     .help = "What is registered, in rising asset_id.",
     .row = &listed_row,
     .rows = rows_of_listed},
    {.name = "unregistered",
     .kind = SERVICE_KIND_LIST,
     .help = "Directories that have an asset.json but are not registered.",
     .row = &name_row,
     .rows = rows_of_unregistered},
    {.name = "unregistered_art",
     .kind = SERVICE_KIND_LIST,
     .help = "Directories that have pictures or sounds, and neither an asset.json nor a registered root around them.",
     .row = &art_row,
     .rows = rows_of_art},
};
const struct service_table service_members_list = SERVICE_TABLE(list_members);

/* ---- build ---- */

static bool get_published(const void *record, struct service_value *value)
{
    value->boolean = ((const struct service_build_result *)record)->published == SERVICE_PUBLISHED;
    return true;
}

static const struct service_member summary_members[] = {
    {.name = "assets", .kind = SERVICE_KIND_COUNT, SUMMARY(assets)},
    {.name = "kept",
     .kind = SERVICE_KIND_COUNT,
     .help = "Of them, how many were taken from the last build.",
     SUMMARY(kept)},
    {.name = "preloads", .kind = SERVICE_KIND_COUNT, SUMMARY(preloads)},
    {.name = "pack_size", .kind = SERVICE_KIND_COUNT, .help = "Bytes of assets.pa.", SUMMARY(pack_size)},
    {.name = "input_bytes", .kind = SERVICE_KIND_COUNT, .help = "Bytes of all sources.", SUMMARY(input_bytes)},
};
static const struct service_table summary_table = SERVICE_TABLE(summary_members);

static const char *const build_actions[] = {"keep", "pack", "drop", NULL};
static const char *const build_reasons[] = {
    [SERVICE_REASON_UNCHANGED] = "unchanged",
    [SERVICE_REASON_NO_CACHE] = "no-cache",
    [SERVICE_REASON_NO_LAST_BUILD] = "no-last-build",
    [SERVICE_REASON_OTHER_PACKER] = "other-packer",
    [SERVICE_REASON_OTHER_OUTPUT] = "other-output",
    [SERVICE_REASON_NEW] = "new",
    [SERVICE_REASON_IDENTITY] = "identity",
    [SERVICE_REASON_DECLARATION] = "declaration",
    [SERVICE_REASON_INPUT] = "input",
    [SERVICE_REASON_IMAGES] = "images",
    [SERVICE_REASON_LAST_PACK] = "last-pack",
    [SERVICE_REASON_NOT_CONFORMING] = "not-conforming",
    [SERVICE_REASON_REMOVED] = "removed",
    NULL,
};

static const struct service_member explained_members[] = {
    {.name = "asset_id", .kind = SERVICE_KIND_INTEGER, .least = 1, EXPLAINED(asset_id)},
    {.name = "asset_name",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "Null when the declaration was not accepted.",
     EXPLAINED(name)},
    {.name = "root", .kind = SERVICE_KIND_STRING, .help = "Relative to assets/.", EXPLAINED(root)},
    {.name = "action", .kind = SERVICE_KIND_STRING, .words = build_actions, .is_word = true, EXPLAINED(action)},
    {.name = "reason", .kind = SERVICE_KIND_STRING, .words = build_reasons, .is_word = true, EXPLAINED(reason)},
    {.name = "file",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "Which has changed: with the reasons declaration and input.",
     EXPLAINED(file)},
};
static const struct service_table explained_table = SERVICE_TABLE(explained_members);
static const struct service_member explained_row = {.kind = SERVICE_KIND_OBJECT, .table = &explained_table};

static const void *rows_of_explained(const void *record, size_t *at, union service_row *space)
{
    const struct service_explained *explained = record;
    (void)space;
    return *at < explained->count ? &explained->assets[(*at)++] : NULL;
}

static const struct service_member build_members[] = {
    {.name = "output", .kind = SERVICE_KIND_STRING, .nullable = true, .help = "The directory.", BUILD(output)},
    {.name = "outside",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "The directory, from \"/\" on and without links, when it is outside of the project; else null.",
     BUILD(outside)},
    {.name = "check", .kind = SERVICE_KIND_BOOLEAN, .help = "Nothing at all was written.", BUILD(check)},
    {.name = "would_publish",
     .kind = SERVICE_KIND_BOOLEAN,
     .when = "check",
     .help = "A build would go on to publish a new set. False when it would fail, or when nothing has changed.",
     BUILD(would_publish)},
    {.name = "published",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "All four artifacts were put in place by this build, or were there unchanged; false with check.",
     .get = get_published},
    {.name = "unchanged",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "The artifacts that are there are what this build would publish: none was written.",
     BUILD(unchanged)},
    {.name = "verified",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "The artifacts were reread and checked; the members of an examination say what was found.",
     BUILD(verified)},
    {.name = "summary",
     .kind = SERVICE_KIND_OBJECT,
     .help = "All zero when nothing was packed.",
     .table = &summary_table,
     BUILD(summary)},
    {.name = "depfile",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "The file that has the dependencies of this build now; null when it was not asked for, or not written.",
     BUILD(depfile)},
    {.name = "explain", .kind = SERVICE_KIND_BOOLEAN, .help = "The reasons were asked for.", BUILD(explain)},
    {.name = "in_place",
     .kind = SERVICE_KIND_BOOLEAN,
     .when = "explain",
     .help = "The artifacts of the last build were there, as it had published them. False, too, when no asset is kept.",
     BUILD(in_place)},
    {.name = "reasons",
     .kind = SERVICE_KIND_LIST,
     .when = "explain",
     .help = "What was to be done with each asset of the build set and of the last build, and why.",
     .row = &explained_row,
     .rows = rows_of_explained,
     BUILD(explained)},
    {.name = "examination",
     .kind = SERVICE_KIND_MEMBERS,
     .when = "verified",
     .table = &service_members_report,
     BUILD(report)},
};
const struct service_table service_members_build = SERVICE_TABLE(build_members);

/* ---- ids ---- */

static const struct service_member ids_members[] = {
    {.name = "assets", .kind = SERVICE_KIND_COUNT, .help = "How many assets the product has.", IDS(asset_count)},
    {.name = "file",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "The file that has the product now; null when none was named, or it could not be written.",
     IDS(file)},
    {.name = "written",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "The file did not have this content before.",
     IDS(written)},
    {.name = "product",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "The product; null when it went into a file, or could not be made.",
     IDS(text)},
};
const struct service_table service_members_ids = SERVICE_TABLE(ids_members);

/* ---- explain ---- */

static const char *const classes[] = {"L", "C", "W", "E", "U", NULL};

static const struct diag_facts *facts_of(const void *record)
{
    return diag_facts(*(const enum diag *)record);
}

static bool get_id(const void *record, struct service_value *value)
{
    value->string = facts_of(record)->id;
    return true;
}

static bool get_class(const void *record, struct service_value *value)
{
    value->string = diag_class_letter(facts_of(record)->class_);
    return true;
}

static bool get_meaning(const void *record, struct service_value *value)
{
    value->string = facts_of(record)->meaning;
    return true;
}

static bool get_help(const void *record, struct service_value *value)
{
    value->diagnostic = *(const enum diag *)record;
    value->finding = NULL;
    return true;
}

static const void *rows_of_explanations(const void *record, size_t *at, union service_row *space)
{
    const struct service_explanations *explanations = record;
    (void)space;
    return *at < explanations->count ? &explanations->diagnostics[(*at)++] : NULL;
}

static const struct service_member explanation_members[] = {
    {.name = "id", .kind = SERVICE_KIND_STRING, .get = get_id},
    {.name = "class", .kind = SERVICE_KIND_STRING, .words = classes, .get = get_class},
    {.name = "meaning", .kind = SERVICE_KIND_STRING, .get = get_meaning},
    {.name = "help", .kind = SERVICE_KIND_REMEDY, .get = get_help},
};
static const struct service_table explanation_table = SERVICE_TABLE(explanation_members);
static const struct service_member explanation_row = {.kind = SERVICE_KIND_OBJECT, .table = &explanation_table};

static const struct service_member explain_members[] = {
    {.name = "explanations", .kind = SERVICE_KIND_LIST, .row = &explanation_row, .rows = rows_of_explanations},
};
const struct service_table service_members_explain = SERVICE_TABLE(explain_members);
