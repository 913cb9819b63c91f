/* What was found, as a list: the one currency of workspace, writer, verifier and reports.
 *
 * A list owns all its strings. Memory is bounded whatever the input: of each id at most PP_FINDINGS_KEPT are kept, the
 * rest are counted. When memory runs out, the list says so and every count stays right.
 * Threads: a list belongs to one thread at a time; merge lists of workers with pp_findings_move. */
#ifndef PRPACK_BASE_FINDINGS_H
#define PRPACK_BASE_FINDINGS_H

#include "base/diagnostic.h"

#include <stdbool.h>
#include <stdint.h>

enum { PP_FINDINGS_KEPT = 100 };

enum pp_severity { PP_ERROR, PP_WARNING };

/* Where a finding is. Zero-initialise with PP_NOWHERE, then set what is known; strings are copied. */
struct pp_place {
    const char *file;         /* path as the user knows it, or NULL */
    int64_t byte_offset;      /* position in that file, or -1 */
    const char *json_pointer; /* RFC 6901, or NULL */
    bool has_asset_id;
    int64_t asset_id;
};

#define PP_NOWHERE ((struct pp_place){.byte_offset = -1})

struct pp_finding {
    enum pp_diagnostic diagnostic;
    enum pp_class class_; /* of this finding: json-duplicate-key has two */
    enum pp_severity severity;
    struct pp_place place; /* its strings are those below */
    char *file;            /* or NULL; owned */
    char *json_pointer;    /* or NULL; owned */
    char *message;         /* one line, no full stop needed, no file name: the place has that */
    char *expected;        /* or NULL */
    char *actual;          /* or NULL */
    const char *help;      /* static, from the catalogue */
};

struct pp_findings {
    struct pp_finding *items;
    size_t count; /* kept */
    size_t capacity;
    uint64_t total[PP_DIAGNOSTIC_COUNT]; /* found, kept or not; warnings too */
    uint64_t errors[PP_CLASS_U + 1];     /* found with severity PP_ERROR, by class */
    bool out_of_memory;
};

void pp_findings_init(struct pp_findings *findings);
void pp_findings_free(struct pp_findings *findings);

/* Adds a finding of the catalogue's class and severity PP_ERROR. expected and actual may be NULL. */
__attribute__((format(printf, 6, 7))) void pp_findings_add(struct pp_findings *findings, enum pp_diagnostic diagnostic,
                                                           const struct pp_place *place, const char *expected,
                                                           const char *actual, const char *format, ...);

/* The same with another class or severity. */
__attribute__((format(printf, 8, 9))) void pp_findings_add_as(struct pp_findings *findings,
                                                              enum pp_diagnostic diagnostic, enum pp_class class_,
                                                              enum pp_severity severity, const struct pp_place *place,
                                                              const char *expected, const char *actual,
                                                              const char *format, ...);

/* Appends all of `from` to `to` in order and empties `from`. */
void pp_findings_move(struct pp_findings *to, struct pp_findings *from);

bool pp_findings_any(const struct pp_findings *findings, enum pp_class class_);
/* Errors of every class together. */
uint64_t pp_findings_errors(const struct pp_findings *findings);

#endif
