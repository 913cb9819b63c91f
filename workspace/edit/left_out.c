#include "workspace/edit/left_out.h"

#include "workspace/document/problem.h"
#include "workspace/model/limits.h"

static void report(struct workspace_addition *add, enum diag_cause cause, const char *what)
{
    const struct base_details details = {
        .place.file = add->root_display, .severity = BASE_WARNING, .cause = cause, .subject = add->root_display};
    base_report(add->findings, DIAG_ROOT_INVALID, &details,
                "assets/" WORKSPACE_REGISTRY_DIRECTORY "/ignore leaves out %s; the directory is passed over", what);
}

bool workspace_add_find_left_out(struct workspace_addition *add)
{
    if (workspace_ignores_within(add->ignore, add->root, &add->left_out) != 0) {
        base_report_out_of_memory(add->findings, NULL);
        return false;
    }
    return true;
}

bool workspace_add_check_left_out(struct workspace_addition *add)
{
    int32_t other;
    if (!workspace_add_find_left_out(add)) {
        return false;
    }
    if (!add->left_out || add->options->anyway ||
        workspace_roots_find(&add->taken->roots, add->root, &other) == WORKSPACE_ROOT_SAME) {
        return true;
    }
    add->passed_over = true;
    report(add, DIAG_CAUSE_ROOT_LEFT_OUT, "the directory");
    return false;
}

bool workspace_add_check_anchor_left_out(struct workspace_addition *add)
{
    bool ignored;
    if (workspace_ignores_entry(add->ignore, add->root, WORKSPACE_ANCHOR_NAME, false, &ignored) != 0) {
        base_report_out_of_memory(add->findings, NULL);
        return false;
    }
    if (!ignored || add->options->anyway) {
        return true;
    }
    report(add, DIAG_CAUSE_ROOT_LEFT_OUT, "its asset.json");
    return false;
}

void workspace_add_report_files_left_out(struct workspace_addition *add)
{
    report(add, DIAG_CAUSE_ROOT_FILES_LEFT_OUT, "all its files");
}

int workspace_add_ignores(const struct workspace_addition *add, const char *name, bool is_directory, bool *ignored)
{
    *ignored = add->left_out && !add->options->anyway;
    return add->left_out ? 0 : workspace_ignores_entry(add->ignore, add->root, name, is_directory, ignored);
}
