#include "palettes/conflict.h"

#include "palettes/search.h"
#include "tests/lib/unit.h"
#include "tests/palettes/problems.h"

#include <stdio.h>

static struct problems problems;

/* The sets of a conflict as a problem of their own. */
static struct palettes_problem members_of(const struct palettes_conflict *conflict, struct palettes_set *sets)
{
    struct palettes_problem members = problems.problem;
    for (size_t i = 0; i < conflict->count; i++) {
        sets[i] = problems.sets[conflict->sets[i]];
    }
    members.sets = sets;
    members.count = conflict->count;
    members.limit = PALETTES_COUNT_MAX / 2;
    return members;
}

UNIT_TEST(a_conflict_needs_more_palettes_than_there_may_be)
{
    problems.random = 31;
    unsigned found = 0;
    for (unsigned i = 0; i < 400; i++) {
        problems_draw(&problems, &(struct problems_size){.sets = 2 + problems_random(&problems, 8),
                                                         .colours = 6 + problems_random(&problems, 20),
                                                         .least = 2,
                                                         .most = 6});
        problems.problem.fresh.most = 7;
        problems.problem.limit = 1 + problems_random(&problems, 3);
        struct palettes_answer answer;
        if (palettes_search(&problems.problem, NULL, problems.of, &answer) != PALETTES_DO_NOT_FIT) {
            continue;
        }
        struct palettes_conflict conflict;
        struct palettes_set sets[16];
        REQUIRE(palettes_conflict_find(&conflict, &problems.problem, NULL));
        struct palettes_problem members = members_of(&conflict, sets);
        CHECK(conflict.count > problems.problem.limit);
        CHECK(problems_least(&members) > problems.problem.limit);
        palettes_conflict_free(&conflict);
        found++;
    }
    CHECK(found > 100);
}

/* Without its excess, a set of a conflict fits beside the others. */
UNIT_TEST(the_excess_is_what_is_too_many)
{
    static const struct palettes_set sets[] = {
        {.size = 3, .colours = {1, 2, 3}},
        {.size = 3, .colours = {3, 4, 5}},
        {.size = 1, .colours = {1}},
    };
    struct palettes_problem problem = {.sets = sets, .count = 3, .colours = 6, .fresh.most = 4, .limit = 1};
    struct palettes_conflict conflict;
    REQUIRE(palettes_conflict_find(&conflict, &problem, NULL));
    CHECK(conflict.proved);
    REQUIRE(conflict.count == 2);
    CHECK_U64(conflict.sets[0], 0);
    CHECK_U64(conflict.sets[1], 1);
    CHECK_U64(conflict.excess[0], 1);
    CHECK_U64(conflict.excess[1], 1);
    palettes_conflict_free(&conflict);
}

/* Any two of these fit together, and all three do not. */
UNIT_TEST(a_conflict_of_three_has_no_pair)
{
    static const struct palettes_set sets[] = {
        {.size = 2, .colours = {1, 2}},
        {.size = 2, .colours = {3, 4}},
        {.size = 2, .colours = {5, 6}},
    };
    struct palettes_problem problem = {.sets = sets, .count = 3, .colours = 7, .fresh.most = 4, .limit = 1};
    struct palettes_conflict conflict;
    REQUIRE(palettes_conflict_find(&conflict, &problem, NULL));
    CHECK(conflict.proved);
    CHECK_U64(conflict.count, 3);
    CHECK_U64(conflict.excess[2], 2);
    palettes_conflict_free(&conflict);
}
