#include "service/transaction/output.h"

#include "base/directory.h"
#include "base/path.h"
#include "workspace/path.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What of a real path comes after the real path of the project: "" for the project itself, NULL outside of it. */
static const char *after_project(const char *real, const char *project)
{
    if (strcmp(project, "/") == 0) {
        return real + 1;
    }
    if (!workspace_path_within(real, project)) {
        return NULL;
    }
    const char *rest = real + strlen(project);
    return *rest == '/' ? rest + 1 : rest;
}

/* Joins what is there and what is to be made. Returns NULL when that leaves the project, or memory ran out. */
static char *join_inside(const char *there, const char *made)
{
    struct base_text path = BASE_TEXT_EMPTY;
    base_text_add_string(&path, there);
    made += *made == '/' ? 1 : 0;
    if (*made != '\0') {
        base_path_add(&path, made);
    }
    if (path.size == 0) {
        base_text_add_string(&path, ".");
    }
    char *inside = base_text_take(&path);
    if (inside != NULL && strcmp(inside, ".") != 0 && workspace_path_fault(inside) != NULL) {
        free(inside);
        inside = NULL;
    }
    return inside;
}

/* What of the path is there, from "/" on and without links. */
static char *resolve_present(const struct service_output *output, size_t present)
{
    char *there = present > 0 ? strndup(output->path, present) : strdup(".");
    char *real = there != NULL ? base_directory_resolve(output->begin_fd, there) : NULL;
    free(there);
    return real;
}

/* The path from the project, when the links on the way lead into it. */
static char *resolve_inside(const struct service_output *output, const struct service_site *site)
{
    const struct service_path path = {.root_fd = output->begin_fd, .path = output->path};
    size_t present = service_directory_present(&path);
    char *real = resolve_present(output, present);
    char *project =
        base_directory_resolve(output->begin_fd, site->place.project[0] != '\0' ? site->place.project : ".");
    const char *rest = real != NULL && project != NULL ? after_project(real, project) : NULL;
    char *inside = rest != NULL ? join_inside(rest, output->path + present) : NULL;
    free(project);
    free(real);
    return inside;
}

/* Whether a path from the project is free of links, as far as it is there. */
static bool is_plain(const struct service_site *site, const char *directory)
{
    const struct service_path path = {.root_fd = site->project_fd, .path = directory, .below = true};
    int fd = -1;
    bool plain = workspace_path_fault(directory) == NULL &&
                 service_directory_open_first(&path, service_directory_present(&path), &fd) == 0;
    if (fd >= 0) {
        (void)close(fd);
    }
    return plain;
}

/* Whether the project directory is where relative paths begin. */
static bool begins_in_project(const struct service_site *site)
{
    const char *project = site->place.project;
    return project[0] == '\0' || strcmp(project, ".") == 0;
}

/* Sets everything but the two paths. */
static void begin(struct service_output *output, const struct service_site *site)
{
    *output = (struct service_output){
        .project_fd = site->project_fd,
        .begin_fd = base_task_directory(site->task),
    };
}

static void look(struct service_output *output)
{
    const struct service_path where = service_output_where(output);
    output->present = service_directory_present(&where);
}

bool service_output_find_inside(struct service_output *output, const struct service_site *site, const char *inside)
{
    begin(output, site);
    output->path = workspace_place_path(&site->place, inside);
    if (output->path == NULL) {
        return false;
    }
    output->inside = strdup(inside);
    if (output->inside != NULL) {
        look(output);
    }
    return output->inside != NULL;
}

bool service_output_find(struct service_output *output, const struct service_site *site, const char *directory)
{
    if (directory == NULL || (begins_in_project(site) && is_plain(site, directory))) {
        return service_output_find_inside(output, site, directory != NULL ? directory : SERVICE_DEFAULT_OUTPUT);
    }
    struct base_text typed = BASE_TEXT_EMPTY;
    base_path_add_plain(&typed, directory);
    begin(output, site);
    output->path = base_text_take(&typed);
    if (output->path == NULL) {
        return false;
    }
    output->inside = resolve_inside(output, site);
    look(output);
    return true;
}

void service_output_free(struct service_output *output)
{
    free(output->path);
    free(output->inside);
    output->path = NULL;
    output->inside = NULL;
}

struct service_path service_output_where(const struct service_output *output)
{
    bool inside = output->inside != NULL;
    return (struct service_path){
        .root_fd = inside ? output->project_fd : output->begin_fd,
        .path = inside ? output->inside : output->path,
        .below = inside,
    };
}

char *service_output_real(const struct service_output *output)
{
    if (output->inside != NULL) {
        return NULL;
    }
    char *real = resolve_present(output, output->present);
    if (real == NULL) {
        return strdup(output->path);
    }
    const char *made = output->path + output->present;
    made += *made == '/' ? 1 : 0;
    char *whole = *made != '\0' ? base_path_join(real, made) : strdup(real);
    free(real);
    return whole;
}
