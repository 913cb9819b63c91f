/* What the packer can do: one function per operation. A front end, such as the command line, turns its own words into
 * a request, calls the operation, and shows the result. No operation prints, reads a command line or ends the process.
 *
 * `workspace` is the project directory (the one that holds assets/), as the user names it. Relative paths in a request
 * begin at the directory of the task. Results own what they hold; the caller frees them with their *_free function,
 * after a failure too. Findings are added to the caller's list.
 * The operations of a workspace (init, add, palettes, those that change registered assets, list, build) first complete
 * or undo what a killed one has left there, except in dry runs; verify and inspect change nothing
 * (docs/contracts/artifact-ownership.md, 3). `task` is how the caller cancels the operation and sees how far it is
 * (base/task.h); it may be NULL. An operation that was cancelled before it was complete returns
 * SERVICE_STATUS_CANCELLED, its findings have `cancelled`, and everything is as it was before. A build beyond its
 * commit point is complete. Threads: operations may run side by side; those that write take locks, which other
 * processes respect. */
#ifndef PRPACK_SERVICE_SERVICE_H
#define PRPACK_SERVICE_SERVICE_H

#include "base/names.h"
#include "base/task.h"
#include "service/built.h"
#include "service/examined.h"
#include "service/report.h"
#include "service/request.h"
#include "service/shown.h"
#include "service/status.h"

/* What an edit of the workspace does, or would do: files, in order. */
struct service_planned_file {
    const char *action; /* "write", "move" or "delete"; static, as is the reason */
    char *from;         /* as the user would type it; NULL: the content comes from no other file */
    char *to;           /* likewise */
    const char *reason;
};

struct service_planned {
    struct service_planned_file *files;
    size_t count;
};

/* init: makes the registry of a new workspace. */
struct service_init_result {
    bool dry_run;   /* nothing was done */
    bool git;       /* it was asked for with the file that lets git merge the registry */
    bool existed;   /* the registry was there already: only files for git were written, if they lacked something */
    char *registry; /* path of index.json as the user would type it; NULL: it was not made, and would not be */
    struct service_planned plan; /* what was done, or would be */
};

/* What each clone has to run before git merges the registry: commands of a shell. Static; ends with NULL. */
extern const char *const service_git_configuration[];

enum service_status service_init(struct base_task *task, const char *workspace,
                                 const struct service_init_request *request, struct service_init_result *result,
                                 struct base_findings *findings);
void service_init_result_free(struct service_init_result *result);

/* merge-registry: two registries that come from one, as one again: docs/contracts/workspace.md, 8.13. */
struct service_merged_asset {
    int32_t asset_id; /* in the result */
    char asset_uuid[37];
    char *root;           /* in the result; of a conflict, that of one side */
    const char *conflict; /* "moved", "removed", "root"; NULL: none. Static */
    bool in_ours;
    int32_t ours_id;
    char *ours_root;
    bool in_theirs;
    int32_t theirs_id;
    char *theirs_root;
};

struct service_merged_assets {
    struct service_merged_asset *items; /* in rising id of the result */
    size_t count;
};

struct service_merge_result {
    const char *file; /* ours, as the request names it; borrowed */
    bool dry_run;     /* nothing was written */
    bool merged;      /* ours has the result, or would have; else all that follows is empty */
    size_t asset_count;
    int64_t next_asset_id;
    struct service_merged_assets renumbered; /* assets with another id than one of the sides had */
    struct service_merged_assets conflicts;  /* what is left between markers */
    struct service_planned plan;             /* what was done, or would be */
};

enum service_status service_merge_registry(struct base_task *task, const struct service_merge_request *request,
                                           struct service_merge_result *result, struct base_findings *findings);
void service_merge_result_free(struct service_merge_result *result);

/* add: registers asset roots, and writes their asset.json where there is none. Each root is packed in memory first;
 * if a build could not pack it, it is refused unless `anyway` is set. Roots that are refused are left out; the
 * others go in together, or not at all. */
struct service_add_result {
    const char *file; /* the root that was asked for, borrowed from the caller; or `typed` */
    char *typed;      /* the file that becomes an asset; NULL: the root was asked for */
    bool added; /* or would be added, or was registered before; if false, the members about the asset are not set */
    int32_t asset_id;
    char *root; /* relative to assets/ */
    char *path; /* of the root, as the user would type it */
    char *name;
    const char *format; /* static */
    bool has_uuid;      /* false in a dry run, when it would be drawn */
    char asset_uuid[37];
    bool moved;                 /* `file` was moved into the root, not found there */
    bool wrote_declaration;     /* asset.json was written, not found */
    struct base_names sprites;  /* in the order of the declaration; for an update, the new ones */
    struct base_names palettes; /* by rising index; likewise */
    uint32_t *strip_colours;    /* per palette: the number of colours of a strip, or 0; NULL when nothing is added */
    struct base_names ignored;  /* working files in the directory, and what assets/.prometeu/ignore names */
    struct base_names late; /* for an update: empty, or two names: a new sprite that natural order would put before a
                               declared one, and the sprite that the new ones come after; not in the JSON */
    bool update;            /* the asset was registered before */
    bool updated;           /* and new files were added to its asset.json, or would be */
    bool dry_run;           /* nothing was done */
    bool last;              /* no later root is added */
    size_t total;           /* with `last`: how many assets were added or updated, or would be; not in the JSON */
    bool at_sources;        /* only faults of its sources kept it out: `anyway` would add it */
    struct service_planned plan;   /* of this root; the last file is the registry, which all of them share */
    struct base_findings findings; /* about this root */
};

struct service_additions {
    struct service_add_result *items; /* one for each root, or file of one, in the order of the request */
    size_t count;                     /* 0 when memory ran out */
};

/* What concerns all roots is added to findings. */
enum service_status service_add(struct base_task *task, const char *workspace,
                                const struct service_add_request *request, struct service_additions *result,
                                struct base_findings *findings);
void service_additions_free(struct service_additions *result);

/* palettes: the fewest palettes for the pictures of one asset: docs/contracts/workspace.md, 7. */
enum service_palette_state {
    SERVICE_PALETTE_KEPT,
    SERVICE_PALETTE_FILLED, /* free entries have got colours */
    SERVICE_PALETTE_NEW
};

struct service_palette_found {
    uint32_t index;
    char *path; /* below the root */
    enum service_palette_state state;
    size_t added; /* colours that the file did not have; all of a new one */
    size_t colour_count;
    uint32_t colours[16]; /* 0xRRGGBB */
};

/* What a build makes of a sprite with these palettes. */
struct service_painted_sprite {
    char *path; /* below the root */
    bool one;   /* all tiles have `palette` */
    unsigned palette;
    unsigned *tiles; /* else: of each tile, row by row */
    size_t tile_count;
};

struct service_painted_sprites {
    struct service_painted_sprite *items; /* in list order */
    size_t count;
};

/* A tile, or a sprite, that takes part in a conflict. */
struct service_conflict_part {
    char *path; /* of the sprite, below the root */
    bool has_tile;
    size_t tile;   /* of the sprite, row by row */
    uint32_t x, y; /* of its first pixel */
    size_t colours;
    bool has_excess;
    size_t excess; /* with so many colours less it would fit */
};

struct service_palettes_result {
    const char *file; /* the asset that was asked for; borrowed from the caller */
    bool known;       /* it was found: the next two are set */
    int32_t asset_id;
    char *root;   /* relative to assets/ */
    bool dry_run; /* nothing was written */
    bool done;    /* palettes were found and, unless dry_run, written; else what follows may be empty */
    struct service_planned plan;
    unsigned algorithm;                     /* of the search */
    unsigned limit;                         /* palettes that the asset may have */
    size_t found;                           /* that it has then */
    bool bounded;                           /* the next one is known */
    size_t bound;                           /* that it needs at least, with those that it declares */
    bool proven;                            /* found is the least */
    size_t written;                         /* files of palettes, or those that would be */
    struct service_palette_found *palettes; /* in rising index */
    size_t palette_count;
    struct service_painted_sprites sprites;
    bool conflict; /* the pictures do not fit */
    struct service_conflict_part *parts;
    size_t part_count;
};

/* `asset` is an id, uuid, name or root; request->names is not looked at. */
enum service_status service_palettes(struct base_task *task, const char *workspace, const char *asset,
                                     const struct service_palettes_request *request,
                                     struct service_palettes_result *result, struct base_findings *findings);
void service_palettes_result_free(struct service_palettes_result *result);

/* include, exclude, forget, remove, rename, move: changes of assets that are registered,
 * docs/contracts/workspace.md, 8. All assets of a request are changed, or none. */
/* adopt: what a directory was found to be. */
enum service_adopted {
    SERVICE_ADOPTED_REGISTERED, /* nothing was to be done */
    SERVICE_ADOPTED_MOVED,
    SERVICE_ADOPTED_COPY,
    SERVICE_ADOPTED_NEW
};

struct service_changed_asset {
    int32_t asset_id;
    char *asset_uuid;
    char *root;                   /* relative to assets/ */
    char *path;                   /* of the root, as the user would type it */
    char *name;                   /* after the change; NULL: its declaration is not accepted */
    char *old_name;               /* rename: before, or NULL as above; adopt: of a copy that has got another one */
    char *folder;                 /* remove, quarantine restore: its name in the quarantine, such as "0012" */
    bool has_files;               /* likewise: it has a directory, which is or was there */
    bool included;                /* quarantine restore: builds have it */
    char *old_root;               /* move, adopt: before; or NULL */
    char *old_path;               /* likewise; undo: where the directory is, if it is not brought back to `path` */
    enum service_adopted adopted; /* adopt */
    bool has_uuid;                /* adopt: false in a dry run, when it would be drawn */
    int32_t original;             /* adopt: of a copy, the asset whose uuid it had; 0: it is not one */
    bool changed;                 /* or would be; false: it was so already */
};

struct service_change_result {
    bool dry_run;                         /* nothing was done */
    bool done;                            /* or would be; false: the request failed, and `assets` is empty */
    struct service_changed_asset *assets; /* in rising asset_id; of adopt in the order of the request */
    size_t count;
    struct service_planned plan; /* in a real run, too */
    uint64_t operation;          /* undo: its own number, which undo takes to do again what was undone */
    uint64_t undone;             /* undo: the operation */
    char *undone_text;           /* undo: what it did, for people */
};

enum service_status service_include(struct base_task *task, const char *workspace,
                                    const struct service_change_request *request, struct service_change_result *result,
                                    struct base_findings *findings);
enum service_status service_exclude(struct base_task *task, const char *workspace,
                                    const struct service_change_request *request, struct service_change_result *result,
                                    struct base_findings *findings);
enum service_status service_forget(struct base_task *task, const char *workspace,
                                   const struct service_change_request *request, struct service_change_result *result,
                                   struct base_findings *findings);
enum service_status service_remove(struct base_task *task, const char *workspace,
                                   const struct service_change_request *request, struct service_change_result *result,
                                   struct base_findings *findings);
enum service_status service_rename(struct base_task *task, const char *workspace,
                                   const struct service_rename_request *request, struct service_change_result *result,
                                   struct base_findings *findings);
enum service_status service_adopt(struct base_task *task, const char *workspace,
                                  const struct service_adopt_request *request, struct service_change_result *result,
                                  struct base_findings *findings);
enum service_status service_move(struct base_task *task, const char *workspace,
                                 const struct service_move_request *request, struct service_change_result *result,
                                 struct base_findings *findings);
enum service_status service_undo(struct base_task *task, const char *workspace,
                                 const struct service_undo_request *request, struct service_change_result *result,
                                 struct base_findings *findings);
void service_change_result_free(struct service_change_result *result);

/* history: what was done to the registry and to declarations: docs/contracts/workspace.md, 8.8. */
struct service_past_operation {
    uint64_t operation; /* its number */
    char *time;         /* as the file has it: "2026-11-30T14:05:00Z" */
    char *name;         /* of the operation */
    char *text;         /* what it did, for people */
    bool has_undoes;
    uint64_t undoes; /* the operation that it took back */
    bool is_undone;
    uint64_t undone_by; /* the operation that took it back */
};

struct service_history {
    bool known;                                /* the file was read, or there is none */
    struct service_past_operation *operations; /* in the order of the file: the oldest one first */
    size_t count;
    size_t capacity;
};

enum service_status service_history(struct base_task *task, const char *workspace,
                                    const struct service_history_request *request, struct service_history *history,
                                    struct base_findings *findings);
void service_history_result_free(struct service_history *history);

/* quarantine restore: assets that were removed come back, all of them or none: docs/contracts/workspace.md, 8.7. */
enum service_status service_quarantine_restore(struct base_task *task, const char *workspace,
                                               const struct service_restore_request *request,
                                               struct service_change_result *result, struct base_findings *findings);

/* quarantine purge: deletes folders of the quarantine for good: docs/contracts/workspace.md, 8.7. */
struct service_kept;

struct service_purge_result {
    bool dry_run;                 /* nothing was done */
    bool done;                    /* or would be; else there are no folders */
    struct service_kept *folders; /* in rising number, or in the order of the request */
    size_t count;
    uint64_t files; /* regular files in them */
    uint64_t bytes; /* of these */
    struct service_planned plan;
};

enum service_status service_quarantine_purge(struct base_task *task, const char *workspace,
                                             const struct service_purge_request *request,
                                             struct service_purge_result *result, struct base_findings *findings);
void service_purge_result_free(struct service_purge_result *result);

/* quarantine list: what was removed and is kept: docs/contracts/workspace.md, 8.7. */
struct service_kept {
    char *folder; /* its name, such as "0012" */
    uint64_t operation;
    bool has_files;    /* the directory of the asset is there */
    const char *fault; /* of record.json, as a static text; NULL: there is none */
    bool readable;     /* there is none: what follows is set */
    char *time;        /* as the record has it */
    int64_t asset_id;
    char *asset_uuid;
    char *name; /* NULL: its declaration was not accepted */
    char *root; /* where it was, relative to assets/ */
    bool included;
    uint64_t file_count;
    uint64_t bytes;
};

struct service_quarantine {
    bool known;                   /* it was read, or there is none */
    struct service_kept *folders; /* in rising number */
    size_t count;
};

enum service_status service_quarantine_list(struct base_task *task, const char *workspace,
                                            const struct service_quarantine_list_request *request,
                                            struct service_quarantine *quarantine, struct base_findings *findings);
void service_quarantine_free(struct service_quarantine *quarantine);

/* list: what is registered, what it declares, and which directories have an asset.json that is not registered. */
struct service_listed_asset {
    int32_t asset_id;
    char *asset_uuid;
    char *root;
    bool included; /* in the build */
    bool readable; /* the declaration was accepted: the members below are filled */
    char *name;
    const char *bank;   /* static */
    const char *format; /* static */
    size_t input_count;
    bool preload;
    bool has_slot;
    uint32_t slot;
    char *tiles; /* where its sprites are, as the set in build/ records it: JSON of an array; or NULL */
};

struct service_listing {
    struct service_listed_asset *assets; /* in rising asset_id */
    size_t count;
    char **unregistered; /* sorted */
    size_t unregistered_count;
    struct workspace_art *art; /* directories with pictures or sounds that are not registered, sorted */
    size_t art_count;
};

enum service_status service_list(struct base_task *task, const char *workspace,
                                 const struct service_list_request *request, struct service_listing *listing,
                                 struct base_findings *findings);
void service_listing_free(struct service_listing *listing);

/* gc: deletes what prpack has made and does not need any more: docs/contracts/workspace.md, 8.11. */
struct service_cleared_file {
    char *path;     /* as the user would type it */
    uint64_t bytes; /* of the file, or of the files in the directory */
};

struct service_gc_result {
    bool dry_run;                       /* nothing was done */
    bool done;                          /* else what follows is empty */
    struct service_cleared_file *files; /* that were deleted, or would be */
    size_t count;
    uint64_t bytes; /* of all of them */
    struct service_planned plan;
};

enum service_status service_gc(struct base_task *task, const char *workspace, const struct service_gc_request *request,
                               struct service_gc_result *result, struct base_findings *findings);
void service_gc_result_free(struct service_gc_result *result);

/* doctor: what keeps a build, and advice: docs/contracts/workspace.md, 8.10. */
struct service_equal_files {
    uint64_t bytes;          /* of each */
    int32_t asset_id;        /* of the first one */
    struct base_names files; /* as the user would type them; by asset_id, then in the order of the declaration */
};

struct service_doctor_result {
    bool examined;     /* else the workspace could not be opened, or the task was cancelled */
    bool fixed;        /* it was asked to fix; then `plan` is what was done, or would be */
    bool dry_run;      /* nothing was done */
    bool unregistered; /* there is something that is not registered and was not shown; not in the JSON */
    bool mended;       /* a registry that git had merged, or would be; not in the JSON, where `plan` has it */
    size_t assets;     /* that are registered */
    struct service_equal_files *equal;
    size_t equal_count;
    size_t equal_capacity; /* private */
    struct service_planned plan;
    enum service_reached reached; /* not in the JSON */
    struct service_registered_assets registered;
};

enum service_status service_doctor(struct base_task *task, const char *workspace,
                                   const struct service_doctor_request *request, struct service_doctor_result *result,
                                   struct base_findings *findings);
void service_doctor_result_free(struct service_doctor_result *result);

/* show: what is known of one registered asset, with what is wrong with it: docs/contracts/workspace.md, 8.5. Takes no
 * lock on the workspace and settles nothing. */
enum service_status service_show(struct base_task *task, const char *workspace,
                                 const struct service_show_request *request, struct service_shown *shown,
                                 struct base_findings *findings);
void service_shown_free(struct service_shown *shown);

/* build: packs the build set into four artifacts and publishes them together, or leaves what was there. What has not
 * changed since the last build is not packed again (docs/contracts/build-cache.md); bytes and findings never depend on
 * that. */
enum service_status service_build(struct base_task *task, const char *workspace,
                                  const struct service_build_request *request, struct service_build_result *result,
                                  struct base_findings *findings);
void service_build_result_free(struct service_build_result *result);

/* watch: builds, verified, whenever something in assets/ has changed, until the task is cancelled:
 * docs/contracts/workspace.md, 8.12. `verify` and `wait` of the request are taken as set. */
struct service_watch_result {
    struct service_build_result build; /* the first member: a record of it is one of service_members_build */
    int64_t date;                      /* when the build ended: nanoseconds since 1970 */
    int64_t duration;                  /* of the build, in nanoseconds */
    bool repeated;                     /* the answer before ended in the same way, with the same findings */
};

/* Called after each build, from the thread that called service_watch. Everything is lent; the lists of findings may be
 * emptied. `notes` are about the watch itself. */
typedef void (*service_watch_sink)(void *context, enum service_status status, struct service_watch_result *result,
                                   struct base_findings *findings, struct base_findings *notes);

/* A cancelled watch has done what was asked: it returns SERVICE_STATUS_WELL. Another status is that of the first build,
 * when there is no workspace or the request is wrong; or there is a reason in findings. A build that was cancelled is
 * not handed over. */
enum service_status service_watch(struct base_task *task, const char *workspace,
                                  const struct service_build_request *request, service_watch_sink sink,
                                  void *sink_context, struct base_findings *findings);

/* verify: a build directory with its companions. */
enum service_status service_verify(struct base_task *task, const char *workspace,
                                   const struct service_verify_request *request, struct service_report *report);

/* inspect: one of the paths of the request, an assets.pa, cartridge directory or build directory. */
enum service_status service_inspect(struct base_task *task, const char *path,
                                    const struct service_inspect_request *request, struct service_report *report);

/* Called with one report at a time, in the order of the paths, from the thread that called service_inspect_each. The
 * report is lent for the call. */
typedef void (*service_report_sink)(void *context, const struct service_report *report);

/* inspect, of all paths in one run: small packs are examined side by side. Reports are those of service_inspect, path
 * by path; only a few exist at a time. Returns the worst status. After the task was cancelled, the sink does not get
 * the reports that are left. */
enum service_status service_inspect_each(struct base_task *task, const struct service_inspect_request *request,
                                         service_report_sink sink, void *sink_context);

/* ids: the assets of a published set for a game's compiler (docs/contracts/builder-integration.md 10). The set is
 * examined as by `verify`, and must conform. */
struct service_ids_result {
    size_t asset_count;
    char *text;   /* what was asked for; NULL when it went into a file, or there is none */
    char *file;   /* the file that has it now, as the request names it; or NULL */
    bool written; /* the file did not have it before */
};

enum service_status service_ids(struct base_task *task, const char *workspace,
                                const struct service_ids_request *request, struct service_ids_result *result,
                                struct base_findings *findings);
void service_ids_result_free(struct service_ids_result *result);

/* extract: takes a pack apart into a workspace: docs/contracts/extract.md. */
struct service_extracted_file {
    char *path; /* from the directory of the request on */
    uint64_t size;
};

struct service_extracted_asset {
    int32_t asset_id;
    char *name;
    const char *bank; /* static, and so is `format` */
    char *root;       /* relative to assets/ */
    const char *format;
    struct service_extracted_file *files;
    size_t file_count;
    size_t file_capacity;
};

struct service_extract_result {
    char *file;      /* the pack, as the request names it */
    char *directory; /* likewise */
    enum service_verdict conforms;
    bool dry_run;                           /* nothing was written */
    bool done;                              /* all that follows was written, or would be; else it is empty */
    struct service_extracted_asset *assets; /* in rising id */
    size_t count;
    uint64_t files; /* the registry and the .gitignore beside it, too */
    uint64_t bytes;
};

enum service_status service_extract(struct base_task *task, const struct service_extract_request *request,
                                    struct service_extract_result *result, struct base_findings *findings);
void service_extract_result_free(struct service_extract_result *result);

/* explain: the diagnostics with these ids, or all in the order of the catalogue. An id that does not exist is a finding
 * that names the closest one, if there is one close. */
struct service_explanations {
    enum diag *diagnostics;
    size_t count;
    bool all; /* no id was asked for */
};

enum service_status service_explain(const struct service_explain_request *request,
                                    struct service_explanations *explanations, struct base_findings *findings);
void service_explanations_free(struct service_explanations *explanations);

#endif
