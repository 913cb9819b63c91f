/* Findings at one place, and the two places the writer speaks of: an input and a declaration.
 *
 * Threads: a report belongs to the thread that owns its findings. */
#ifndef PRPACK_WRITER_REPORT_H
#define PRPACK_WRITER_REPORT_H

#include "workspace/workspace.h"
#include "writer/pictures.h"
#include "writer/sheets.h"
#include "writer/warnings.h"

struct writer_marks;

/* place.file is borrowed. */
struct writer_reporter {
    struct base_findings *findings;
    struct base_place place;
    struct writer_warnings *warnings; /* of the asset; or NULL: warnings are not noted */
    size_t input;                     /* of the declaration, for warnings */
    struct writer_marks *marks;       /* gets the pixels of the picture that findings are about; or NULL */
};

/* The asset that is being packed, and where findings go. All borrowed. */
struct writer_subject {
    struct base_task *task; /* or NULL */
    const struct workspace *workspace;
    const struct workspace_asset *asset;
    struct base_findings *findings;
    const struct writer_pictures *pictures; /* who gets pictures with findings about their pixels; or NULL */
    const struct writer_sheets *sheets;     /* who gets the sheet that was packed; or NULL */
};

/* Adds a finding about the report's file and asset. details may be NULL; of its place, what the report says does not
 * count. Always false, so that a caller can return it. */
__attribute__((format(printf, 4, 5))) bool writer_report(const struct writer_reporter *report, enum diag diagnostic,
                                                         const struct base_details *details, const char *format, ...);

/* Adds a warning about the report's file and asset, and notes it. pixel may be NULL; nothing but its pixel counts, with
 * what says how many there are. */
__attribute__((format(printf, 4, 5))) void writer_warn(const struct writer_reporter *report, enum diag diagnostic,
                                                       const struct base_place *pixel, const char *format, ...);

/* Adds a finding at the subject's asset.json; pointer (RFC 6901) may be NULL. Always false. */
__attribute__((format(printf, 6, 7))) bool writer_report_declaration(const struct writer_subject *subject,
                                                                     enum diag diagnostic, const char *pointer,
                                                                     const char *expected, const char *actual,
                                                                     const char *format, ...);

/* The same with a cause and its subject, which may be NULL. */
__attribute__((format(printf, 6, 7))) bool writer_report_declaration_cause(const struct writer_subject *subject,
                                                                           enum diag diagnostic, const char *pointer,
                                                                           enum diag_cause cause, const char *about,
                                                                           const char *format, ...);

/* Adds environment-memory. Always false. */
bool writer_report_memory(struct base_findings *findings);

/* A number as text for `expected` and `actual`: lives as long as the full expression that it is part of. */
struct writer_decimal {
    char text[24];
};
struct writer_decimal writer_decimal(uint64_t value);

#endif
