/* A project and a build on disk, described as records: the files before the build, and the changes to them
 * afterwards.
 *
 * A record is op (1 byte), place (1), total (4, little endian), given (2) and `given` bytes. What is written anew is
 * those bytes, filled up with zeros to `total`. Places are numbers, so no input names a path. */
#ifndef PRPACK_FUZZ_PROJECTS_PROJECT_H
#define PRPACK_FUZZ_PROJECTS_PROJECT_H

#include "fuzz/lib/harness.h"
#include "fuzz/naive/json.h"

enum { PROJECT_TAIL = 4 };

struct project {
    struct base_bytes records; /* borrowed */
};

/* Writes "project" in the scratch directory anew, and empties "first", by the records of the first kind. */
void project_unpack(const struct project *project);
/* Does what the other records say. Times of files that are written to are set to one that no file has by itself. */
void project_change(const struct project *project);
/* Changes one record, or puts in, takes out or repeats one. */
void project_mutate(struct fuzz_random *random, struct fuzz_text *records);

#endif
