/* The artifacts, and what lies where they go. */
#ifndef PRPACK_SERVICE_TRANSACTION_TARGETS_H
#define PRPACK_SERVICE_TRANSACTION_TARGETS_H

#include "base/findings.h"

/* The whole set. assets.pa comes last, so that its time of change is that of the set. */
enum { SERVICE_ARTIFACT_COUNT = 4 };
extern const char *const service_artifacts[SERVICE_ARTIFACT_COUNT];

/* Whether each artifact can be renamed into an open directory: over a file, a link or anything else that a rename
 * replaces, but not over a directory, a mount point, or what the kernel protects. Returns 0, or why not: EISDIR, EBUSY,
 * EPERM or another errno value; *name is then the artifact. */
int service_targets_check(int directory_fd, const char **name);

/* Whether nothing is in the way of an artifact; else says what is. What the user may not do is not asked: a check may
 * be run by a user who only reads. */
bool service_targets_are_free(int directory_fd, const char *directory, struct base_findings *findings);

/* Says that an artifact in `directory` cannot be replaced. */
void service_targets_report(const char *directory, const char *name, int problem, struct base_findings *findings);

#endif
