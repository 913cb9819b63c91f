/* Whether a registry that is to be written keeps the rules: docs/contracts/workspace.md, 2. */
#ifndef PRPACK_WORKSPACE_REGISTRY_SOUND_H
#define PRPACK_WORKSPACE_REGISTRY_SOUND_H

#include "base/task.h"
#include "workspace/model/model.h"

/* Reads what would be written. False also when memory ran out, which *out_of_memory then says, or the task was
 * cancelled. */
bool workspace_registry_is_sound(const struct workspace_registry *registry, struct base_task *task,
                                 bool *out_of_memory);

#endif
