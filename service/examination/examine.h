/* Runs the verifier with the service's own options and report: no caller of the service sees the verifier's. */
#ifndef PRPACK_SERVICE_EXAMINATION_EXAMINE_H
#define PRPACK_SERVICE_EXAMINATION_EXAMINE_H

#include "base/policy.h"
#include "base/task.h"
#include "service/report.h"

/* What is examined. */
enum service_examined {
    SERVICE_EXAMINED_BUILD,     /* a directory with the four artifacts */
    SERVICE_EXAMINED_CARTRIDGE, /* a directory with a manifest */
    SERVICE_EXAMINED_PATH,      /* whatever is at the path */
    SERVICE_EXAMINED_MEMORY     /* the four artifacts in memory */
};

struct service_examination_options {
    bool no_companions;               /* the user said that there are none */
    const char *sources;              /* the project directory whose assets/ to compare with, or NULL */
    const char *assets;               /* the directory in place of that assets/, or NULL */
    uint64_t max_decoded;             /* with sources: bytes that a sound may decode to; 0: 1 GiB */
    unsigned jobs;                    /* workers; 0: one per processor */
    bool wait;                        /* wait for a build that publishes, instead of failing after two seconds */
    const struct base_policy *policy; /* which findings decide verdicts; NULL: all */
};

struct service_examination {
    enum service_examined examined;
    const char *path;
    const struct base_bytes *artifacts; /* of SERVICE_EXAMINED_MEMORY: in the order of service_artifacts; borrowed */
    const char *shown;   /* of a build: what the report and its findings call the directory; NULL: by its path */
    const char *pending; /* a name in the build directory: the artifacts there take the place of those in it; or NULL */
};

/* Fills *report, whatever was in it before; the caller frees it with service_report_free.
 *
 * Returns false when memory ran out before anything was examined; the report then says so (findings.out_of_memory), and
 * its verdicts are unknown. */
bool service_examine(struct base_task *task, const struct service_examination *examination,
                     const struct service_examination_options *options, struct service_report *report);

/* The same for something that cannot be examined now: the caller adds the reason to the findings. */
bool service_examine_nothing(const char *path, struct service_report *report);

#endif
