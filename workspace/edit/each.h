/* Lists the files of a directory, each of which becomes an asset of its own: docs/contracts/workspace.md, 6.7. */
#ifndef PRPACK_WORKSPACE_EDIT_EACH_H
#define PRPACK_WORKSPACE_EDIT_EACH_H

#include "workspace/edit/each_file.h"
#include "workspace/edit/edit.h"

struct workspace_each {
    struct workspace_each_file *files; /* directories in the order of the request, the files of each in natural order */
    size_t count;
    size_t capacity;
};

#define WORKSPACE_EACH_EMPTY ((struct workspace_each){.files = NULL})

/* Lists the files in the directories that the type of the options takes: sounds, unless another type is asked for.
 * Hidden files, asset.json and what is meant to stay out do not count. Sub-directories with pictures or sounds that are
 * not registered get a warning. A directory that is refused is one entry, and workspace_plan_add says why. False with
 * the reason in findings: the options are wrong, what is meant to stay out cannot be read, or memory ran out. Free
 * *each in either case. */
bool workspace_each_list(const struct workspace *workspace, const char *const *directories, size_t count,
                         const struct workspace_add_options *options, struct workspace_each *each,
                         struct base_findings *findings);

void workspace_each_free(struct workspace_each *each);

#endif
