#include "service/transaction/site.h"

#include "base/directory.h"
#include "base/file_problem.h"
#include "base/report.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"
#include "workspace/workspace.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static bool name_paths(struct service_site *site)
{
    site->assets = workspace_place_assets(&site->place);
    site->registry =
        site->assets != NULL ? workspace_assets_path(site->assets, WORKSPACE_REGISTRY_DIRECTORY, NULL) : NULL;
    return site->registry != NULL;
}

int service_site_open(struct service_site *site, struct base_task *task, const struct workspace_place *place)
{
    int begin_fd = base_task_directory(task);
    *site = (struct service_site){.task = task, .place = *place, .project_fd = -1, .assets_fd = -1, .registry_fd = -1};
    int problem = name_paths(site) ? workspace_place_open_project(place, begin_fd, &site->project_fd) : ENOMEM;
    if (problem == 0) {
        problem = workspace_place_open_assets(place, begin_fd, site->project_fd, &site->assets_fd);
    }
    if (problem == 0) {
        problem = base_directory_open_below(&site->registry_fd, site->assets_fd, WORKSPACE_REGISTRY_DIRECTORY);
    }
    return problem;
}

static void close_one(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd);
    }
    *fd = -1;
}

void service_site_close(struct service_site *site)
{
    close_one(&site->registry_fd);
    close_one(&site->assets_fd);
    close_one(&site->project_fd);
    free(site->registry);
    free(site->assets);
    site->registry = NULL;
    site->assets = NULL;
}

void service_site_report(const struct service_site *site, int problem, struct base_findings *findings)
{
    if (problem == ENOMEM || site->registry == NULL) {
        base_report_out_of_memory(findings, NULL);
        return;
    }
    if (site->assets_fd < 0 && workspace_place_report_links(&site->place, problem, findings)) {
        return;
    }
    char *index = workspace_assets_path(site->assets, WORKSPACE_REGISTRY_PATH, NULL);
    struct base_details details = {.place = {.file = index}, .actual = base_file_problem_text(problem)};
    findings->out_of_memory = findings->out_of_memory || index == NULL;
    if ((problem == ENOENT || problem == ENOTDIR) && site->assets_fd >= 0) {
        const struct workspace workspace = {
            .task = site->task, .assets_fd = site->assets_fd, .assets_path = site->assets};
        workspace_report_missing(&workspace, &site->place, index, findings);
    } else if (problem == ENOENT || problem == ENOTDIR) {
        workspace_place_report_missing(&site->place, base_task_directory(site->task), index, findings);
    } else if (problem == BASE_FILE_OUTSIDE_ROOT) {
        details.place.file = site->registry;
        details.expected = "a directory in assets/";
        details.actual = NULL;
        base_report(findings, DIAG_PATH_OUTSIDE, &details,
                    "the path is a link that is absolute or leads out of assets/");
    } else {
        base_report(findings, DIAG_ENVIRONMENT_READ, &details, "cannot open and lock the registry's directory");
    }
    free(index);
}
