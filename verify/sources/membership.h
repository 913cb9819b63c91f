/* The build set of the registry beside the table of the pack: which assets are in both. */
#ifndef PRPACK_VERIFY_SOURCES_MEMBERSHIP_H
#define PRPACK_VERIFY_SOURCES_MEMBERSHIP_H

#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"
#include "verify/workspace/registry.h"

#define VERIFY_NO_ENTRY UINT32_MAX

/* One asset of the build set. */
struct verify_member {
    uint32_t entry;    /* index in the table of the pack, or VERIFY_NO_ENTRY */
    uint32_t entry_at; /* where its object begins in the header */
};

/* Pairs them by asset_id: members[i] is that of registry->records[i]. asset-missing, asset-foreign. The caller frees
 * the array; NULL when memory ran out, which is reported. */
struct verify_member *verify_check_membership(const struct verify_subject *subject, const struct verify_facts *facts,
                                              const struct verify_registry *registry, struct verify_sink *sink);

#endif
