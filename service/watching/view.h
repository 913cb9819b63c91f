/* A look at everything that a build reads: each directory below assets/ is added to what the kernel tells about, and
 * then read. A look opens no file and changes nothing, so its events are never its own.
 *
 * What was seen is kept as a sum of hashes, one per entry, over its path, kind, rights, inode, size and times. So two
 * views can be compared, and memory follows the directories that wait to be read, not the files. */
#ifndef PRPACK_SERVICE_WATCHING_VIEW_H
#define PRPACK_SERVICE_WATCHING_VIEW_H

#include "base/task.h"
#include "service/watching/watches.h"
#include "workspace/place.h"

#include <stdint.h>

/* Whose assets/ is looked at. All borrowed. */
struct service_view_place {
    struct workspace_place workspace;
    const char *output; /* of the request of a build: the directory, or NULL */
    const char *begin;  /* the directory of the task, from "/" on; what may take its place is awaited */
};

struct service_view {
    bool known;  /* it was completed; else it equals no other one */
    bool opened; /* assets/ and its registry are there */
    bool whole;  /* all artifacts lie in the output directory */
    uint64_t low, high;
    uint64_t count;
    int64_t changed; /* the latest time at which an entry was changed: nanoseconds since 1970 */
};

/* Looks, with `watches` in a new round; an empty one is left alone. What cannot be read is a part of what is seen.
 * view->known is false when memory ran out or the task was cancelled. */
void service_view_take(struct service_view *view, const struct service_view_place *place, struct base_task *task,
                       struct service_watches *watches);

/* Whether both saw the same sources. */
bool service_view_equal(const struct service_view *a, const struct service_view *b);

#endif
