#include "service/where.h"

#include "service/transaction/output.h"
#include "workspace/search.h"

char *service_find_workspace(const struct base_task *task)
{
    struct base_text project = BASE_TEXT_EMPTY;
    enum workspace_search_end end = workspace_search(base_task_directory(task), ".", false, &project);
    if (end != WORKSPACE_SEARCH_FOUND && end != WORKSPACE_SEARCH_UNKNOWN) {
        base_text_clear(&project);
    }
    if (project.size == 0) {
        base_text_add_char(&project, '.');
    }
    return base_text_take(&project);
}

char *service_usual_output(const char *workspace)
{
    return workspace_place_path(WORKSPACE_IN(workspace), SERVICE_DEFAULT_OUTPUT);
}
