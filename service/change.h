/* The frame of every operation that changes registered assets: docs/contracts/workspace.md, 8.1.
 *
 * It finds the assets that the request names, lets the operation plan, and carries the plan out by one transaction, or
 * shows it. The operation is one function that plans. Threads: one at a time. */
#ifndef PRPACK_SERVICE_CHANGE_H
#define PRPACK_SERVICE_CHANGE_H

#include "service/history/note.h"
#include "service/service.h"
#include "service/transaction/site.h"
#include "workspace/edit/plan.h"
#include "workspace/workspace.h"

/* What every such request has. */
struct service_change_wish {
    const char *operation; /* its name; static */
    const char *assets;
    struct service_strings names;
    bool dry_run;
    bool wait;
    const struct service_findings_wish *findings;
    const char *cancelled; /* the message when the request was cancelled */
};

/* The wish of a request that has nothing else. The strings are static. */
struct service_change_wish service_change_wish_of(const struct service_change_request *request, const char *operation,
                                                  const char *cancelled);

/* What the operation needs to make its plan. */
struct service_change {
    const struct workspace *workspace; /* opened */
    const struct workspace_record *const *records;
    struct service_changed_asset *assets; /* one for each record; `changed` is false */
    size_t count;
    struct service_change_result *result; /* where the assets are; an operation on others than those that are registered
                                             puts them there */
    const void *request;
    struct base_task *task;            /* or NULL */
    const struct service_site *site;   /* of the workspace */
    struct service_history_note *note; /* its words may be set: else the history names the assets that are changed */
    struct base_findings *findings;
};

/* Makes the plan, and says which assets are changed. When nothing is to be done the plan is empty. False with the
 * reasons in findings. The plan is freed in either case. */
typedef bool (*service_plan_change)(struct service_change *change, struct workspace_plan *plan);

/* Runs an operation. `request` is handed to `plan`. */
enum service_status service_change_run(struct base_task *task, const char *workspace,
                                       const struct service_change_wish *wish, service_plan_change plan,
                                       const void *request, struct service_change_result *result,
                                       struct base_findings *findings);

#endif
