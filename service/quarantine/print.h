/* record.json of a folder of the quarantine: docs/contracts/workspace.md, 8.7. */
#ifndef PRPACK_SERVICE_QUARANTINE_PRINT_H
#define PRPACK_SERVICE_QUARANTINE_PRINT_H

#include "base/text.h"
#include "service/quarantine/inventory.h"
#include "workspace/model/model.h"

/* Appends the document. `date` is nanoseconds since 1970; `name` may be NULL. Running out of memory shows in the text.
 */
void service_quarantine_print(uint64_t operation, int64_t date, const struct workspace_record *record, const char *name,
                              const struct service_inventory *inventory, struct base_text *text);

#endif
