/* Attempts at prpack add in the test's directory. */
#ifndef PRPACK_TESTS_WORKSPACE_ATTEMPT_H
#define PRPACK_TESTS_WORKSPACE_ATTEMPT_H

#include "tests/workspace/fixture.h"
#include "workspace/edit/edit.h"

#define INDEX "assets/.prometeu/index.json"

extern const struct workspace_add_options nothing_said;

/* Plans the addition of one root, and carries the plan out: its files are written without any care, and the workspace
 * is opened anew. Whatever is found goes to findings. When nothing was added, *result is all zero. */
bool add_root(struct workspace *workspace, const char *root, const struct workspace_add_options *options,
              struct workspace_added *result, struct base_findings *findings);
/* Frees what *result owns, and empties it. */
void forget_added(struct workspace_added *result);

/* One such addition. */
struct attempt {
    struct workspace workspace;
    struct base_findings findings;
    struct workspace_added result;
    bool added;
};

struct attempt attempt_in(const char *directory, const char *root, const struct workspace_add_options *options);
struct attempt attempt(const char *root, const struct workspace_add_options *options);
void forget(struct attempt *attempt);

void empty_workspace(void);
/* A PNG as far as its sides. */
void put_png(const char *relative, uint8_t width, uint8_t height);

/* The add is refused with this finding alone, and the registry stays. `line` tells cases apart. */
void check_refused(const char *root, const struct workspace_add_options *options, const char *id, const char *file,
                   const char *says, unsigned line);

#endif
