#include "palettes/search.h"

#include "tests/lib/unit.h"
#include "tests/palettes/problems.h"

#include <stdio.h>

static struct problems problems;
static struct palettes_answer answer;

static enum palettes_outcome search(void)
{
    return palettes_search(&problems.problem, NULL, problems.of, &answer);
}

/* The search finds what trying everything finds, and its bound is never above it. */
static void check_small(unsigned number)
{
    struct palettes_problem unlimited = problems.problem;
    unlimited.limit = PALETTES_COUNT_MAX / 2;
    unsigned least = problems_least(&unlimited);
    enum palettes_outcome outcome = search();
    bool right =
        outcome == (least <= problems.problem.limit ? PALETTES_FIT : PALETTES_DO_NOT_FIT) && answer.bound <= least;
    if (right && outcome == PALETTES_FIT) {
        right = answer.count == least && problems_holds(&problems.problem, problems.of, answer.count);
    }
    if (!right) {
        (void)fprintf(stderr, "problem %u: outcome %d, %u palettes, bound %u, least %u\n", number, (int)outcome,
                      answer.count, answer.bound, least);
    }
    CHECK(right);
}

UNIT_TEST(small_problems_get_the_fewest_palettes)
{
    problems.random = 1;
    for (unsigned i = 0; i < 1500; i++) {
        unsigned most = 2 + problems_random(&problems, 7);
        problems_draw(&problems, &(struct problems_size){.sets = 1 + problems_random(&problems, 9),
                                                         .colours = 4 + problems_random(&problems, 30),
                                                         .least = 1,
                                                         .most = most});
        problems.problem.fresh.most = (uint16_t)(most + problems_random(&problems, PALETTES_SET_MAX - most + 1));
        problems.problem.limit = i % 5 == 0 ? problems_random(&problems, 4) : PALETTES_COUNT_MAX;
        check_small(i);
        CHECK(answer.bound == answer.count || problems.problem.limit < PALETTES_COUNT_MAX);
    }
}

UNIT_TEST(a_base_is_in_each_new_palette)
{
    problems.random = 2;
    for (unsigned i = 0; i < 300; i++) {
        problems_draw(&problems, &(struct problems_size){.sets = 1 + problems_random(&problems, 8),
                                                         .colours = 4 + problems_random(&problems, 20),
                                                         .least = 1,
                                                         .most = 5});
        struct palettes_room *fresh = &problems.problem.fresh;
        for (unsigned k = 1 + problems_random(&problems, 4); k > 0; k--) {
            (void)palettes_set_add(&fresh->has, (uint16_t)problems_random(&problems, problems.problem.colours));
        }
        fresh->most = (uint16_t)(fresh->has.size + 5);
        check_small(i);
    }
}

UNIT_TEST(free_entries_of_open_palettes_are_filled_first)
{
    problems.random = 3;
    for (unsigned i = 0; i < 300; i++) {
        problems_draw(&problems, &(struct problems_size){.sets = 1 + problems_random(&problems, 8),
                                                         .colours = 4 + problems_random(&problems, 20),
                                                         .least = 1,
                                                         .most = 5});
        problems.problem.fresh.most = 7;
        problems.problem.open = problems.open;
        problems.problem.open_count = 1 + problems_random(&problems, 3);
        problems.problem.limit = 20;
        for (size_t k = 0; k < problems.problem.open_count; k++) {
            struct palettes_room *open = &problems.open[k];
            open->has.size = 0;
            for (unsigned n = problems_random(&problems, 5); n > 0; n--) {
                (void)palettes_set_add(&open->has, (uint16_t)problems_random(&problems, problems.problem.colours));
            }
            open->most = (uint16_t)(open->has.size + problems_random(&problems, 4));
        }
        check_small(i);
    }
}

UNIT_TEST(no_set_needs_no_palette)
{
    problems.random = 4;
    problems_draw(&problems, &(struct problems_size){.sets = 0, .colours = 1, .least = 1, .most = 1});
    CHECK_U64(search(), PALETTES_FIT);
    CHECK_U64(answer.count, 0);
    CHECK_U64(answer.bound, 0);
}

UNIT_TEST(a_set_of_the_base_alone_needs_a_palette)
{
    problems.random = 4;
    problems_draw(&problems, &(struct problems_size){.sets = 2, .colours = 1, .least = 1, .most = 1});
    (void)palettes_set_add(&problems.problem.fresh.has, 0);
    CHECK_U64(search(), PALETTES_FIT);
    CHECK_U64(answer.count, 1);
    CHECK_U64(answer.bound, 1);
    CHECK(problems_holds(&problems.problem, problems.of, 1));
}

UNIT_TEST(new_palettes_are_numbered_by_the_first_set_that_needs_them)
{
    problems.random = 5;
    problems_draw(&problems, &(struct problems_size){.sets = 40, .colours = 60, .least = 9, .most = 12});
    CHECK_U64(search(), PALETTES_FIT);
    unsigned next = 0;
    for (size_t s = 0; s < problems.problem.count; s++) {
        CHECK(problems.of[s] <= next);
        next = problems.of[s] == next ? next + 1 : next;
    }
    CHECK_U64(next, answer.count);
}

/* Sheets that were made out of so many palettes need no more. */
UNIT_TEST(a_packed_sheet_is_packed_again)
{
    problems.random = 6;
    for (unsigned palettes = 4; palettes <= 32; palettes += 4) {
        problems_draw_packed(&problems, palettes,
                             &(struct problems_size){.sets = 512, .colours = 12 * palettes, .least = 6, .most = 14});
        CHECK_U64(search(), PALETTES_FIT);
        CHECK_U64(answer.count, palettes);
        CHECK(problems_holds(&problems.problem, problems.of, answer.count));
        CHECK(answer.bound <= answer.count);
    }
}

UNIT_TEST(the_same_problem_gets_the_same_answer)
{
    static uint16_t first[1024];
    problems.random = 7;
    problems_draw(&problems, &(struct problems_size){.sets = 60, .colours = 40, .least = 5, .most = 9});
    CHECK_U64(search(), PALETTES_FIT);
    memcpy(first, problems.of, sizeof first);
    struct palettes_answer before = answer;
    memset(problems.of, 0xA5, sizeof problems.of);
    CHECK_U64(search(), PALETTES_FIT);
    CHECK(memcmp(first, problems.of, problems.problem.count * sizeof first[0]) == 0);
    CHECK(before.count == answer.count && before.bound == answer.bound);
}

UNIT_TEST(a_cancelled_search_says_so)
{
    problems.random = 8;
    problems_draw(&problems, &(struct problems_size){.sets = 60, .colours = 40, .least = 5, .most = 9});
    struct base_task task = BASE_TASK_INIT;
    base_task_cancel(&task);
    CHECK_U64(palettes_search(&problems.problem, &task, problems.of, &answer), PALETTES_CANCELLED);
}
