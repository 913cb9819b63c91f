/* The roots of one `add` before they are settled: each is drafted from its files and checked, side by side. */
#ifndef PRPACK_WORKSPACE_EDIT_CANDIDATE_H
#define PRPACK_WORKSPACE_EDIT_CANDIDATE_H

#include "workspace/edit/addition.h"

struct workspace_candidate {
    struct workspace_addition add;
    bool drafted;                /* the addition is filled; else *found says why not */
    struct base_findings *found; /* about the root; NULL: nothing. Owned */
    uint64_t at_sources;         /* errors of the check, if `anyway` would make warnings of all of them; else 0 */
};

/* Makes one candidate for each root; *common has what all share. Free them in either case. False, with the
 * reason in findings, when memory ran out; and when the task was cancelled. */
bool workspace_candidates_make(const struct workspace_addition *common, const char *const *roots, size_t count,
                               struct workspace_candidate **candidates, struct base_findings *findings);
/* Accepts NULL. */
void workspace_candidates_free(struct workspace_candidate *candidates, size_t count);

/* Moves findings to the heap; NULL, and *findings unchanged, when memory ran out. */
struct base_findings *workspace_findings_aside(struct base_findings *findings);
/* Accepts NULL. */
void workspace_findings_free(struct base_findings *aside);

#endif
