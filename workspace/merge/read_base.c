#include "workspace/merge/read_base.h"

#include "base/report.h"
#include "workspace/merge/sides.h"

static bool read_sides_as_base(const struct workspace_merge_parts *parts, struct base_task *task,
                               struct workspace_registry *base, bool *read)
{
    struct workspace_merge_side_text sides[WORKSPACE_MERGE_SIDES] = {{.places = NULL}, {.places = NULL}};
    struct base_names unsure = BASE_NAMES_EMPTY;
    struct base_findings ignored;
    base_findings_init(&ignored);
    bool fine = !parts->out_of_memory;
    enum workspace_merge_side failed;
    if (fine && parts->count > 0 && !parts->unclear &&
        workspace_merge_read_sides(parts, task, sides, &failed, &ignored)) {
        *read = true;
        fine = workspace_merge_infer_base(parts, sides, NULL, task, base, &unsure);
    }
    fine = fine && !ignored.out_of_memory;
    workspace_merge_free_sides(sides);
    base_names_free(&unsure);
    base_findings_free(&ignored);
    return fine;
}

bool workspace_merge_read_base(struct base_bytes text, struct base_task *task, struct workspace_registry *base,
                               struct base_findings *findings)
{
    struct base_findings ignored;
    base_findings_init(&ignored);
    bool read = workspace_registry_parse(text, task, &BASE_NOWHERE, base, &ignored);
    bool fine = !ignored.out_of_memory;
    if (!read && fine) {
        struct workspace_merge_parts parts;
        workspace_merge_take_apart(text, &parts);
        fine = read_sides_as_base(&parts, task, base, &read);
        workspace_merge_parts_free(&parts);
    }
    if (!read && fine) {
        *base = (struct workspace_registry){.next_asset_id = 1};
    }
    if (!fine) {
        base_report_out_of_memory(findings, NULL);
    }
    base_findings_free(&ignored);
    return fine && !base_task_cancelled(task);
}
