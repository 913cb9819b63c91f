#include "workspace/edit/registry_step.h"

#include "base/directory.h"
#include "base/report.h"
#include "workspace/document/document.h"
#include "workspace/document/problem.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"
#include "workspace/registry/registry.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void workspace_report_registry(struct base_findings *findings, const char *assets, int problem)
{
    char *display = workspace_assets_path(assets, WORKSPACE_REGISTRY_PATH, NULL);
    const struct base_place place = {.file = display};
    base_report_write_failure(findings, &place, "write the registry", problem);
    free(display);
}

bool workspace_check_registry_rights(const struct workspace *workspace, struct base_findings *findings)
{
    int fd;
    int problem = base_directory_open_below(&fd, workspace->assets_fd, WORKSPACE_REGISTRY_DIRECTORY);
    if (problem == 0) {
        problem = faccessat(fd, ".", W_OK | X_OK, AT_EACCESS) == 0 ? 0 : errno;
        (void)close(fd);
    }
    if (problem != 0) {
        workspace_report_registry(findings, workspace->assets_path, problem);
    }
    return problem == 0;
}

static bool add_step(struct workspace_plan *plan, struct base_text *text, const char *reason, const char *assets,
                     struct base_findings *findings)
{
    struct workspace_step *step = workspace_plan_next_step(plan);
    char *target = step != NULL ? strdup(WORKSPACE_REGISTRY_PATH) : NULL;
    int problem = target == NULL || base_text_out_of_memory(text) ? ENOMEM : 0;
    if (problem == 0 && text->size > workspace_document_registry.limit) {
        problem = EFBIG;
    }
    if (problem != 0) {
        workspace_report_registry(findings, assets, problem);
        base_text_free(text);
        free(target);
        return false;
    }
    *step = (struct workspace_step){.target = target, .content = *text, .reason = reason};
    plan->step_count++;
    return true;
}

bool workspace_plan_registry(struct workspace_plan *plan, const struct workspace_registry *registry, const char *reason,
                             const char *assets, struct base_findings *findings)
{
    struct base_text text = BASE_TEXT_EMPTY;
    workspace_registry_print(registry, &text);
    return add_step(plan, &text, reason, assets, findings);
}

bool workspace_plan_registry_text(struct workspace_plan *plan, struct base_text *text, const char *reason,
                                  const char *assets, struct base_findings *findings)
{
    struct base_text content = *text;
    *text = BASE_TEXT_EMPTY;
    return add_step(plan, &content, reason, assets, findings);
}

bool workspace_plan_registry_as_it_is(struct workspace_plan *plan, const struct workspace *workspace,
                                      struct base_findings *findings)
{
    char *display = workspace_assets_path(workspace->assets_path, WORKSPACE_REGISTRY_PATH, NULL);
    const struct base_place place = {.file = display};
    size_t size = 0;
    uint8_t *data = NULL;
    if (display == NULL) {
        base_report_out_of_memory(findings, NULL);
    } else {
        data = workspace_document_read(&workspace_document_registry, workspace->assets_fd, WORKSPACE_REGISTRY_PATH,
                                       &place, DIAG_WORKSPACE_MISSING, &size, NULL, findings);
    }
    struct base_text text = BASE_TEXT_EMPTY;
    bool fine = data != NULL;
    if (fine) {
        base_text_add(&text, base_bytes_make(data, size));
        fine = add_step(plan, &text, "it stays as it is", workspace->assets_path, findings);
        plan->registry_stays = fine;
    }
    free(data);
    free(display);
    return fine;
}
