/* Waits until another build is due: something has changed and is quiet again, or it is time to look or to try again.
 *
 * A build is due when
 *   - an event was a change (watches.h),
 *   - a look sees other sources than before the last build (view.h),
 *   - the last build published, and one of its artifacts has gone,
 *   - the last build failed for a reason that no event will tell the end of, and its time has come.
 * After a build there is always a look, whatever the kernel has told. Where the kernel cannot tell, looks take the
 * place of events.
 *
 * Time is that of the task's clock. Threads: one at a time. */
#ifndef PRPACK_SERVICE_WATCHING_WAITING_H
#define PRPACK_SERVICE_WATCHING_WAITING_H

#include "base/findings.h"
#include "service/status.h"
#include "service/watching/view.h"

/* Only waiting.c writes the members. */
struct service_waiting {
    struct base_task *task; /* borrowed; its directory is changed when another one takes its place */
    struct service_view_place place;
    char *begin; /* of the place */
    struct service_watches watches;
    struct base_findings *notes; /* borrowed: gets watch-polling, once */
    bool said_polling;
    int directory_fd; /* the task's, when it was opened here; or -1 */

    struct service_view built; /* before the last build */
    int64_t seen;              /* when that was: nanoseconds since 1970 */
    enum service_noticed noticed;
    int64_t glance; /* when to look without an event; INT64_MAX: never. So the next one */
    int64_t again;  /* when to try again */
    bool published; /* by the last build */
    bool restoring; /* artifacts that were gone are being made again */
    bool retries;   /* nothing has changed since the last build */
};

/* Looks for the first time. The first build is due at once. *waiting must stay where it is. False when memory ran out.
 * End it in either case. */
bool service_waiting_begin(struct service_waiting *waiting, struct base_task *task, const struct workspace_place *place,
                           const char *output, struct base_findings *notes);
void service_waiting_end(struct service_waiting *waiting);

/* How the build that was due has ended. `took`: nanoseconds. */
void service_waiting_note(struct service_waiting *waiting, enum service_status status, bool published, int64_t took);

/* Waits until the next build is due. False when the task was cancelled. */
bool service_waiting_next(struct service_waiting *waiting);

#endif
