/* A plan of the workspace as results show it. */
#ifndef PRPACK_SERVICE_PLANNED_H
#define PRPACK_SERVICE_PLANNED_H

#include "service/service.h"
#include "workspace/edit/plan.h"

/* Shows steps of a plan that follow each other, and then one more, which may be NULL. False when memory ran out. Free
 * *planned in any case. */
bool service_planned_show(struct service_planned *planned, const char *assets, const struct workspace_step *steps,
                          size_t count, const struct workspace_step *last);

/* Shows all steps but a registry that stays as it is. */
bool service_planned_show_all(struct service_planned *planned, const char *assets, const struct workspace_plan *plan);

/* Moves the files of one plan to the end of another one. False when memory ran out; both are as they were then. */
bool service_planned_append(struct service_planned *planned, struct service_planned *more);

/* Leaves it empty. */
void service_planned_free(struct service_planned *planned);

#endif
