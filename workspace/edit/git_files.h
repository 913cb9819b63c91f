/* The files for git beside the registry: docs/contracts/workspace.md, 5. */
#ifndef PRPACK_WORKSPACE_EDIT_GIT_FILES_H
#define PRPACK_WORKSPACE_EDIT_GIT_FILES_H

#include "workspace/edit/plan.h"

/* Adds steps for .gitignore, if nothing has the name, and with `git` for .gitattributes. With `git`, files that are
 * there get the lines that they lack; all else of them stays, but for a .gitignore that an earlier prpack wrote.
 * root_fd is where the path `assets` begins. False with the reason in findings. */
bool workspace_plan_git_files(int root_fd, const char *assets, bool git, struct workspace_plan *plan,
                              struct base_findings *findings);

/* What a new .gitignore has. Static storage. */
struct base_bytes workspace_gitignore(void);

#endif
