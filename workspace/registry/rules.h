/* The rules of index.json that hold between records. */
#ifndef PRPACK_WORKSPACE_REGISTRY_RULES_H
#define PRPACK_WORKSPACE_REGISTRY_RULES_H

#include "workspace/document/value.h"
#include "workspace/model/model.h"

/* Where the members of one record are in the text. */
struct workspace_record_places {
    size_t begin; /* of the record */
    size_t id_at;
    size_t uuid_at;
    size_t root_at;
};

/* Reports ids, uuids and roots that are there twice, and roots inside others: each at the later record, or at the inner
 * root. places[i] belongs to records[i]. Takes n log n time. */
void workspace_registry_check_records(struct workspace_document *document, const struct workspace_registry *registry,
                                      const struct workspace_record_places *places);

#endif
