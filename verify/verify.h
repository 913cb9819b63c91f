/* Asks both questions of a pack and lists every finding: docs/contracts/assets-pa-v1.md section 4.
 *
 * It knows the reader and nothing of the writer. It reads by position, so that a file that shrinks is a finding and no
 * crash.
 * Cost: time in proportion to the bytes, whatever the table says of them; memory in proportion to the header and the
 * companions, never to the payloads.
 * Errors: there are none beside the report. What the environment refuses is a finding of class E, and makes verdicts
 * unknown.
 * Threads: one verification belongs to one caller; it may use workers of its own. Verifications may run side by
 * side. */
#ifndef PRPACK_VERIFY_VERIFY_H
#define PRPACK_VERIFY_VERIFY_H

#include "base/findings.h"
#include "base/hash.h"
#include "reader/pack.h"
#include "verify/core/strings.h"

/* One asset as a report shows it: what the header says, right or wrong. An element of the table that is no object has
 * nothing set, so that an index here is an index in the table. Strings live as long as the report. */
struct verify_asset_report {
    bool has_asset_id;
    int64_t asset_id;
    const char *name; /* unescaped UTF-8; NULL when unknown */
    const char *bank; /* as the header spells it; NULL when unknown */
    const char *codec;
    bool has_offset, has_size, has_decoded_size;
    uint64_t offset; /* from payload_offset */
    uint64_t size;
    uint64_t decoded_size;
    const char *metadata; /* JSON text on one line; NULL when unknown */
    bool has_hash;        /* the payload could be read */
    struct base_hash payload_hash;
};

struct verify_preload_report {
    bool has_asset_id, has_slot;
    int64_t asset_id;
    uint64_t slot;
};

/* How far a question could be answered. A cartridge loads when its manifest is valid and, if it declares the capability
 * asset, its assets.pa loads; a pack that it does not declare counts for the second question only. */
enum verify_verdict { VERIFY_VERDICT_NO, VERIFY_VERDICT_YES, VERIFY_VERDICT_UNKNOWN /* the environment failed */ };

enum verify_report_kind { VERIFY_REPORT_PACK, VERIFY_REPORT_CARTRIDGE };

enum { VERIFY_NOT_CHECKED_MAX = 16 };

struct verify_report {
    enum verify_report_kind kind;
    char *file; /* what was examined, as the user named it */
    enum verify_verdict loads;
    enum verify_verdict conforms;

    bool has_prelude;
    bool legacy; /* PPA1: prelude holds what was there */
    struct pp_prelude prelude;
    uint64_t file_size;

    struct verify_asset_report *assets;
    size_t asset_count;
    struct verify_strings strings; /* those of assets */
    struct verify_preload_report *preload;
    size_t preload_count;

    struct {                 /* what was really looked at */
        uint64_t assets;     /* entries judged */
        uint64_t bytes;      /* bytes of all files read */
        uint64_t hashes;     /* recorded hashes compared */
        uint64_t companions; /* companion files compared */
        uint64_t sources;    /* source files compared */
    } checked;
    const char *not_checked[VERIFY_NOT_CHECKED_MAX]; /* static reasons */
    size_t not_checked_count;

    struct { /* VERIFY_REPORT_CARTRIDGE */
        char *title;
        char *app_version;
        char *app_mode;
        bool has_app_id;
        uint64_t app_id;
        bool declares_asset;
    } cartridge;

    struct base_findings findings;
};

typedef void (*verify_progress_callback)(void *context, uint64_t bytes_done, uint64_t bytes_total);

struct verify_options {
    bool no_companions;                /* the user said that there are none */
    const char *sources;               /* the project directory whose assets/ to compare with, or NULL */
    unsigned jobs;                     /* workers, 16 at most; 0: one a processor */
    verify_progress_callback progress; /* or NULL; called in the calling thread, while payloads are read */
    void *progress_context;
    uint32_t max_header; /* bytes; 0: the reader's default */
};

/* All of these fill *report, whatever was in it before, and never fail otherwise: free it with verify_report_free.
 * options may be NULL. */

/* Examines one assets.pa by itself (`inspect`): no companions are looked for; not_checked says so. */
void verify_pack(const char *path, const struct verify_options *options, struct verify_report *report);
/* Examines a directory with the four artifacts (`verify`, and every staged build). */
void verify_build(const char *directory, const struct verify_options *options, struct verify_report *report);
/* Examines a cartridge directory (manifest.json, assets.pa). */
void verify_cartridge(const char *directory, const struct verify_options *options, struct verify_report *report);
/* Examines whatever stands at path: a pack or a .pmc file; a build directory, which has assets.pa and at least one
 * companion, but neither manifest.json nor program.pbx; and in every other directory a cartridge. */
void verify_path(const char *path, const struct verify_options *options, struct verify_report *report);

/* The same for artifacts in memory: what the fuzzers and the bit-flip test call. A companion with data NULL is
 * missing. */
struct verify_build_bytes {
    struct base_bytes assets_pa;
    struct base_bytes asset_table;
    struct base_bytes preload;
    struct base_bytes metadata;
};
void verify_bytes(const struct verify_build_bytes *build, const struct verify_options *options,
                  struct verify_report *report);

/* Frees what the report holds and leaves it empty. */
void verify_report_free(struct verify_report *report);

#endif
