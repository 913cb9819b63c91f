/* Every allocation fails once: the caller is told, and nothing leaks. */
#include "palettes/search.h"
#include "tests/lib/memory_fault.h"
#include "tests/lib/unit.h"
#include "tests/palettes/problems.h"

static struct problems problems;

static unsigned fail_each(void)
{
    unsigned count = 0;
    bool refused;
    do {
        struct palettes_answer answer;
        memory_fault_measure();
        memory_fault_once(count);
        enum palettes_outcome outcome = palettes_search(&problems.problem, NULL, problems.of, &answer);
        refused = memory_fault_off() > count;
        CHECK_U64(outcome, refused ? PALETTES_OUT_OF_MEMORY : PALETTES_FIT);
        CHECK_U64(memory_fault_live(), 0);
        count++;
    } while (refused);
    return count;
}

UNIT_TEST(each_allocation_of_a_search_may_fail)
{
    problems.random = 21;
    problems_draw(&problems, &(struct problems_size){.sets = 24, .colours = 20, .least = 5, .most = 7});
    problems.problem.fresh.most = 9;
    CHECK(fail_each() > 30);
}

UNIT_TEST(each_allocation_with_open_palettes_may_fail)
{
    problems.random = 22;
    problems_draw(&problems, &(struct problems_size){.sets = 14, .colours = 20, .least = 4, .most = 6});
    problems.problem.fresh.most = 8;
    problems.problem.limit = 20;
    problems.open[0] = (struct palettes_room){.has = {.size = 2, .colours = {1, 2}}, .most = 6};
    problems.problem.open = problems.open;
    problems.problem.open_count = 1;
    CHECK(fail_each() > 30);
}
