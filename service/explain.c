#include "service/service.h"

#include "base/suggest.h"

enum diag service_explain(const char *id)
{
    return diag_from_id(base_bytes_of_string(id));
}

const char *service_closest_id(const char *id)
{
    const char *ids[DIAG_COUNT];
    size_t count = 0;
    for (unsigned i = DIAG_NONE + 1; i < DIAG_COUNT; i++) {
        ids[count++] = diag_facts((enum diag)i)->id;
    }
    return base_suggest(base_bytes_of_string(id), ids, count);
}
