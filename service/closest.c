#include "service/closest.h"

#include "base/diagnostic.h"
#include "base/suggest.h"

const char *service_closest_id(const char *id)
{
    const char *ids[DIAG_COUNT];
    size_t count = 0;
    for (unsigned i = DIAG_NONE + 1; i < DIAG_COUNT; i++) {
        ids[count++] = diag_facts((enum diag)i)->id;
    }
    return base_suggest(base_bytes_of_string(id), ids, count);
}
