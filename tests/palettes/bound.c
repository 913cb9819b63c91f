#include "palettes/bound.h"

#include "tests/lib/unit.h"
#include "tests/palettes/problems.h"

static struct problems problems;

/* Four sets of fifteen colours of their own, one palette that is open and has room for one of them. */
UNIT_TEST(an_open_palette_stands_in_for_one_new_palette)
{
    problems.random = 1;
    problems_draw(&problems, &(struct problems_size){.sets = 4, .colours = 60, .least = 1, .most = 1});
    for (unsigned s = 0; s < 4; s++) {
        problems.sets[s].size = 0;
        for (unsigned i = 0; i < PALETTES_SET_MAX; i++) {
            CHECK(palettes_set_add(&problems.sets[s], (uint16_t)(s * PALETTES_SET_MAX + i)));
        }
    }
    problems.open[0] = (struct palettes_room){.most = PALETTES_SET_MAX};
    problems.problem.open = problems.open;
    problems.problem.open_count = 1;
    unsigned bound = 0;
    struct palettes_effort effort = {.left = UINT64_C(1000000000)};
    CHECK(palettes_bound_with_open(&problems.problem, &bound, &effort));
    CHECK_U64(bound, 3);
}

UNIT_TEST(sets_without_room_in_open_palettes_need_new_ones)
{
    problems.random = 1;
    problems_draw(&problems, &(struct problems_size){.sets = 3, .colours = 20, .least = 1, .most = 1});
    problems.sets[0] = (struct palettes_set){.size = 2, .colours = {1, 2}};
    problems.sets[1] = (struct palettes_set){.size = 2, .colours = {2, 3}};
    problems.sets[2] = (struct palettes_set){.size = 1, .colours = {9}};
    problems.open[0] = (struct palettes_room){.has = {.size = 1, .colours = {7}}, .most = 2};
    problems.problem.open = problems.open;
    problems.problem.open_count = 1;
    problems.problem.fresh = (struct palettes_room){.has = {.size = 1, .colours = {2}}, .most = 3};
    struct palettes_set copy[3];
    REQUIRE(palettes_copy_homeless(&problems.problem, copy) == 2);
    CHECK(copy[0].size == 1 && copy[0].colours[0] == 1);
    CHECK(copy[1].size == 1 && copy[1].colours[0] == 3);
    unsigned bound = 0;
    struct palettes_effort effort = {.left = UINT64_C(1000000000)};
    CHECK(palettes_bound_with_open(&problems.problem, &bound, &effort));
    CHECK_U64(bound, 1);
}
