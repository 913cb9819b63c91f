/* Why a root cannot be adopted, and which command goes on from there: docs/contracts/workspace.md, 8.9. */
#ifndef PRPACK_WORKSPACE_EDIT_ADOPTION_REFUSAL_H
#define PRPACK_WORKSPACE_EDIT_ADOPTION_REFUSAL_H

#include "workspace/declaration/identity.h"
#include "workspace/edit/addition.h"
#include "workspace/moved.h"

/* What the refusals of one request share: assets/ is looked through when the first of them needs it. Initialise
 * `workspace` and `findings`; free `moved`. */
struct workspace_refusals {
    const struct workspace *workspace;
    struct base_findings *findings;
    struct workspace_moved moved;
    bool looked;
};

/* The root is there, and has no asset.json. */
void workspace_refuse_bare(struct workspace_refusals *refusals, const struct workspace_addition *add);

/* The typed directory could not be found, which is the last finding: says where the asset is that was there. */
void workspace_refuse_gone(struct workspace_refusals *refusals, const struct workspace_addition *add);

/* The root is that of a record that does not get another one. `record`, which may be NULL, would get it. */
void workspace_refuse_taken(struct workspace_refusals *refusals, const struct workspace_addition *add,
                            const struct workspace_record *holder, const struct workspace_record *record);

/* The root lies inside another one or around it: that of `holder`, or, if that is NULL, another root of the request. */
void workspace_refuse_nested(struct workspace_refusals *refusals, const struct workspace_addition *add, bool inside,
                             const struct workspace_record *holder);

/* The uuid of the root is that of another asset, or of another root of the request: `others` are all roots that have
 * it, as the user would type them. */
void workspace_refuse_copy(struct workspace_refusals *refusals, const struct workspace_addition *add,
                           const struct workspace_identity *identity, const struct workspace_record *original);
void workspace_refuse_twice(struct workspace_refusals *refusals, const struct workspace_addition *add,
                            const struct workspace_identity *identity, const struct base_names *others);

void workspace_refusals_free(struct workspace_refusals *refusals);

#endif
