/* How many findings there are, of each kind and file.
 *
 * Findings beyond those that a list keeps are known by these counts alone. The memory of a tally is bounded by the
 * number of different files and ids that were counted. Threads: one at a time. */
#ifndef PRPACK_BASE_TALLY_H
#define PRPACK_BASE_TALLY_H

#include "base/diagnostic.h"
#include "base/index.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum base_severity { BASE_ERROR, BASE_WARNING };

/* What is counted together. */
struct base_tally_kind {
    enum diag diagnostic;
    enum diag_class class_;
    enum base_severity severity;
    bool promoted; /* it was a warning, and counts as an error: base/policy.h */
    bool ignored;  /* it does not count: base/policy.h */
};

struct base_tally_count {
    struct base_tally_kind kind;
    uint64_t count;
};

struct base_tally_file {
    char *name;       /* NULL: findings that name no file */
    bool has_asset;   /* all findings are about the asset `asset_id` */
    bool mixed;       /* they are not about one asset */
    int64_t asset_id; /* with has_asset */
    struct base_tally_count *counts;
    size_t count;
    size_t capacity;
};

/* Zero-initialise. */
struct base_tally {
    struct base_tally_file *files; /* in the order in which they were first counted */
    size_t count;
    size_t capacity;
    struct base_index index; /* of the names; private, like the next two */
    size_t last;             /* the file that was counted last */
    size_t nameless;         /* 1 + the index of the file without a name; 0: there is none */
};

/* Counts a finding of that file, which may be NULL, and asset, which may be NULL. False when memory ran out: then it is
 * not counted. */
bool base_tally_add(struct base_tally *tally, const char *file, const int64_t *asset_id, struct base_tally_kind kind);

/* Adds what was counted for the asset `from` to the asset *to, or to no known asset (NULL). */
void base_tally_set_asset(struct base_tally *tally, int64_t from, const int64_t *to);

/* Adds all counts of `from`, whose files come after those that `to` has, and empties `from`. False when memory ran out:
 * then some of them are not counted. */
bool base_tally_move(struct base_tally *to, struct base_tally *from);

/* Those of a file that are not ignored. */
uint64_t base_tally_of_file(const struct base_tally_file *file, enum base_severity severity);

void base_tally_free(struct base_tally *tally);

#endif
