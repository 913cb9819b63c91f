/* A build: the four artifacts of a scenario, as bytes in memory. */
#ifndef PRPACK_FUZZ_PROJECTS_BUILD_H
#define PRPACK_FUZZ_PROJECTS_BUILD_H

#include "base/findings.h"
#include "fuzz/naive/json.h"

enum build_file { BUILD_PACK, BUILD_TABLE, BUILD_PRELOAD, BUILD_METADATA, BUILD_FILES };

extern const char *const build_names[BUILD_FILES];

struct build {
    struct fuzz_text files[BUILD_FILES];
};

/* Packs "project" of the scratch directory into "directory" there, which is emptied before, with so many workers.
 * False, and findings, when the workspace or the writer refuses. */
bool build_write(const char *directory, unsigned jobs, struct base_findings *findings);
/* The same for another project of the scratch directory. */
bool build_write_from(const char *project, const char *directory, unsigned jobs, struct base_findings *findings);
void build_read(struct build *build, const char *directory);
/* Writes the files as they are in memory. */
void build_put(const struct build *build, const char *directory);
/* Makes a build of a scenario drawn from these bytes, which must be one that cannot be refused. */
void build_make(struct build *build, struct base_bytes bytes);
void build_free(struct build *build);

#endif
