/* Shared work whose results are taken in order by one thread. */
#include "base/ordered.h"

#include "tests/lib/unit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum { WORK = 500 };

struct seen {
    struct base_task task;
    pthread_t caller;
    size_t slow;   /* this result takes long */
    size_t cancel; /* the task is cancelled when this one is taken */
    atomic_uint made[WORK];
    atomic_size_t places[BASE_ORDERED_PLACES_MAX]; /* index + 1 of the result there, or 0 */
    atomic_bool clash;                             /* a place was not free */
    size_t taken;
    bool strange; /* a result was taken out of order, or elsewhere than it should be */
};

static void make(void *context, size_t index, size_t place, unsigned worker)
{
    struct seen *seen = context;
    size_t free_place = 0;
    (void)worker;
    if (!atomic_compare_exchange_strong(&seen->places[place], &free_place, index + 1)) {
        atomic_store(&seen->clash, true);
    }
    if (index == seen->slow) {
        const struct timespec pause = {.tv_nsec = 20000000};
        (void)nanosleep(&pause, NULL);
    }
    atomic_fetch_add(&seen->made[index], 1);
}

static void take(void *context, size_t index, size_t place)
{
    struct seen *seen = context;
    seen->strange = seen->strange || index != seen->taken || !pthread_equal(seen->caller, pthread_self()) ||
                    atomic_load(&seen->made[index]) != 1 || atomic_load(&seen->places[place]) != index + 1;
    atomic_store(&seen->places[place], 0);
    seen->taken++;
    if (index == seen->cancel) {
        base_task_cancel(&seen->task);
    }
}

static void run(struct seen *seen, unsigned workers, size_t count)
{
    const struct base_ordered work = {.count = count, .make = make, .take = take, .context = seen};
    struct base_workers *all = base_workers_create();
    REQUIRE(all != NULL);
    seen->task = (struct base_task)BASE_TASK_INIT;
    seen->caller = pthread_self();
    base_ordered_run(&seen->task, all, workers, &work);
    base_workers_destroy(all);
    CHECK(!atomic_load(&seen->clash));
    CHECK(!seen->strange);
}

UNIT_TEST(each_result_is_made_once_and_taken_in_order)
{
    static const size_t slow[] = {0, 250, WORK - 1, WORK};
    for (unsigned workers = 1; workers <= 9; workers++) {
        for (size_t i = 0; i < sizeof slow / sizeof slow[0]; i++) {
            struct seen seen = {.slow = slow[i], .cancel = WORK};
            run(&seen, workers, WORK);
            CHECK_U64(seen.taken, WORK);
            for (size_t index = 0; index < WORK; index++) {
                CHECK_U64(seen.made[index], 1);
            }
        }
    }
}

UNIT_TEST(no_work_and_less_work_than_workers)
{
    for (size_t count = 0; count <= 3; count++) {
        struct seen seen = {.slow = 0, .cancel = WORK};
        run(&seen, 8, count);
        CHECK_U64(seen.taken, count);
    }
}

UNIT_TEST(a_cancelled_task_takes_no_more_results)
{
    for (unsigned workers = 1; workers <= 5; workers++) {
        struct seen seen = {.slow = 101, .cancel = 100};
        run(&seen, workers, WORK);
        CHECK_U64(seen.taken, 101);
        CHECK_U64(seen.made[100 + base_ordered_places(workers) + 1], 0);
    }
}
