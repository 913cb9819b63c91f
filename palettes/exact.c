#include "palettes/exact.h"

#include "palettes/packing.h"

#include <stdlib.h>
#include <string.h>

enum { GROUPS_MAX = 20000 };

/* One palette that is decided. Groups of a level: those that can still be in a solution. */
struct level {
    uint32_t *groups;
    size_t count;
    uint64_t left;    /* weight of the sets that have no palette yet */
    size_t uncovered; /* how many these are */
    size_t branch;    /* the set that this level gives a palette to */
    uint32_t group;   /* that it has got */
};

struct exact {
    const struct palettes_problem *problem;
    const uint64_t *weights;
    uint64_t most;
    struct palettes_columns groups;
    struct level levels[PALETTES_COUNT_MAX + 1];
    uint32_t *space;   /* of `groups` of all levels */
    uint16_t *of;      /* of each set: its palette, which is the level that gave it one; or PALETTES_NOWHERE */
    uint64_t *fresh;   /* of each group: the weight of its sets without a palette */
    uint32_t *chances; /* of each set: groups of the level that have it */
    unsigned count;
};

static bool begin(struct exact *exact)
{
    size_t sets = exact->problem->count;
    size_t groups = exact->groups.count;
    exact->space = calloc((groups + 1) * (exact->count + 1), sizeof *exact->space);
    exact->fresh = calloc(groups + 1, sizeof *exact->fresh);
    exact->chances = calloc(sets + 1, sizeof *exact->chances);
    if (exact->space == NULL || exact->fresh == NULL || exact->chances == NULL) {
        return false;
    }
    for (unsigned i = 0; i <= exact->count; i++) {
        exact->levels[i].groups = exact->space + (groups + 1) * i;
    }
    for (size_t g = 0; g < groups; g++) {
        exact->levels[0].groups[g] = (uint32_t)g;
    }
    exact->levels[0].count = groups;
    exact->levels[0].uncovered = sets;
    return true;
}

static void end(struct exact *exact)
{
    palettes_columns_free(&exact->groups);
    free(exact->space);
    free(exact->fresh);
    free(exact->chances);
}

/* Drops the groups of a level that waste too much, and counts the chances of each set. Returns the steps that it took.
 */
static uint64_t filter(struct exact *exact, struct level *level, unsigned palettes_left)
{
    uint64_t hold = exact->most * (palettes_left - 1);
    uint64_t least = level->left > hold ? level->left - hold : 0;
    uint64_t steps = exact->problem->count;
    size_t kept = 0;
    memset(exact->chances, 0, exact->problem->count * sizeof *exact->chances);
    for (size_t i = 0; i < level->count; i++) {
        uint32_t group = level->groups[i];
        const uint16_t *members = exact->groups.members;
        size_t first = palettes_column_begin(&exact->groups, group);
        size_t last = exact->groups.ends[group];
        uint64_t fresh = 0;
        for (size_t k = first; k < last; k++) {
            fresh += exact->of[members[k]] == PALETTES_NOWHERE ? exact->weights[members[k]] : 0;
        }
        steps += 2 * (last - first) + 4;
        if (fresh < least) {
            continue;
        }
        exact->fresh[group] = fresh;
        level->groups[kept++] = group;
        for (size_t k = first; k < last; k++) {
            exact->chances[members[k]]++;
        }
    }
    level->count = kept;
    return steps;
}

/* The set without a palette that has the fewest chances. */
static size_t choose_set(const struct exact *exact)
{
    size_t best = SIZE_MAX;
    for (size_t s = 0; s < exact->problem->count; s++) {
        if (exact->of[s] == PALETTES_NOWHERE && (best == SIZE_MAX || exact->chances[s] < exact->chances[best])) {
            best = s;
        }
    }
    return best;
}

static bool group_has(const struct exact *exact, uint32_t group, size_t set)
{
    bool has = false;
    for (size_t k = palettes_column_begin(&exact->groups, group); k < exact->groups.ends[group]; k++) {
        has = has || exact->groups.members[k] == set;
    }
    return has;
}

/* The best group with the set of a level: it is taken off the level, because what follows decides all solutions with
 * it. False when there is none. */
static bool next_group(const struct exact *exact, struct level *level)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < level->count; i++) {
        uint32_t group = level->groups[i];
        if ((best == SIZE_MAX || exact->fresh[group] > exact->fresh[level->groups[best]]) &&
            group_has(exact, group, level->branch)) {
            best = i;
        }
    }
    if (best == SIZE_MAX) {
        return false;
    }
    level->group = level->groups[best];
    level->groups[best] = level->groups[--level->count];
    return true;
}

static void enter(struct exact *exact, unsigned depth)
{
    const struct level *from = &exact->levels[depth];
    struct level *to = &exact->levels[depth + 1];
    to->left = from->left;
    to->uncovered = from->uncovered;
    for (size_t k = palettes_column_begin(&exact->groups, from->group); k < exact->groups.ends[from->group]; k++) {
        uint16_t set = exact->groups.members[k];
        if (exact->of[set] == PALETTES_NOWHERE) {
            exact->of[set] = (uint16_t)depth;
            to->left -= exact->weights[set];
            to->uncovered--;
        }
    }
    memcpy(to->groups, from->groups, from->count * sizeof *to->groups);
    to->count = from->count;
}

static void leave(struct exact *exact, unsigned depth)
{
    const struct level *level = &exact->levels[depth];
    for (size_t k = palettes_column_begin(&exact->groups, level->group); k < exact->groups.ends[level->group]; k++) {
        uint16_t set = exact->groups.members[k];
        if (exact->of[set] == depth) {
            exact->of[set] = PALETTES_NOWHERE;
        }
    }
}

/* Looks for a solution in the groups. */
static enum palettes_verdict search(struct exact *exact, struct palettes_effort *effort)
{
    unsigned depth = 0;
    bool fresh = true; /* the level was entered just now */
    for (;;) {
        struct level *level = &exact->levels[depth];
        if (level->uncovered == 0) {
            return PALETTES_YES;
        }
        bool open = depth < exact->count;
        uint64_t steps = 4 * level->count + 20;
        if (open) {
            steps += filter(exact, level, exact->count - depth);
        }
        if (open && fresh) {
            level->branch = choose_set(exact);
        }
        if (!palettes_effort_take(effort, steps)) {
            return PALETTES_UNKNOWN;
        }
        if (open && next_group(exact, level)) {
            enter(exact, depth++);
            fresh = true;
            continue;
        }
        if (depth == 0) {
            return PALETTES_NO;
        }
        leave(exact, --depth);
        fresh = false;
    }
}

enum palettes_verdict palettes_exact(struct palettes_relax *relax, unsigned count, uint16_t *of,
                                     struct palettes_effort *effort)
{
    if (relax->most == UINT64_MAX || count > PALETTES_COUNT_MAX) {
        return PALETTES_UNKNOWN;
    }
    uint64_t hold = relax->most * count;
    if (relax->sum > hold) {
        return PALETTES_NO;
    }
    struct exact exact = {
        .problem = relax->problem, .weights = relax->weights, .most = relax->most, .of = of, .count = count};
    for (size_t s = 0; s < relax->problem->count; s++) {
        of[s] = PALETTES_NOWHERE;
    }
    uint64_t slack = hold - relax->sum;
    uint64_t worth = relax->most > slack ? relax->most - slack - 1 : 0;
    bool complete;
    bool fine = palettes_price_all(relax->price, relax->weights, worth, GROUPS_MAX, &exact.groups, &complete, effort) &&
                begin(&exact);
    enum palettes_verdict verdict = PALETTES_EXACT_NO_MEMORY;
    if (fine) {
        exact.levels[0].left = relax->sum;
        verdict = search(&exact, effort);
    }
    end(&exact);
    return verdict == PALETTES_NO && !complete ? PALETTES_UNKNOWN : verdict;
}
