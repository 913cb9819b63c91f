/* The file assets/.prometeu/ignore. */
#ifndef PRPACK_WORKSPACE_IGNORE_FILE_H
#define PRPACK_WORKSPACE_IGNORE_FILE_H

#include "workspace/ignore.h"
#include "workspace/workspace.h"

/* Reads the patterns of a workspace; without the file there are none. A file that cannot be read is a finding
 * (input-too-large, input-not-regular, path-outside, environment-read), and false; *ignore is then empty. */
bool workspace_ignore_load(struct workspace_ignore *ignore, const struct workspace *workspace,
                           struct base_findings *findings);

#endif
