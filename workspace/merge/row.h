/* A merge of two registries as rows: docs/contracts/workspace.md, 8.13.
 *
 * Everything in it is borrowed from the registries, but for its arrays. Threads: one at a time. */
#ifndef PRPACK_WORKSPACE_MERGE_ROW_H
#define PRPACK_WORKSPACE_MERGE_ROW_H

#include "workspace/model/model.h"

enum workspace_merge_side { WORKSPACE_MERGE_OURS, WORKSPACE_MERGE_THEIRS, WORKSPACE_MERGE_SIDES };

/* The roots of a base need not be known: "" is a root that differs from every other one. */
struct workspace_merge_input {
    const struct workspace_registry *base;
    const struct workspace_registry *sides[WORKSPACE_MERGE_SIDES];
};

enum workspace_merge_conflict {
    WORKSPACE_MERGE_NO_CONFLICT,
    WORKSPACE_MERGE_MOVED,   /* the two sides have it at different places, and neither is that of base */
    WORKSPACE_MERGE_REMOVED, /* one side has removed it, the other one has moved it */
    WORKSPACE_MERGE_ROOT     /* its root is that of another record, or one lies inside the other */
};

/* One asset. */
struct workspace_merge_row {
    const char *asset_uuid;
    const struct workspace_record *base; /* NULL where it is not there; likewise: */
    const struct workspace_record *sides[WORKSPACE_MERGE_SIDES];
    bool kept; /* it is in the result, if only between markers */
    enum workspace_merge_conflict conflict;
    bool apart;                              /* the sides are shown apart */
    const struct workspace_merge_row *other; /* of WORKSPACE_MERGE_ROOT */
    struct workspace_record merged;          /* of a row that is kept; its root is one of the two in a conflict */
    size_t first_line, last_line;            /* of a row that is shown apart: of its markers; set by printing */
};

struct workspace_merge {
    struct workspace_merge_row *rows; /* in rising uuid */
    size_t count;
    struct workspace_merge_row **kept; /* in rising id */
    size_t kept_count;
    size_t conflicts;
    /* Two rows that are in each other's way on one side, whichever version is taken; NULL: there are none, so taking
     * one side in each conflict gives a registry. Only where a side had two such records itself. */
    const struct workspace_merge_row *meeting[2];
    int64_t next_asset_id;
    const char *schema; /* or NULL */
};

#define WORKSPACE_MERGE_EMPTY ((struct workspace_merge){.rows = NULL})

/* The version of a row that a side has, as it is shown between markers: with the new id. False: the side does not have
 * it. */
bool workspace_merge_version(const struct workspace_merge_row *row, enum workspace_merge_side side,
                             struct workspace_record *version);

/* The id that a side had; that of the result where the side does not have it. */
int32_t workspace_merge_old_id(const struct workspace_merge_row *row, enum workspace_merge_side side);

/* Whether the row has another id than a side had. */
bool workspace_merge_is_renumbered(const struct workspace_merge_row *row);

#endif
