/* Where the stages put their results: findings, counts of what was checked, reasons for what was not.
 *
 * Threads: a sink belongs to one thread at a time. Workers do not share one: what each has found is joined in a fixed
 * order, so that the findings do not depend on the number of workers. */
#ifndef PRPACK_VERIFY_CORE_SINK_H
#define PRPACK_VERIFY_CORE_SINK_H

#include "verify/core/report.h"

struct verify_sink {
    struct base_findings findings;
    struct verify_checked checked;
    const char *not_checked[VERIFY_NOT_CHECKED_MAX]; /* static reasons */
    size_t not_checked_count;
    bool compared; /* the set was compared with a workspace */
};

void verify_sink_init(struct verify_sink *sink);
void verify_sink_free(struct verify_sink *sink);

/* Adds a static reason to not_checked, once. */
void verify_report_not_checked(struct verify_sink *sink, const char *reason);

void verify_checked_add(struct verify_checked *to, const struct verify_checked *from);
/* Appends all of `from` to `to` in order and frees `from`. */
void verify_sink_move(struct verify_sink *to, struct verify_sink *from);

#endif
