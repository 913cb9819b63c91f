/* The history with one more operation: what an edit writes together with what it changes.
 * docs/contracts/workspace.md, 8.8. */
#ifndef PRPACK_SERVICE_HISTORY_COMPOSE_H
#define PRPACK_SERVICE_HISTORY_COMPOSE_H

#include "base/task.h"
#include "service/history/record.h"

/* Appends the whole new history.jsonl; nothing for a plan without steps. Reads only. The workspace is as the plan found
 * it. False with the reason in findings: the file cannot be read or replaced, its numbers are used up, or memory ran
 * out. */
bool service_history_compose(struct base_task *task, const struct service_site *site, const struct workspace *workspace,
                             const struct workspace_plan *plan, const struct service_history_note *note,
                             struct base_text *history, struct base_findings *findings);

#endif
