/* Runs the verifier with the service's own options and report: no caller of the service sees the verifier's. */
#ifndef PRPACK_SERVICE_EXAMINATION_EXAMINE_H
#define PRPACK_SERVICE_EXAMINATION_EXAMINE_H

#include "base/task.h"
#include "service/report.h"

/* What is examined. */
enum service_examined {
    SERVICE_EXAMINED_BUILD, /* a directory with the four artifacts */
    SERVICE_EXAMINED_PATH   /* whatever is at the path */
};

struct service_examination_options {
    bool no_companions;  /* the user said that there are none */
    const char *sources; /* the project directory whose assets/ to compare with, or NULL */
    unsigned jobs;       /* workers; 0: one per processor */
};

/* Fills *report, whatever was in it before; the caller frees it with service_report_free. `shown`, if not NULL, is the
 * path that the report and its findings have instead of `path`; it is not longer than `path`.
 *
 * Returns false when memory ran out before anything was examined; the report then says so (findings.out_of_memory), and
 * its verdicts are unknown. */
bool service_examine(struct base_task *task, enum service_examined examined, const char *path, const char *shown,
                     const struct service_examination_options *options, struct service_report *report);

#endif
