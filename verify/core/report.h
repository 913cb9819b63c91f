/* The result of a verification: both verdicts, every finding, a list of what the pack contains, and what was checked.
 *
 * A report owns everything in it. Threads: one at a time. */
#ifndef PRPACK_VERIFY_CORE_REPORT_H
#define PRPACK_VERIFY_CORE_REPORT_H

#include "base/findings.h"
#include "base/hash_value.h"
#include "base/strings.h"
#include "reader/pack.h"

/* One asset as a report shows it: what the header says, right or wrong. An element of the table that is not an object
 * has nothing set, so that an index here is an index in the table. Strings live as long as the report. */
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
    const char *root;     /* as asset_table_metadata.json records it; NULL when unknown */
    const char *uuid;     /* likewise */
    const char *tiles;    /* likewise, the JSON text of an array; NULL when there are none, or unknown */
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

/* How much was read and compared. */
struct verify_checked {
    uint64_t assets;     /* entries checked */
    uint64_t bytes;      /* bytes of all files read */
    uint64_t hashes;     /* recorded hashes compared */
    uint64_t companions; /* companion files compared */
    uint64_t sources;    /* source files compared */
};

struct verify_report {
    enum verify_report_kind kind;
    char *file; /* what was examined, as the user named it */
    enum verify_verdict loads;
    enum verify_verdict conforms;
    enum verify_verdict matches; /* VERIFY_VERDICT_UNKNOWN also when it was not asked */

    bool has_prelude;
    bool legacy; /* PPA1: prelude holds what was there */
    struct pp_prelude prelude;
    uint64_t file_size;

    struct verify_asset_report *assets;
    size_t asset_count;
    struct base_strings strings; /* those of assets */
    struct verify_preload_report *preload;
    size_t preload_count;

    struct verify_checked checked;
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

/* Frees what the report holds and leaves it empty. */
void verify_report_free(struct verify_report *report);

#endif
