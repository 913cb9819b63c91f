/* The line of one edit in history.jsonl: docs/contracts/workspace.md, 8.8. */
#ifndef PRPACK_SERVICE_HISTORY_RECORD_H
#define PRPACK_SERVICE_HISTORY_RECORD_H

#include "base/findings.h"
#include "service/history/note.h"
#include "service/transaction/site.h"
#include "workspace/edit/plan.h"
#include "workspace/workspace.h"

/* Appends the line with its newline. The workspace is as the plan found it; the files that the plan replaces are read
 * once more. `date` is nanoseconds since 1970. A line that would be too long has neither changes, moves nor files, and
 * says that; EFBIG if the plan deletes a file. Returns 0 or an errno value. */
int service_history_record(const struct service_site *site, const struct workspace *workspace,
                           const struct workspace_plan *plan, const struct service_history_note *note,
                           uint64_t operation, int64_t date, struct base_text *text);

#endif
