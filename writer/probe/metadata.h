/* The metadata of an entry: what is declared, and what the writer computes. Threads: no shared state. */
#ifndef PRPACK_WRITER_PROBE_METADATA_H
#define PRPACK_WRITER_PROBE_METADATA_H

#include "writer/plan/plan.h"

enum { WRITER_MEMBERS_MAX = 5 };

/* Members that the writer computes. Names are static. */
struct writer_members {
    struct writer_member {
        const char *name;
        uint64_t value; /* at most 2^53-1 */
    } items[WRITER_MEMBERS_MAX];
    size_t count;
};

void writer_members_add(struct writer_members *members, const char *name, uint64_t value);

/* Prints the declared metadata together with the computed members into planned->metadata. Reports declaration-value
 * when a declared member disagrees with a computed one, or when something has no canonical form. */
bool writer_metadata_print(const struct writer_work *work, const struct writer_members *members);

/* Reads a declared member that has to be an integer in [least, most]. Reports declaration-value. */
bool writer_metadata_require(const struct writer_work *work, const char *name, uint64_t least, uint64_t most,
                             uint64_t *value);

/* Whether the declaration has a member of metadata. */
bool writer_metadata_declares(const struct writer_work *work, const char *name);

/* Whether loop_start and loop_end, where they are declared, are a loop of a sound of so many frames. Reports
 * sound-metadata. */
bool writer_metadata_check_loop(const struct writer_work *work, uint64_t frames);

/* Prints output.pipeline, if there is one, into planned->pipeline. Reports declaration-value when it has no canonical
 * form. */
bool writer_pipeline_print(const struct writer_work *work);

#endif
