#include "workspace/edit/plan.h"

#include "base/array.h"

#include <stdlib.h>

struct workspace_step *workspace_plan_next_step(struct workspace_plan *plan)
{
    struct workspace_step *steps =
        base_array_grow(plan->steps, plan->step_count, &plan->step_capacity, sizeof *plan->steps);
    if (steps == NULL) {
        return NULL;
    }
    plan->steps = steps;
    return &steps[plan->step_count];
}

struct workspace_added *workspace_plan_next_added(struct workspace_plan *plan)
{
    struct workspace_added *added =
        base_array_grow(plan->added, plan->added_count, &plan->added_capacity, sizeof *plan->added);
    if (added == NULL) {
        return NULL;
    }
    plan->added = added;
    return &added[plan->added_count];
}

const char *workspace_action_name(enum workspace_action action)
{
    static const char *const names[] = {[WORKSPACE_ACTION_WRITE] = "write",
                                        [WORKSPACE_ACTION_MOVE] = "move",
                                        [WORKSPACE_ACTION_RECORD] = "write",
                                        [WORKSPACE_ACTION_DROP] = "delete",
                                        [WORKSPACE_ACTION_DELETE] = "delete"};
    return names[action];
}

void workspace_plan_drop(struct workspace_plan *plan)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        free(plan->steps[i].target);
        free(plan->steps[i].source);
        free(plan->steps[i].made);
        free(plan->steps[i].emptied);
        base_text_free(&plan->steps[i].content);
    }
    for (size_t i = 0; i < plan->added_count; i++) {
        free(plan->added[i].root);
        free(plan->added[i].name);
        free(plan->added[i].old_name);
        workspace_contents_free(&plan->added[i].contents);
    }
    plan->step_count = 0;
    plan->added_count = 0;
    plan->registry_stays = false;
}

void workspace_plan_free(struct workspace_plan *plan)
{
    workspace_plan_drop(plan);
    for (size_t i = 0; i < plan->refusal_count; i++) {
        if (plan->refusals[i] != NULL) {
            base_findings_free(plan->refusals[i]);
            free(plan->refusals[i]);
        }
    }
    free(plan->steps);
    free(plan->added);
    free((void *)plan->refusals);
    free(plan->sources_alone);
    *plan = WORKSPACE_PLAN_EMPTY;
}
