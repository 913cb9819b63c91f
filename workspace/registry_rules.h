/* The rules of index.json that hold between records. */
#ifndef PRPACK_WORKSPACE_REGISTRY_RULES_H
#define PRPACK_WORKSPACE_REGISTRY_RULES_H

#include "workspace/value.h"
#include "workspace/workspace.h"

/* Where the members of one record stand in the text. */
struct pp_record_places {
    size_t id_at;
    size_t uuid_at;
    size_t root_at;
};

/* Reports ids, uuids and roots that stand twice, and roots inside others: each at the later record, or at the inner
 * root. places[i] belongs to records[i]. Takes n log n time. */
void pp_registry_check_records(struct pp_document *document, const struct pp_registry *registry,
                               const struct pp_record_places *places);

#endif
