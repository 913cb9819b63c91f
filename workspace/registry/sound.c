#include "workspace/registry/sound.h"

#include "workspace/registry/registry.h"

static bool is_accepted(struct base_bytes text, struct base_task *task, bool *out_of_memory)
{
    struct base_findings faults;
    struct workspace_registry read = {.records = NULL};
    base_findings_init(&faults);
    bool accepted = workspace_registry_parse(text, task, &BASE_NOWHERE, &read, &faults);
    *out_of_memory = faults.out_of_memory;
    base_findings_free(&faults);
    workspace_registry_free(&read);
    return accepted;
}

bool workspace_registry_is_sound(const struct workspace_registry *registry, struct base_task *task, bool *out_of_memory)
{
    struct base_text text = BASE_TEXT_EMPTY;
    workspace_registry_print(registry, &text);
    *out_of_memory = base_text_out_of_memory(&text);
    bool sound = !*out_of_memory && is_accepted(base_text_bytes(&text), task, out_of_memory);
    base_text_free(&text);
    return sound;
}
