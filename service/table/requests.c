#include "service/service.h"
#include "service/table/tables.h"

/* Rows that look alike are members of different requests: each has its own field, limits and help, and one can change
 * without the other. A member that is the same in several requests has a macro below. */

#define INIT(field) SERVICE_AT(struct service_init_request, field)
#define MERGE(field) SERVICE_AT(struct service_merge_request, field)
#define ADD(field) SERVICE_AT(struct service_add_request, field)
#define ADD_HAS(field) SERVICE_IF(struct service_add_request, field)
#define ADOPT(field) SERVICE_AT(struct service_adopt_request, field)
#define PALETTES(field) SERVICE_AT(struct service_palettes_request, field)
#define CHANGE(field) SERVICE_AT(struct service_change_request, field)
#define RENAME(field) SERVICE_AT(struct service_rename_request, field)
#define MOVE(field) SERVICE_AT(struct service_move_request, field)
#define QUARANTINE_LIST(field) SERVICE_AT(struct service_quarantine_list_request, field)
#define PURGE(field) SERVICE_AT(struct service_purge_request, field)
#define RESTORE(field) SERVICE_AT(struct service_restore_request, field)
#define UNDO(field) SERVICE_AT(struct service_undo_request, field)
#define HISTORY(field) SERVICE_AT(struct service_history_request, field)
#define DOCTOR(field) SERVICE_AT(struct service_doctor_request, field)
#define GC(field) SERVICE_AT(struct service_gc_request, field)
#define LIST(field) SERVICE_AT(struct service_list_request, field)
#define SHOW(field) SERVICE_AT(struct service_show_request, field)
#define BUILD(field) SERVICE_AT(struct service_build_request, field)
#define VERIFY(field) SERVICE_AT(struct service_verify_request, field)
#define INSPECT(field) SERVICE_AT(struct service_inspect_request, field)
#define EXTRACT(field) SERVICE_AT(struct service_extract_request, field)
#define IDS(field) SERVICE_AT(struct service_ids_request, field)
#define EXPLAIN(field) SERVICE_AT(struct service_explain_request, field)

/* How many workers: the same for all that take long. */
#define JOBS(record)                                                                                                   \
    {                                                                                                                  \
        .name = "jobs", .kind = SERVICE_KIND_COUNT, .nullable = true, .null_is_zero = true, .least = 1, .most = 1024,  \
        .help = "workers (default: one per processor); the bytes do not depend on their number",                       \
        SERVICE_AT(record, jobs)                                                                                       \
    }
/* Bytes that sounds may decode to. */
#define MAX_DECODED(text, value)                                                                                       \
    {                                                                                                                  \
        .name = "max_decoded", .kind = SERVICE_KIND_SIZE, .nullable = true, .null_is_zero = true, .least = 1,          \
        .most = INT64_C(9007199254740991), .help = (text), value                                                       \
    }
#define WAIT(record)                                                                                                   \
    {                                                                                                                  \
        .name = "wait", .kind = SERVICE_KIND_BOOLEAN, .help = "wait for another process instead of failing",           \
        SERVICE_AT(record, wait)                                                                                       \
    }

#define ASSETS(value)                                                                                                  \
    {                                                                                                                  \
        .name = "assets", .kind = SERVICE_KIND_PATH, .nullable = true, .not_empty = true,                              \
        .help = "the directory in place of assets/; it may be outside of the project", value                           \
    }

#define DRY_RUN(value)                                                                                                 \
    {                                                                                                                  \
        .name = "dry_run", .kind = SERVICE_KIND_BOOLEAN, .help = "say what would be done, and do nothing", value       \
    }

/* Of build and watch. */
#define OUTPUT_DIRECTORY                                                                                               \
    {                                                                                                                  \
        .name = "output", .kind = SERVICE_KIND_PATH, .nullable = true, .not_empty = true,                              \
        .help = "the directory to publish into (default: build, in the project); it may be outside of the project",    \
        BUILD(output)                                                                                                  \
    }
#define NO_CACHE                                                                                                       \
    {                                                                                                                  \
        .name = "no_cache", .kind = SERVICE_KIND_BOOLEAN, .help = "pack everything from its sources, changed or not",  \
        BUILD(no_cache)                                                                                                \
    }

/* Which findings count, and how many are shown: the same for all that report about assets. */
#define IDS_LIST(record, called, text)                                                                                 \
    {                                                                                                                  \
        .name = #called, .kind = SERVICE_KIND_LIST, .row = &diagnostic_row, .help = (text),                            \
        SERVICE_AT(record, findings.called)                                                                            \
    }
#define MAX_FINDINGS(record)                                                                                           \
    {                                                                                                                  \
        .name = "max_findings", .kind = SERVICE_KIND_COUNT, .help = "findings to show, at most; all are counted",      \
        SERVICE_AT(record, findings.max_findings), SERVICE_IF(record, findings.has_max_findings)                       \
    }
#define FINDINGS(record)                                                                                               \
    {.name = "strict",                                                                                                 \
     .kind = SERVICE_KIND_BOOLEAN,                                                                                     \
     .help = "every warning is an error",                                                                              \
     SERVICE_AT(record, findings.strict)},                                                                             \
        IDS_LIST(record, error, "warnings of this id are errors; several ids have commas between them"),               \
        IDS_LIST(record, ignore, "findings of this id do not count"),                                                  \
        IDS_LIST(record, only, "findings of all other ids do not count"), MAX_FINDINGS(record)

static const struct service_member diagnostic_row = {.kind = SERVICE_KIND_STRING};
static const char *const types[] = {"glyph_bank", "sound_bank", "scene_bank", NULL};
static const char *const formats[] = {"GLYPH/indexed_v1", "GLYPH/raw_v1", "SOUNDS/pcm16le_v1",
                                      "SOUNDS/raw_v1",    "SCENE/raw_v1", NULL};
static const struct service_member path_row = {.kind = SERVICE_KIND_PATH};
static const char *const channels[] = {"left", "right", "mix", NULL};
static const unsigned tile_sizes[] = {8, 16, 32, 0};

static const struct service_member init_members[] = {
    {.name = "directory",
     .kind = SERVICE_KIND_PATH,
     .nullable = true,
     .help = "the project directory (default: the current one)",
     INIT(directory)},
    {.name = "git",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "let git merge the registry; also for a workspace that is there",
     INIT(git)},
    ASSETS(INIT(assets)),
    DRY_RUN(INIT(dry_run)),
};
const struct service_table service_request_init = SERVICE_TABLE(init_members);

static const struct service_member add_members[] = {
    {.name = "roots",
     .kind = SERVICE_KIND_LIST,
     .required = true,
     .row = &path_row,
     .help = "directories below assets/",
     ADD(roots)},
    {.name = "each",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "move each sound in ROOT into a directory of its own and add that",
     ADD(each)},
    {.name = "type",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .not_empty = true,
     .words = types,
     .help = "glyph_bank, sound_bank or scene_bank",
     ADD(type)},
    {.name = "format",
     .called = "as",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .not_empty = true,
     .words = formats,
     .help = "payload format, such as GLYPH/indexed_v1 or SCENE/raw_v1",
     ADD(format)},
    {.name = "name",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .not_empty = true,
     .help = "the asset's name (default: the directory's)",
     ADD(name)},
    {.name = "tile_size",
     .kind = SERVICE_KIND_COUNT,
     .nullable = true,
     .null_is_zero = true,
     .choices = tile_sizes,
     .help = "8, 16 or 32 pixels",
     ADD(tile_size)},
    {.name = "pad",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "pad the sprites to whole tiles with transparent pixels on the right and below",
     ADD(pad)},
    {.name = "channels",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .not_empty = true,
     .words = channels,
     .help = "what is packed of a sound of two channels: left, right or mix",
     ADD(channels)},
    {.name = "preload",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "load it when the game starts",
     ADD(preload),
     ADD_HAS(has_preload)},
    {.name = "slot",
     .kind = SERVICE_KIND_COUNT,
     .most = 15,
     .help = "preload into this slot of its bank, 0 to 15",
     ADD(slot),
     ADD_HAS(has_slot)},
    {.name = "anyway",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "add it although its sources have faults, which are then warnings",
     ADD(anyway)},
    MAX_DECODED("bytes that the sound of a directory may decode to (default: 1G)", ADD(max_decoded)),
    {.name = "update",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "add new sprites and palettes of registered directories",
     ADD(update)},
    ASSETS(ADD(assets)),
    DRY_RUN(ADD(dry_run)),
    WAIT(struct service_add_request),
    JOBS(struct service_add_request),
    FINDINGS(struct service_add_request),
};
const struct service_table service_request_add = SERVICE_TABLE(add_members);

static const struct service_member adopt_members[] = {
    {.name = "roots",
     .kind = SERVICE_KIND_LIST,
     .required = true,
     .row = &path_row,
     .help = "directories below assets/ that have an asset.json",
     ADOPT(roots)},
    {.name = "as_copy",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "make an asset of its own of each copy: it gets an id, a uuid and a free name",
     ADOPT(as_copy)},
    {.name = "anyway",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "take new directories although their sources have faults, which are then warnings",
     ADOPT(anyway)},
    MAX_DECODED("bytes that the sound of a new directory may decode to (default: 1G)", ADOPT(max_decoded)),
    ASSETS(ADOPT(assets)),
    DRY_RUN(ADOPT(dry_run)),
    WAIT(struct service_adopt_request),
    JOBS(struct service_adopt_request),
    FINDINGS(struct service_adopt_request),
};
const struct service_table service_request_adopt = SERVICE_TABLE(adopt_members);

static const struct service_member asset_row = {.kind = SERVICE_KIND_STRING};

static const struct service_member palettes_members[] = {
    {.name = "names",
     .kind = SERVICE_KIND_LIST,
     .required = true,
     .row = &asset_row,
     .help = "ids, uuids, names or directories of assets",
     PALETTES(names)},
    {.name = "write",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "write the palette files, and declare them in asset.json",
     PALETTES(write)},
    {.name = "fill",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "put colours into free entries of declared palettes too",
     PALETTES(fill)},
    {.name = "common",
     .kind = SERVICE_KIND_PATH,
     .nullable = true,
     .not_empty = true,
     .help = "begin each new palette with the entries of this palette file",
     PALETTES(common)},
    {.name = "max",
     .kind = SERVICE_KIND_COUNT,
     .nullable = true,
     .null_is_zero = true,
     .least = 1,
     .most = 64,
     .help = "palettes that an asset may have (default: 64)",
     PALETTES(max)},
    ASSETS(PALETTES(assets)),
    DRY_RUN(PALETTES(dry_run)),
    WAIT(struct service_palettes_request),
    FINDINGS(struct service_palettes_request),
};
const struct service_table service_request_palettes = SERVICE_TABLE(palettes_members);

static const struct service_member change_members[] = {
    {.name = "names",
     .kind = SERVICE_KIND_LIST,
     .required = true,
     .row = &asset_row,
     .help = "ids, uuids, names or directories of assets",
     CHANGE(names)},
    ASSETS(CHANGE(assets)),
    DRY_RUN(CHANGE(dry_run)),
    WAIT(struct service_change_request),
    FINDINGS(struct service_change_request),
};
const struct service_table service_request_change = SERVICE_TABLE(change_members);

static const struct service_member rename_members[] = {
    {.name = "asset", .kind = SERVICE_KIND_STRING, .required = true, .help = "the asset to rename", RENAME(asset)},
    {.name = "new_name", .kind = SERVICE_KIND_STRING, .required = true, .help = "its new name", RENAME(name)},
    ASSETS(RENAME(assets)),
    DRY_RUN(RENAME(dry_run)),
    WAIT(struct service_rename_request),
    FINDINGS(struct service_rename_request),
};
const struct service_table service_request_rename = SERVICE_TABLE(rename_members);

static const struct service_member move_members[] = {
    {.name = "asset",
     .kind = SERVICE_KIND_STRING,
     .required = true,
     .help = "an asset and the directory that it gets",
     MOVE(asset)},
    {.name = "new_root",
     .kind = SERVICE_KIND_PATH,
     .required = true,
     .help = "the directory that it gets, relative to assets/",
     MOVE(root)},
    ASSETS(MOVE(assets)),
    DRY_RUN(MOVE(dry_run)),
    WAIT(struct service_move_request),
    FINDINGS(struct service_move_request),
};
const struct service_table service_request_move = SERVICE_TABLE(move_members);

static const struct service_member quarantine_list_members[] = {
    ASSETS(QUARANTINE_LIST(assets)),
    FINDINGS(struct service_quarantine_list_request),
};
const struct service_table service_request_quarantine_list = SERVICE_TABLE(quarantine_list_members);

static const struct service_member number_row = {.kind = SERVICE_KIND_STRING};

static const struct service_member restore_members[] = {
    {.name = "numbers",
     .kind = SERVICE_KIND_LIST,
     .required = true,
     .row = &number_row,
     .help = "numbers of folders of the quarantine",
     RESTORE(numbers)},
    ASSETS(RESTORE(assets)),
    DRY_RUN(RESTORE(dry_run)),
    WAIT(struct service_restore_request),
    FINDINGS(struct service_restore_request),
};
const struct service_table service_request_quarantine_restore = SERVICE_TABLE(restore_members);

static const struct service_member purge_members[] = {
    {.name = "numbers",
     .kind = SERVICE_KIND_LIST,
     .row = &number_row,
     .help = "numbers of folders of the quarantine",
     PURGE(numbers)},
    {.name = "older_than",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .not_empty = true,
     .help = "folders of what was removed before that, such as 12h, 30d or 2w",
     PURGE(older_than)},
    {.name = "all", .kind = SERVICE_KIND_BOOLEAN, .help = "all folders", PURGE(all)},
    {.name = "yes", .kind = SERVICE_KIND_BOOLEAN, .help = "delete, and do not ask", PURGE(yes)},
    ASSETS(PURGE(assets)),
    DRY_RUN(PURGE(dry_run)),
    WAIT(struct service_purge_request),
    FINDINGS(struct service_purge_request),
};
const struct service_table service_request_quarantine_purge = SERVICE_TABLE(purge_members);

static const struct service_member undo_members[] = {
    {.name = "operation",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "the number of an operation in the history",
     UNDO(operation)},
    ASSETS(UNDO(assets)),
    DRY_RUN(UNDO(dry_run)),
    WAIT(struct service_undo_request),
    FINDINGS(struct service_undo_request),
};
const struct service_table service_request_undo = SERVICE_TABLE(undo_members);

static const struct service_member history_members[] = {
    ASSETS(HISTORY(assets)),
    FINDINGS(struct service_history_request),
};
const struct service_table service_request_history = SERVICE_TABLE(history_members);
static const struct service_member merge_members[] = {
    {.name = "base",
     .kind = SERVICE_KIND_PATH,
     .required = true,
     .not_empty = true,
     .help = "the registry that both sides come from, which may be empty",
     MERGE(base)},
    {.name = "ours",
     .kind = SERVICE_KIND_PATH,
     .required = true,
     .not_empty = true,
     .help = "the registry of one side, which gets the result",
     MERGE(ours)},
    {.name = "theirs",
     .kind = SERVICE_KIND_PATH,
     .required = true,
     .not_empty = true,
     .help = "the registry of the other side",
     MERGE(theirs)},
    DRY_RUN(MERGE(dry_run)),
};
const struct service_table service_request_merge_registry = SERVICE_TABLE(merge_members);

static const struct service_member doctor_members[] = {
    {.name = "workspace",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "look at what is not registered, too",
     DOCTOR(workspace)},
    {.name = "fix",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "do what is mechanical and safe, and then look again",
     DOCTOR(fix)},
    {.name = "output",
     .kind = SERVICE_KIND_PATH,
     .nullable = true,
     .not_empty = true,
     .help = "the directory that builds publish into (default: build, in the project)",
     DOCTOR(output)},
    MAX_DECODED("bytes that all sounds together may decode to (default: 1G)", DOCTOR(max_decoded)),
    ASSETS(DOCTOR(assets)),
    DRY_RUN(DOCTOR(dry_run)),
    JOBS(struct service_doctor_request),
    MAX_FINDINGS(struct service_doctor_request),
};
const struct service_table service_request_doctor = SERVICE_TABLE(doctor_members);

static const struct service_member gc_members[] = {
    {.name = "output",
     .kind = SERVICE_KIND_PATH,
     .nullable = true,
     .not_empty = true,
     .help = "look at this output directory too",
     GC(output)},
    ASSETS(GC(assets)),
    DRY_RUN(GC(dry_run)),
    FINDINGS(struct service_gc_request),
};
const struct service_table service_request_gc = SERVICE_TABLE(gc_members);

static const struct service_member list_members[] = {
    ASSETS(LIST(assets)),
    FINDINGS(struct service_list_request),
};
const struct service_table service_request_list = SERVICE_TABLE(list_members);

static const struct service_member show_members[] = {
    {.name = "asset", .kind = SERVICE_KIND_STRING, .required = true, .help = "the asset to show", SHOW(asset)},
    {.name = "output",
     .kind = SERVICE_KIND_PATH,
     .nullable = true,
     .not_empty = true,
     .help = "the directory of the last build (default: build, in the project)",
     SHOW(output)},
    MAX_DECODED("bytes that its sound may decode to (default: 1G)", SHOW(max_decoded)),
    ASSETS(SHOW(assets)),
    FINDINGS(struct service_show_request),
};
const struct service_table service_request_show = SERVICE_TABLE(show_members);

static const struct service_member build_members[] = {
    {.name = "verify",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "check the written files before they are published",
     BUILD(verify)},
    {.name = "check",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "check everything, write nothing, and say what a build would do",
     BUILD(check)},
    OUTPUT_DIRECTORY,
    NO_CACHE,
    {.name = "depfile",
     .kind = SERVICE_KIND_PATH,
     .nullable = true,
     .not_empty = true,
     .help = "write the files that assets.pa depends on into FILE, for make and ninja",
     BUILD(depfile)},
    {.name = "images",
     .kind = SERVICE_KIND_PATH,
     .nullable = true,
     .not_empty = true,
     .help = "write each picture with wrong pixels into DIR, enlarged and with these pixels marked",
     BUILD(images)},
    {.name = "explain",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "say for each asset why it was packed or kept",
     BUILD(explain)},
    MAX_DECODED("bytes that all sounds together may decode to (default: 1G)", BUILD(max_decoded)),
    ASSETS(BUILD(assets)),
    JOBS(struct service_build_request),
    WAIT(struct service_build_request),
    FINDINGS(struct service_build_request),
};
const struct service_table service_request_build = SERVICE_TABLE(build_members);

static const struct service_member watch_members[] = {
    OUTPUT_DIRECTORY,
    NO_CACHE,
    MAX_DECODED("bytes that all sounds together may decode to (default: 1G)", BUILD(max_decoded)),
    ASSETS(BUILD(assets)),
    JOBS(struct service_build_request),
    FINDINGS(struct service_build_request),
};
const struct service_table service_request_watch = SERVICE_TABLE(watch_members);

static const struct service_member verify_members[] = {
    {.name = "directory",
     .kind = SERVICE_KIND_PATH,
     .nullable = true,
     .help = "a directory with the four artifacts (default: build, in the project)",
     VERIFY(directory)},
    {.name = "sources",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "compare with the source files in assets/ too",
     VERIFY(sources)},
    {.name = "no_companions",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "the build is meant to have no companions",
     VERIFY(no_companions)},
    MAX_DECODED("bytes that each sound may decode to for the comparison with sources (default: 1G)",
                VERIFY(max_decoded)),
    ASSETS(VERIFY(assets)),
    JOBS(struct service_verify_request),
    WAIT(struct service_verify_request),
    FINDINGS(struct service_verify_request),
};
const struct service_table service_request_verify = SERVICE_TABLE(verify_members);

static const struct service_member inspect_members[] = {
    {.name = "paths",
     .kind = SERVICE_KIND_LIST,
     .required = true,
     .row = &path_row,
     .help = "packs, build directories and cartridge directories",
     INSPECT(paths)},
    JOBS(struct service_inspect_request),
    WAIT(struct service_inspect_request),
    FINDINGS(struct service_inspect_request),
};
const struct service_table service_request_inspect = SERVICE_TABLE(inspect_members);

static const struct service_member packed_asset_row = {.kind = SERVICE_KIND_STRING};

static const struct service_member extract_members[] = {
    {.name = "pack",
     .kind = SERVICE_KIND_PATH,
     .required = true,
     .help = "an assets.pa, or the directory of a build or a cartridge",
     EXTRACT(pack)},
    {.name = "names",
     .kind = SERVICE_KIND_LIST,
     .row = &packed_asset_row,
     .help = "ids, names, uuids or roots of assets of the pack (default: all)",
     EXTRACT(names)},
    {.name = "to",
     .kind = SERVICE_KIND_PATH,
     .required = true,
     .not_empty = true,
     .help = "the directory that gets the workspace: an empty one, or one that is not there (needed)",
     EXTRACT(to)},
    {.name = "dry_run",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "print what would be written, and write nothing",
     EXTRACT(dry_run)},
    JOBS(struct service_extract_request),
    WAIT(struct service_extract_request),
    FINDINGS(struct service_extract_request),
};
const struct service_table service_request_extract = SERVICE_TABLE(extract_members);

static const char *const products[] = {"json", "c", NULL};

static const struct service_member ids_members[] = {
    {.name = "directory",
     .kind = SERVICE_KIND_PATH,
     .nullable = true,
     .help = "a directory with the four artifacts (default: build, in the project)",
     IDS(directory)},
    {.name = "product",
     .called = "format",
     .kind = SERVICE_KIND_STRING,
     .words = products,
     .fallback = "json",
     .help = "json (default), or c: a header for C and C++",
     IDS(product)},
    {.name = "output",
     .kind = SERVICE_KIND_PATH,
     .nullable = true,
     .not_empty = true,
     .argument = "FILE",
     .help = "write into FILE, unless it has that content already (default: standard output)",
     IDS(output)},
    JOBS(struct service_ids_request),
    WAIT(struct service_ids_request),
    FINDINGS(struct service_ids_request),
};
const struct service_table service_request_ids = SERVICE_TABLE(ids_members);

static const struct service_member id_row = {.kind = SERVICE_KIND_STRING};

static const struct service_member explain_members[] = {
    {.name = "ids",
     .kind = SERVICE_KIND_LIST,
     .row = &id_row,
     .help = "ids of diagnostics (default: all)",
     EXPLAIN(ids)},
};
const struct service_table service_request_explain = SERVICE_TABLE(explain_members);
