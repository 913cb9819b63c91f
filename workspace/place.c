#include "workspace/place.h"

#include "base/descriptor.h"
#include "base/directory.h"
#include "base/file_problem.h"
#include "base/path.h"
#include "base/task.h"
#include "workspace/model/fields.h"
#include "workspace/search.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ASSETS "assets"

char *workspace_place_path(const struct workspace_place *place, const char *directory)
{
    struct base_text path = BASE_TEXT_EMPTY;
    if (directory[0] != '/') {
        base_path_add_directory(&path, place->project);
    }
    if (path.size > 0) {
        base_path_add(&path, "");
    }
    base_path_add_plain(&path, directory);
    return base_text_take(&path);
}

char *workspace_place_assets(const struct workspace_place *place)
{
    return workspace_place_path(place, place->assets != NULL ? place->assets : ASSETS);
}

int workspace_place_open_project(const struct workspace_place *place, int begin_fd, int *fd)
{
    return base_descriptor_open(fd, begin_fd, place->project[0] != '\0' ? place->project : ".", O_PATH | O_DIRECTORY);
}

int workspace_place_open_assets(const struct workspace_place *place, int begin_fd, int project_fd, int *fd)
{
    *fd = -1;
    if (place->assets == NULL) {
        return base_directory_open_below(fd, project_fd, ASSETS);
    }
    char *path = workspace_place_assets(place);
    int problem = path != NULL ? base_directory_open(fd, begin_fd, path) : ENOMEM;
    free(path);
    return problem;
}

int workspace_place_open_assets_alone(const struct workspace_place *place, int begin_fd, int *fd)
{
    int project_fd;
    *fd = -1;
    int problem = workspace_place_open_project(place, begin_fd, &project_fd);
    if (problem == 0) {
        problem = workspace_place_open_assets(place, begin_fd, project_fd, fd);
        (void)close(project_fd);
    }
    return problem;
}

void workspace_place_report_missing(const struct workspace_place *place, int begin_fd, const char *path,
                                    struct base_findings *findings)
{
    struct base_text above = BASE_TEXT_EMPTY;
    char *real = NULL;
    struct base_details details = {.place.file = path};
    if (place->assets != NULL) {
        details.cause = DIAG_CAUSE_WORKSPACE_NAMED;
    } else if (workspace_search(begin_fd, place->project, true, &above) == WORKSPACE_SEARCH_STRANGE) {
        /* In a directory that was named for this call, a relative path would mislead. */
        real = begin_fd != BASE_CURRENT_DIRECTORY ? base_directory_resolve(begin_fd, base_text_string(&above)) : NULL;
        details.cause = DIAG_CAUSE_WORKSPACE_STRANGE;
        details.subject = real != NULL ? real : base_text_string(&above);
    }
    base_report(findings, DIAG_WORKSPACE_MISSING, &details, "there is no registry");
    base_text_release(&above, &findings->out_of_memory);
    free(real);
}

void workspace_place_report_dangling(const char *path, struct base_findings *findings)
{
    const struct base_details details = {.place.file = path, .cause = DIAG_CAUSE_WORKSPACE_LINK};
    base_report(findings, DIAG_WORKSPACE_MISSING, &details, "the registry is a link, and nothing is where it leads");
}

void workspace_place_report_lost(const char *path, struct base_findings *findings)
{
    const struct base_details details = {.place.file = path, .cause = DIAG_CAUSE_WORKSPACE_LOST, .subject = path};
    base_report(findings, DIAG_WORKSPACE_MISSING, &details,
                "there is no registry, although directories of assets/ have an asset.json with a uuid");
}

bool workspace_place_report_links(const struct workspace_place *place, int problem, struct base_findings *findings)
{
    if (problem != BASE_FILE_OUTSIDE_ROOT && problem != ELOOP) {
        return false;
    }
    char *path = workspace_place_assets(place);
    const struct base_details details = {
        .place = {.file = path, .request_field = WORKSPACE_FIELD_ASSETS},
        .expected = "a directory of the project",
    };
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    base_report(findings, DIAG_PATH_OUTSIDE, &details, "the path is %s",
                problem == ELOOP ? "a loop of links" : "a link that is absolute or leads out of the project");
    free(path);
    return true;
}
