/* What prpack has made in a workspace and does not need any more: docs/contracts/workspace.md, 8.11.
 *
 * Looking changes nothing, takes no lock and follows no link. Threads: one at a time. */
#ifndef PRPACK_SERVICE_CLEANING_LEFTOVERS_H
#define PRPACK_SERVICE_CLEANING_LEFTOVERS_H

#include "service/transaction/output.h"
#include "workspace/workspace.h"

/* What is to be done with one. */
enum service_leftover_kind {
    SERVICE_LEFTOVER_FILE,  /* a regular file: it is deleted by its name */
    SERVICE_LEFTOVER_CACHE, /* likewise: cache.json, which the next build makes anew */
    SERVICE_LEFTOVER_NOTE,  /* the note of a build (transaction/journal.h): it goes when nothing is left of the build */
    SERVICE_LEFTOVER_PURGED,  /* a folder of the quarantine that is half deleted: quarantine/purge.h */
    SERVICE_LEFTOVER_STAGING, /* settling removes it (transaction/settle.h) */
    SERVICE_LEFTOVER_COMMIT   /* settling moves the set in it into place */
};

struct service_leftover {
    enum service_leftover_kind kind;
    char *path;         /* as the user would type it */
    uint64_t size;      /* bytes of the regular files in it */
    const char *reason; /* static */
    bool busy;          /* another process holds its lock */
    bool gone;          /* it was there, and is not any more */

    /* Private. */
    char *directory; /* of its name: plain, relative to the place; "" is the place itself */
    char *name;
    size_t place; /* 0: assets/.prometeu; 1: assets/; 2: the quarantine; from 3 on: an output directory */
};

struct service_leftovers {
    struct service_leftover *items; /* in the order in which they are reported */
    size_t count;

    /* Private. */
    size_t capacity;
    const struct service_site *site;
    struct base_findings *findings;
    bool takes_cache;
    struct service_output outputs[3];
    int output_fds[3];
    int quarantine_fd; /* or -1 */
    size_t output_count;
};

/* Looks into assets/.prometeu and the quarantine, into the output directory that builds have by default, the one that a
 * killed build has noted, and the one that the user names (as service_output_find takes it; or NULL), and takes the
 * stages that a scan has found (workspace.h). What cannot be looked at is reported, and left out. The site is open; it
 * and findings outlive the list. Free it in any case. */
void service_leftovers_find(struct service_leftovers *left, const struct service_site *site, const char *output,
                            const struct base_names *stages, struct base_findings *findings);

/* Removes all that are not busy, and sets `gone` and `busy` of each. `cache`: the cache too. The caller holds the
 * workspace lock, and has settled what that needs (service_settle_locked). What cannot be removed is reported. Ends
 * early when the task is cancelled. */
void service_leftovers_remove(struct service_leftovers *left, bool cache);

/* Sets `gone` and `busy` of each as it is now. */
void service_leftovers_look_again(struct service_leftovers *left);

void service_leftovers_free(struct service_leftovers *left);

#endif
