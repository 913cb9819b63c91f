#include "service/asked.h"

#include <stddef.h>
#include <string.h>

/* Where the value of a member lies; NULL: the request has no such member. */
static const char *find(const struct service_table *table, const void *request, const char *name)
{
    for (size_t i = 0; i < table->count; i++) {
        if (strcmp(table->members[i].name, name) == 0) {
            return (const char *)request + table->members[i].offset;
        }
    }
    return NULL;
}

/* All requests with a wish have its number of findings in their table. */
const struct service_findings_wish *service_asked_findings(const struct service_table *table, const void *request)
{
    const char *most = find(table, request, "max_findings");
    const void *wish = most != NULL ? most - offsetof(struct service_findings_wish, max_findings) : NULL;
    return wish;
}

bool service_asked_usual_assets(const struct service_table *table, const void *request)
{
    const void *assets = find(table, request, "assets");
    return assets != NULL && *(const char *const *)assets == NULL;
}
