/* Where a workspace lies, and how its assets/ is opened: docs/contracts/workspace.md 1. */
#ifndef PRPACK_WORKSPACE_PLACE_H
#define PRPACK_WORKSPACE_PLACE_H

#include "base/findings.h"

/* As the user named it. The strings are borrowed. */
struct workspace_place {
    const char *project; /* the project directory; "" is "." */
    const char *assets;  /* the directory in place of its assets/, absolute or as seen from the project; NULL: none */
};

/* A project with its own assets/. */
#define WORKSPACE_IN(directory) (&(const struct workspace_place){.project = (directory)})

/* The path of a directory as the user would type it, for messages. `directory` is absolute or as seen from the project.
 * Caller frees; NULL when memory ran out. */
char *workspace_place_path(const struct workspace_place *place, const char *directory);

/* The path of assets/ as the user would type it, for messages and for workspace_assets_path. Caller frees; NULL when
 * memory ran out. */
char *workspace_place_assets(const struct workspace_place *place);

/* These open directories; begin_fd is where a relative path begins (base/directory.h). They return 0, an errno value or
 * a base_file_problem; *fd is -1 after a failure.
 *
 * The project directory, as a place where paths begin: it needs no right to be read. */
int workspace_place_open_project(const struct workspace_place *place, int begin_fd, int *fd);
/* assets/ of the open project. Links are followed inside of the project only (BASE_FILE_OUTSIDE_ROOT), unless the user
 * named the directory. */
int workspace_place_open_assets(const struct workspace_place *place, int begin_fd, int project_fd, int *fd);
/* assets/ alone: opens the project for that, and closes it. */
int workspace_place_open_assets_alone(const struct workspace_place *place, int begin_fd, int *fd);

/* Adds workspace-missing: there is no registry at `path`, which may be NULL. Names a registry in a directory above
 * that is not used because another user owns it. */
void workspace_place_report_missing(const struct workspace_place *place, int begin_fd, const char *path,
                                    struct base_findings *findings);

/* Adds workspace-missing: the registry at `path`, which may be NULL, is a link that leads nowhere. */
void workspace_place_report_dangling(const char *path, struct base_findings *findings);

/* Adds workspace-missing: there is no registry at `path`, which may be NULL, and directories of assets/ have an
 * asset.json with a uuid, so there was one. */
void workspace_place_report_lost(const char *path, struct base_findings *findings);

/* Whether assets/ could not be opened because of links; if so, it says that: path-outside. */
bool workspace_place_report_links(const struct workspace_place *place, int problem, struct base_findings *findings);

#endif
