/* What an operation is asked. service/table/requests.c says what each member may be, and what a front end calls it.
 *
 * Strings are borrowed from the caller until the operation returns. service_request_begin makes a request in which
 * nothing was asked for; members that the table calls required have no default and must be set. */
#ifndef PRPACK_SERVICE_REQUEST_H
#define PRPACK_SERVICE_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A list of strings. Borrowed. */
struct service_strings {
    const char *const *items;
    size_t count;
};

/* Which findings count, and how many are shown. */
struct service_findings_wish {
    bool strict;                   /* every warning is an error */
    struct service_strings error;  /* ids whose warnings are errors */
    struct service_strings ignore; /* ids whose findings do not count */
    struct service_strings only;   /* unless there is none: findings of all other ids do not count */
    bool has_max_findings;         /* else all are shown */
    uint64_t max_findings;
};

/* `assets` of each request of a workspace: the directory in place of assets/, absolute or relative to the workspace.
 * NULL: the project's own, which is not followed out of the project. */

struct service_init_request {
    const char *directory; /* the project directory, which is made if it is missing; NULL: that of the call */
    const char *assets;
    bool git;     /* with the file that lets git merge the registry; a workspace that is there is not refused */
    bool dry_run; /* find out what would be done, and do nothing */
};

struct service_merge_request {
    const char *base; /* three files; base may be empty, or not a registry */
    const char *ours; /* gets the result */
    const char *theirs;
    bool dry_run;
};

struct service_list_request {
    const char *assets;
    struct service_findings_wish findings;
};

struct service_add_request {
    const char *assets;
    struct service_strings roots; /* directories below assets/; at least one */
    const char *type;             /* "glyph_bank", "sound_bank", "scene_bank"; NULL: as the files say */
    const char *format;           /* "GLYPH/indexed_v1" …; NULL likewise */
    const char *name;             /* NULL: the directory's */
    unsigned tile_size;           /* 8, 16 or 32 pixels; 0: as the files say */
    bool each;                    /* each file directly in the roots becomes an asset, in a directory of its own */
    bool pad;                     /* sprites are padded to whole tiles */
    const char *channels;         /* of a stereo sound: "left", "right", "mix"; NULL: not declared */
    bool has_preload;             /* else not asked for */
    bool preload;
    bool has_slot;        /* else any */
    unsigned slot;        /* 0 … 15 */
    bool update;          /* the roots are registered; their new sprites and palettes are added */
    bool anyway;          /* a root is added although its sources have faults */
    uint64_t max_decoded; /* bytes that the sound of a root may decode to; 0: 1 GiB */
    bool dry_run;         /* find out what would be done, and do nothing */
    bool wait;            /* wait for another process that uses the workspace, instead of failing */
    unsigned jobs;        /* workers; 0: one per processor */
    struct service_findings_wish findings;
};

struct service_adopt_request {
    const char *assets;
    struct service_strings roots; /* directories below assets/ that have an asset.json; at least one */
    bool as_copy;                 /* a copy of an asset becomes an asset of its own */
    bool anyway;                  /* a root that is new is taken although its sources have faults */
    uint64_t max_decoded;         /* bytes that the sound of a new root may decode to; 0: 1 GiB */
    bool dry_run;                 /* find out what would be done, and do nothing */
    bool wait;                    /* wait for another process that uses the workspace, instead of failing */
    unsigned jobs;                /* workers; 0: one per processor */
    struct service_findings_wish findings;
};

struct service_palettes_request {
    const char *assets;
    struct service_strings names; /* of assets: ids, uuids, names or roots; at least one */
    bool write;                   /* else only say what would be written */
    bool dry_run;                 /* the same with `write`, but with the exit code of that */
    bool fill;                    /* colours may go to free entries of declared palettes */
    const char *common;           /* palette file that each new palette begins with; NULL: none */
    unsigned max;                 /* palettes that an asset may have; 0: 64 */
    bool wait;                    /* wait for another process that uses the workspace, instead of failing */
    struct service_findings_wish findings;
};

/* include, exclude, forget */
struct service_change_request {
    const char *assets;
    struct service_strings names; /* of assets: ids, uuids, names or roots; at least one */
    bool dry_run;                 /* find out what would be done, and do nothing */
    bool wait;                    /* wait for another process that uses the workspace, instead of failing */
    struct service_findings_wish findings;
};

struct service_rename_request {
    const char *assets;
    const char *asset; /* id, uuid, name or root */
    const char *name;  /* that it gets */
    bool dry_run;
    bool wait;
    struct service_findings_wish findings;
};

struct service_move_request {
    const char *assets;
    const char *asset; /* id, uuid, name or root */
    const char *root; /* that it gets: relative to assets/, or a path from the directory of the task with "." or ".." */
    bool dry_run;
    bool wait;
    struct service_findings_wish findings;
};

struct service_restore_request {
    const char *assets;
    struct service_strings numbers; /* of folders of the quarantine, with or without leading zeros; at least one */
    bool dry_run;
    bool wait;
    struct service_findings_wish findings;
};

/* One of the first three is given. */
struct service_purge_request {
    const char *assets;
    struct service_strings numbers; /* of folders of the quarantine, with or without leading zeros */
    const char *older_than;         /* those that were removed before that: "12h", "30d", "2w"; or NULL */
    bool all;
    bool yes; /* they are really to be deleted: without it only a dry run is possible */
    bool dry_run;
    bool wait;
    struct service_findings_wish findings;
};

struct service_quarantine_list_request {
    const char *assets;
    struct service_findings_wish findings;
};

struct service_undo_request {
    const char *assets;
    const char *operation; /* its number; NULL: the last one that is neither undone nor an undo */
    bool dry_run;
    bool wait;
    struct service_findings_wish findings;
};

struct service_history_request {
    const char *assets;
    struct service_findings_wish findings;
};

struct service_doctor_request {
    const char *assets;
    const char *output;                    /* the directory that builds publish into; NULL: build, in the project */
    bool workspace;                        /* look at what is not registered, too */
    bool fix;                              /* do what is mechanical and safe, then look again */
    bool dry_run;                          /* of `fix`: find out what would be done, and do nothing */
    uint64_t max_decoded;                  /* bytes that the sounds may decode to, together; 0: 1 GiB */
    unsigned jobs;                         /* workers; 0: one per processor */
    struct service_findings_wish findings; /* only how many are shown */
};

struct service_gc_request {
    const char *assets;
    const char *output; /* a directory that builds were told to publish into, which is looked at too; or NULL */
    bool dry_run;       /* find out what would be done, and do nothing */
    struct service_findings_wish findings;
};

struct service_show_request {
    const char *assets;
    const char *asset;    /* id, uuid, name or root */
    const char *output;   /* directory of the last build, as the user names it; NULL: build, in the project */
    uint64_t max_decoded; /* bytes that its sound may decode to; 0: 1 GiB */
    struct service_findings_wish findings;
};

struct service_build_request {
    const char *assets;
    const char *output;   /* directory; NULL: build, in the project */
    bool check;           /* do all but write anything at all: say what a build would do */
    bool verify;          /* reread and check the staged files before they are published */
    bool wait;            /* wait for other processes that build or read, instead of failing */
    bool no_cache;        /* pack everything from its sources */
    const char *depfile;  /* file that gets the dependencies of assets.pa; NULL: none */
    const char *images;   /* directory that gets pictures with what is wrong marked; NULL: none */
    bool explain;         /* say for each asset why it was packed or kept */
    uint64_t max_decoded; /* bytes that the sounds may decode to, together; 0: 1 GiB */
    unsigned jobs;        /* workers; 0: one per processor */
    struct service_findings_wish findings;
};

struct service_verify_request {
    const char *assets;    /* for `sources` */
    const char *directory; /* as the user names it; NULL: build, in the project */
    bool sources;          /* compare with the sources in the workspace, too */
    bool no_companions;    /* the user said that there are none */
    uint64_t max_decoded;  /* bytes that a sound may decode to; 0: 1 GiB */
    bool wait;             /* wait for a build that publishes, instead of failing after two seconds */
    unsigned jobs;         /* workers; 0: one per processor */
    struct service_findings_wish findings;
};

struct service_inspect_request {
    struct service_strings paths; /* of packs, build directories and cartridge directories; at least one */
    bool wait;                    /* wait for a build that publishes, instead of failing after two seconds */
    unsigned jobs;                /* workers; 0: one per processor */
    struct service_findings_wish findings;
};

struct service_extract_request {
    const char *pack;             /* an assets.pa, or a directory that has one */
    struct service_strings names; /* of assets: ids, names, and with a companion uuids or roots; none: all */
    const char *to;               /* the directory that gets the workspace: empty, or not there */
    bool dry_run;                 /* find out what would be written, and write nothing */
    bool wait;                    /* wait for another process that uses the directories, instead of failing */
    unsigned jobs;                /* workers of the examination; 0: one per processor */
    struct service_findings_wish findings;
};

struct service_ids_request {
    const char *directory; /* with the set, as the user names it; NULL: build, in the project */
    const char *product;   /* "json" or "c" */
    const char *output;    /* the file that gets it; NULL: none */
    bool wait;             /* wait for a build that publishes, instead of failing after two seconds */
    unsigned jobs;         /* workers; 0: one per processor */
    struct service_findings_wish findings;
};

struct service_explain_request {
    struct service_strings ids; /* of diagnostics; none: all */
};

/* The part of a request that a finding is about: its place.request_field. */
enum service_field {
    SERVICE_FIELD_NONE,
    SERVICE_FIELD_ADD_TYPE,
    SERVICE_FIELD_ADD_FORMAT,
    SERVICE_FIELD_ADD_NAME,
    SERVICE_FIELD_ADD_TILE_SIZE,
    SERVICE_FIELD_ADD_PRELOAD,
    SERVICE_FIELD_ADD_SLOT,
    SERVICE_FIELD_ASSETS,
    SERVICE_FIELD_ADD_PAD,
    SERVICE_FIELD_ADD_CHANNELS,
    SERVICE_FIELD_RENAME_NAME,
    SERVICE_FIELD_MOVE_ROOT,
    SERVICE_FIELD_UNDO_OPERATION,
    SERVICE_FIELD_PURGE_WHICH,
    SERVICE_FIELD_PURGE_AGE,
    SERVICE_FIELD_PURGE_YES,
    SERVICE_FIELD_BUILD_OUTPUT,
    SERVICE_FIELD_DOCTOR_DRY_RUN,
    SERVICE_FIELD_VERIFY_SOURCES,
    SERVICE_FIELD_VERIFY_MAX_DECODED,
    SERVICE_FIELD_BUILD_DEPFILE,
    SERVICE_FIELD_IDS_PRODUCT,
    SERVICE_FIELD_IDS_OUTPUT,
    SERVICE_FIELD_VERIFY_DIRECTORY,
    SERVICE_FIELD_PALETTES_COMMON,
    SERVICE_FIELD_BUILD_IMAGES,
    SERVICE_FIELD_EXTRACT_TO,
    SERVICE_FIELD_EXTRACT_ASSET,
    SERVICE_FIELD_ERROR,
    SERVICE_FIELD_IGNORE,
    SERVICE_FIELD_ONLY
};

#endif
