/* The directory that a build publishes into: docs/contracts/artifact-ownership.md 3.
 *
 * An output in the project is opened below it, and no link is followed on the way. Another one has to be named by the
 * user; then the path is followed as the user typed it. */
#ifndef PRPACK_SERVICE_TRANSACTION_OUTPUT_H
#define PRPACK_SERVICE_TRANSACTION_OUTPUT_H

#include "service/transaction/directory.h"
#include "service/transaction/site.h"

/* Where builds publish unless they are told another directory; relative to the workspace. */
#define SERVICE_DEFAULT_OUTPUT "build"

struct service_output {
    char *path;     /* as messages name it; no doubled slash and none at the end */
    char *inside;   /* relative to the project, without links; "." is the project. NULL: the output is outside of it */
    int project_fd; /* borrowed from the site */
    int begin_fd;   /* where `path` begins, if it is relative; borrowed */
    size_t present; /* how much of the path that is opened was there before the build: service_directory_present */
};

/* What the user named, absolute or as seen from where the task runs; NULL: the default, in the project. False when
 * memory ran out. Free it in either case. */
bool service_output_find(struct service_output *output, const struct service_site *site, const char *directory);

/* A directory in the project, by its path from there. */
bool service_output_find_inside(struct service_output *output, const struct service_site *site, const char *inside);

void service_output_free(struct service_output *output);

/* The path by which the directory is opened, made and removed. Valid as long as the output. */
struct service_path service_output_where(const struct service_output *output);

/* The path of an output outside of the project from "/" on, without links; NULL for one inside, or when memory ran out.
 * The caller frees it. */
char *service_output_real(const struct service_output *output);

#endif
