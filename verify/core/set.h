/* The artifacts of one build by name: in their directory, and in the one from which a build that was interrupted would
 * have moved them there. Nothing is written, and no link is followed out of the latter. */
#ifndef PRPACK_VERIFY_CORE_SET_H
#define PRPACK_VERIFY_CORE_SET_H

#include "base/file.h"

struct verify_set {
    int root_fd;           /* where `directory`, when it is relative, begins */
    const char *directory; /* borrowed */
    const char *shown;     /* what findings call it; borrowed */
    int pending_fd;        /* the directory whose files take the place of those in `directory`, or -1 */
};

/* `pending` is a name in `directory`, or NULL. What has the name counts if it is a directory, and not a link to one.
 * Findings call the directory as it is opened; the caller may set another name afterwards. Returns 0, or an errno value
 * when that cannot be found out; close the set in any case. */
int verify_set_open(struct verify_set *set, int root_fd, const char *directory, const char *pending);
void verify_set_close(struct verify_set *set);

/* Whether there is something of this name. False with *problem set when that cannot be found out. */
bool verify_set_has(const struct verify_set *set, const char *name, int *problem);

/* Opens an artifact. Returns like base_file_open, or ENOMEM. */
int verify_set_open_file(const struct verify_set *set, const char *name, struct base_file *file);

#endif
