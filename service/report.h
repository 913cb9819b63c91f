/* An examination: what it is asked, and what it found out. The result of `verify` and `inspect`, and part of the result
 * of `build`.
 *
 * A report may speak of a million assets, so they are not members: service_report_asset lends one at a time.
 *
 * Ownership: a report owns all that it shows, the strings of its rows too, until service_report_free. Threads: a report
 * is not changed after the operation that made it; many threads may read it. */
#ifndef PRPACK_SERVICE_REPORT_H
#define PRPACK_SERVICE_REPORT_H

#include "base/findings.h"
#include "base/hash_value.h"
#include "service/status.h"

struct verify_report;

/* The answer to one of the three questions. */
enum service_verdict {
    SERVICE_VERDICT_NO,
    SERVICE_VERDICT_YES,
    SERVICE_VERDICT_UNKNOWN /* the environment failed, so the question could not be answered */
};

enum service_report_kind { SERVICE_REPORT_PACK, SERVICE_REPORT_CARTRIDGE };

/* The first bytes of an assets.pa: docs/contracts/assets-pa-v1.md, 1.1. Sizes and positions are in bytes. */
struct service_prelude {
    bool legacy; /* PPA1, which no console loads: the members hold what that prelude has */
    uint32_t schema_version;
    uint32_t header_len;
    uint64_t payload_offset;
    uint32_t flags;
    uint32_t reserved;
    uint32_t header_checksum;
};

/* What was really looked at. */
struct service_checked {
    uint64_t assets;     /* entries of the table */
    uint64_t bytes;      /* bytes of all files that were read */
    uint64_t hashes;     /* recorded hashes that were compared */
    uint64_t companions; /* companion files that were compared */
    uint64_t sources;    /* source files that were compared */
};

/* What the manifest of a cartridge says; a string is NULL where the manifest does not have it. */
struct service_cartridge {
    const char *title;
    const char *app_version;
    const char *app_mode;
    bool has_app_id;
    uint64_t app_id;
    bool declares_asset; /* the capability asset */
};

struct service_report {
    enum service_report_kind kind;
    const char *file; /* what was examined, as the user named it; NULL when memory ran out */
    enum service_verdict loads;
    enum service_verdict conforms;
    enum service_verdict matches; /* SERVICE_VERDICT_UNKNOWN also when it was not asked */

    bool has_prelude; /* prelude and file_size are known */
    struct service_prelude prelude;
    uint64_t file_size; /* in bytes */

    size_t asset_count;   /* elements of the header's table, right or wrong */
    size_t preload_count; /* elements of its preload list, right or wrong */

    struct service_checked checked;
    const char *const *not_checked; /* reasons, in words */
    size_t not_checked_count;

    struct service_cartridge cartridge; /* of SERVICE_REPORT_CARTRIDGE */

    struct base_findings findings;
    struct verify_report *examined; /* private */
};

/* What an empty report looks like: what service_report_free leaves, and what it also accepts. */
#define SERVICE_REPORT_EMPTY                                                                                           \
    ((struct service_report){                                                                                          \
        .loads = SERVICE_VERDICT_UNKNOWN, .conforms = SERVICE_VERDICT_UNKNOWN, .matches = SERVICE_VERDICT_UNKNOWN})

/* One element of the table: what the header says, right or wrong. */
struct service_report_asset {
    bool has_asset_id;
    int64_t asset_id;
    const char *name; /* UTF-8; NULL when unknown */
    const char *bank; /* as the header spells it; NULL when unknown */
    const char *codec;
    bool has_offset, has_size, has_decoded_size;
    uint64_t offset; /* in bytes, from payload_offset */
    uint64_t size;
    uint64_t decoded_size;
    const char *metadata; /* JSON on one line; NULL when unknown */
    const char *root;     /* relative to assets/, as asset_table_metadata.json has it; NULL when unknown */
    const char *uuid;     /* likewise; not in the JSON */
    const char *tiles; /* where its sprites are: JSON of an array on one line; NULL when there are none, or unknown */
    bool has_hash;     /* the payload could be read */
    struct base_hash payload_hash;
};

struct service_report_preload {
    bool has_asset_id, has_slot;
    int64_t asset_id;
    uint64_t slot;
};

/* The row `index` (below asset_count, or preload_count), in the order of the file. Strings belong to the report. */
struct service_report_asset service_report_asset(const struct service_report *report, size_t index);
struct service_report_preload service_report_preload(const struct service_report *report, size_t index);

/* The status of an examination: well only when the thing conforms. */
enum service_status service_status_of_report(const struct service_report *report);

void service_report_free(struct service_report *report);

#endif
