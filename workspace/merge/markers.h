/* A text in which version control has left conflicts, taken apart into the texts of the two sides.
 *
 * A conflict is what lies between a line of seven or more "<" and one of as many ">". Both conflict styles of git are
 * read: the one with base between the sides ("|||||||"), and the one without. */
#ifndef PRPACK_WORKSPACE_MERGE_MARKERS_H
#define PRPACK_WORKSPACE_MERGE_MARKERS_H

#include "base/text.h"
#include "workspace/merge/row.h"

/* Parts of a side's text, in rising order: what the other side has removed, as a label of prpack says. */
struct workspace_merge_span {
    size_t begin, end;
};

struct workspace_merge_spans {
    struct workspace_merge_span *items;
    size_t count;
    size_t capacity;
};

struct workspace_merge_parts {
    struct base_text sides[WORKSPACE_MERGE_SIDES];
    struct base_text base;
    size_t count;    /* of conflicts */
    size_t based;    /* of them, how many have base between the sides */
    size_t first_at; /* where the first one begins */
    bool unclear;    /* the lines are not in the order in which version control writes them, or lie inside each other */
    size_t unclear_at; /* the first line that is not; that of the last conflict if its end is missing */
    struct workspace_merge_spans removed[WORKSPACE_MERGE_SIDES]; /* in the text of that side */
    bool out_of_memory;
};

/* Takes a text apart. Free the parts in any case. */
void workspace_merge_take_apart(struct base_bytes text, struct workspace_merge_parts *parts);

/* Whether the position in the text of a side lies in what the other side has removed. */
bool workspace_merge_is_removed(const struct workspace_merge_parts *parts, enum workspace_merge_side side,
                                size_t position);
void workspace_merge_parts_free(struct workspace_merge_parts *parts);

#endif
