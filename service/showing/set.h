/* The set that a build has published into a directory, read as one set. Threads: one at a time. */
#ifndef PRPACK_SERVICE_SHOWING_SET_H
#define PRPACK_SERVICE_SHOWING_SET_H

#include "reader/pack.h"
#include "service/recorded.h"
#include "service/shown.h"
#include "service/transaction/output.h"

struct service_show_set {
    enum service_built built;         /* SERVICE_BUILT_WITH: the next three are set */
    struct pp_pack *pack;             /* its table; payloads are not read */
    struct service_recorded recorded; /* asset_table_metadata.json */
    struct base_hash document_hash;   /* of all bytes of that file */
};

/* Opens the set as `inspect` does: docs/contracts/artifact-ownership.md, 3.2. What is wrong with the set itself is not
 * reported. A promotion that does not end in time is build-busy, a file that cannot be read is environment-read; *set
 * is then SERVICE_BUILT_UNREADABLE. Close it in any case. */
void service_show_set_open(struct service_show_set *set, struct base_task *task, const struct service_output *output,
                           struct base_findings *findings);
/* The same without a lock, for commands that take none. While a build publishes, the files may be of two sets: that is
 * SERVICE_BUILT_UNREADABLE, too. */
void service_show_set_glance(struct service_show_set *set, struct base_task *task, const struct service_output *output,
                             struct base_findings *findings);
void service_show_set_close(struct service_show_set *set);

/* The name of an entry of the pack. The caller frees it; NULL when memory ran out. */
char *service_show_set_name(const struct service_show_set *set, size_t index);

#endif
