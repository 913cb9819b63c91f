/* Findings that several stages report in the same form. */
#ifndef PRPACK_VERIFY_CORE_FINDINGS_H
#define PRPACK_VERIFY_CORE_FINDINGS_H

#include "base/report.h"
#include "base/text.h"
#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"
#include "json/pointer.h"

/* Where in the header a finding is. Zero-initialise. */
struct verify_spot {
    size_t at;                        /* from the start of the header */
    size_t length;                    /* bytes at fault from there; 0: as many as `actual` has */
    const char *array;                /* "asset_table" or "preload"; NULL: the root */
    size_t index;                     /* in that array */
    const char *member;               /* or NULL */
    struct base_bytes key;            /* span of a KEY below that, or empty with NULL data */
    const struct json_path *path;     /* of a value below that, or NULL */
    const struct verify_entry *entry; /* whose asset_id is named, or NULL */
};

/* Adds a finding in the header. `actual` are bytes of the header, or NULL data for none; they are shortened and made
 * printable. */
__attribute__((format(printf, 7, 8))) void verify_report_in_header(const struct verify_subject *subject,
                                                                   struct verify_sink *sink, enum diag diagnostic,
                                                                   const struct verify_spot *spot, const char *expected,
                                                                   struct base_bytes actual, const char *format, ...);

/* base_report_read_failure at a byte of a file. */
void verify_report_read_failure(struct base_findings *findings, const char *path, uint64_t at, int problem);

/* Adds `cancelled`: the examination of the file is not complete. */
void verify_report_cancelled(struct base_findings *findings, const char *path);

/* Why a pack can differ from a companion that is as it was written. */
#define VERIFY_TWO_BUILDS                                                                                              \
    "assets.pa and asset_table_metadata.json are of two builds, or assets.pa was changed after the build"

/* Counts a recorded hash as checked; adds hash-mismatch when the two differ. */
void verify_check_hash(struct verify_sink *sink, const struct base_place *place, struct base_hash expected,
                       struct base_hash actual, const char *text);

#endif
