#include "palettes/price.h"

#include "tests/lib/unit.h"
#include "tests/palettes/problems.h"

static struct problems problems;

/* The most weight that sets of one palette have, by trying all groups of sets. */
static uint64_t most_by_trying(const uint64_t *weights)
{
    uint64_t most = 0;
    const struct palettes_problem *problem = &problems.problem;
    for (uint32_t group = 0; group < UINT32_C(1) << problem->count; group++) {
        uint64_t colours = 0;
        uint64_t value = 0;
        for (size_t s = 0; s < problem->count; s++) {
            for (unsigned i = 0; (group >> s & 1) != 0 && i < problem->sets[s].size; i++) {
                colours |= UINT64_C(1) << problem->sets[s].colours[i];
            }
            value += (group >> s & 1) != 0 ? weights[s] : 0;
        }
        most = (unsigned)__builtin_popcountll(colours) <= problem->fresh.most && value > most ? value : most;
    }
    return most;
}

static uint64_t value_of(const struct palettes_columns *columns, size_t column, const uint64_t *weights)
{
    uint64_t value = 0;
    for (size_t i = palettes_column_begin(columns, column); i < columns->ends[column]; i++) {
        value += weights[columns->members[i]];
    }
    return value;
}

static void draw(uint64_t *weights)
{
    problems_draw(&problems, &(struct problems_size){.sets = 1 + problems_random(&problems, 10),
                                                     .colours = 5 + problems_random(&problems, 25),
                                                     .least = 1,
                                                     .most = 6});
    problems.problem.fresh.most = (uint16_t)(6 + problems_random(&problems, 7));
    for (size_t s = 0; s < problems.problem.count; s++) {
        weights[s] = problems_random(&problems, 8);
    }
}

UNIT_TEST(the_best_group_is_the_best_of_all)
{
    problems.random = 11;
    for (unsigned i = 0; i < 500; i++) {
        uint64_t weights[16] = {0};
        draw(weights);
        struct palettes_price *price = palettes_price_create(&problems.problem);
        struct palettes_columns columns = {.ends = NULL};
        struct palettes_effort effort = {.left = UINT64_MAX / 2};
        uint64_t most;
        REQUIRE(price != NULL);
        CHECK(palettes_price_columns(price, weights, 0, true, &columns, &most, &effort));
        uint64_t expected = most_by_trying(weights);
        CHECK_U64(most, expected);
        if (expected > 0) {
            REQUIRE(columns.count > 0);
            CHECK_U64(value_of(&columns, columns.count - 1, weights), expected);
        }
        palettes_columns_free(&columns);
        palettes_price_destroy(price);
    }
}

/* Without enough effort the number may be too large, but it never is too small. */
UNIT_TEST(an_unfinished_search_promises_no_more_than_it_knows)
{
    problems.random = 12;
    for (unsigned i = 0; i < 500; i++) {
        uint64_t weights[16] = {0};
        draw(weights);
        struct palettes_price *price = palettes_price_create(&problems.problem);
        struct palettes_columns columns = {.ends = NULL};
        struct palettes_effort effort = {.left = 21 + problems_random(&problems, 2000)};
        uint64_t most;
        REQUIRE(price != NULL);
        CHECK(palettes_price_columns(price, weights, 0, true, &columns, &most, &effort));
        CHECK(most >= most_by_trying(weights));
        palettes_columns_free(&columns);
        palettes_price_destroy(price);
    }
}

UNIT_TEST(greedy_groups_fit_into_a_palette)
{
    problems.random = 13;
    for (unsigned i = 0; i < 200; i++) {
        uint64_t weights[16] = {0};
        draw(weights);
        struct palettes_price *price = palettes_price_create(&problems.problem);
        struct palettes_columns columns = {.ends = NULL};
        struct palettes_effort effort = {.left = UINT64_MAX / 2};
        uint64_t most;
        REQUIRE(price != NULL);
        CHECK(palettes_price_columns(price, weights, 3, false, &columns, &most, &effort));
        uint64_t best = most_by_trying(weights);
        for (size_t k = 0; k < columns.count; k++) {
            uint64_t value = value_of(&columns, k, weights);
            CHECK(value > 3 && value <= best);
        }
        palettes_columns_free(&columns);
        palettes_price_destroy(price);
    }
}
