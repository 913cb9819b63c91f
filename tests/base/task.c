/* One run of an operation: cancelling, the clock, progress. */
#include "base/task.h"

#include "base/workers.h"
#include "tests/lib/unit.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

/* ---- Cancelling ---- */

UNIT_TEST(a_task_goes_on_until_it_is_cancelled)
{
    struct base_task task = BASE_TASK_INIT;
    CHECK(!base_task_cancelled(&task));
    base_task_cancel(&task);
    CHECK(base_task_cancelled(&task));
    CHECK(base_task_cancelled(&task));
}

UNIT_TEST(no_task_goes_on)
{
    CHECK(!base_task_cancelled(NULL));
}

static bool says_yes_once(void *context)
{
    unsigned *asked = context;
    return ++*asked == 3;
}

UNIT_TEST(the_first_yes_cancels_for_good)
{
    unsigned asked = 0;
    struct base_task task = BASE_TASK_INIT;
    task.ask = says_yes_once;
    task.ask_context = &asked;
    CHECK(!base_task_cancelled(&task));
    CHECK(!base_task_cancelled(&task));
    CHECK(base_task_cancelled(&task));
    CHECK(base_task_cancelled(&task));
    CHECK_U64(asked, 3);
}

static struct base_task signalled = BASE_TASK_INIT;

static void cancel_signalled(int signal)
{
    (void)signal;
    base_task_cancel(&signalled);
}

UNIT_TEST(a_signal_handler_may_cancel)
{
    struct sigaction old;
    const struct sigaction handler = {.sa_handler = cancel_signalled};
    REQUIRE(sigaction(SIGUSR1, &handler, &old) == 0);
    REQUIRE(raise(SIGUSR1) == 0);
    CHECK(base_task_cancelled(&signalled));
    REQUIRE(sigaction(SIGUSR1, &old, NULL) == 0);
}

/* ---- The clock ---- */

struct test_clock {
    int64_t now;
    int64_t date;
    unsigned sleeps;
};

static int64_t test_now(void *context)
{
    const struct test_clock *clock = context;
    return clock->now;
}

static int64_t test_date(void *context)
{
    const struct test_clock *clock = context;
    return clock->date;
}

static void test_sleep(void *context, int64_t nanoseconds)
{
    struct test_clock *clock = context;
    clock->now += nanoseconds;
    clock->sleeps++;
}

UNIT_TEST(a_clock_can_be_set)
{
    struct test_clock state = {.now = 5, .date = 7};
    const struct base_clock clock = {.now = test_now, .date = test_date, .sleep = test_sleep, .context = &state};
    struct base_task task = BASE_TASK_INIT;
    task.clock = &clock;
    CHECK_U64(base_task_now(&task), 5);
    CHECK_U64(base_task_date(&task), 7);
    base_task_sleep(&task, 100);
    CHECK_U64(base_task_now(&task), 105);
    base_task_cancel(&task);
    base_task_sleep(&task, 100);
    CHECK_U64(base_task_now(&task), 105);
    CHECK_U64(state.sleeps, 1);
}

UNIT_TEST(without_a_clock_time_is_that_of_the_system)
{
    enum { PAUSE = 2000000 };
    struct timespec before;
    struct timespec after;
    REQUIRE(clock_gettime(CLOCK_REALTIME, &before) == 0);
    int64_t date = base_task_date(NULL);
    REQUIRE(clock_gettime(CLOCK_REALTIME, &after) == 0);
    CHECK(date / 1000000000 >= before.tv_sec && date / 1000000000 <= after.tv_sec);
    int64_t now = base_task_now(NULL);
    base_task_sleep(NULL, PAUSE);
    CHECK(base_task_now(NULL) - now >= PAUSE);
}

/* ---- Waiting ---- */

static void test_wait(void *context, struct base_awaited *awaited, size_t count, int64_t nanoseconds)
{
    struct test_clock *clock = context;
    CHECK_U64(count, 3);
    CHECK(awaited[0].fd == -1 && awaited[0].input && awaited[1].input && !awaited[2].input);
    clock->now += nanoseconds;
    clock->sleeps++;
}

UNIT_TEST(a_wait_has_the_time_of_the_clock)
{
    struct test_clock state = {.now = 0};
    const struct base_clock clock = {.now = test_now, .wait = test_wait, .context = &state};
    struct base_task task = BASE_TASK_INIT;
    task.clock = &clock;
    base_task_wait(&task, -1, 5);
    CHECK_U64(state.now, 5);
    base_task_wait(&task, -1, -1); /* nothing can wake it: it looks every second */
    CHECK_U64(state.now, 1000000005);
    base_task_wait(&task, -1, INT64_MAX);
    CHECK_U64(state.now, 2000000005);
    task.wake = STDIN_FILENO;
    base_task_wait(&task, -1, 7000000000);
    CHECK_U64(state.now, 9000000005);
    base_task_cancel(&task);
    base_task_wait(&task, -1, 5);
    CHECK_U64(state.sleeps, 4);
}

UNIT_TEST(a_wait_ends_when_there_is_something_to_read)
{
    int ends[2] = {-1, -1};
    struct base_task task = BASE_TASK_INIT;
    REQUIRE(pipe(ends) == 0 && write(ends[1], "", 1) == 1);
    base_task_wait(NULL, ends[0], INT64_MAX);
    task.wake = ends[0];
    base_task_wait(&task, -1, -1);
    CHECK(!base_task_cancelled(&task));
    REQUIRE(close(ends[0]) == 0 && close(ends[1]) == 0);
}

UNIT_TEST(a_task_that_waits_is_cancelled_when_its_audience_has_gone)
{
    int audience[2] = {-1, -1};
    int wake[2] = {-1, -1};
    struct base_task task = BASE_TASK_INIT;
    REQUIRE(pipe(audience) == 0 && pipe(wake) == 0);
    task.audience = audience[1];
    task.wake = wake[0];
    base_task_wait(&task, -1, 0);
    CHECK(!base_task_cancelled(&task));
    REQUIRE(close(audience[0]) == 0);
    base_task_wait(&task, -1, -1);
    CHECK(base_task_cancelled(&task));
    REQUIRE(close(audience[1]) == 0 && close(wake[0]) == 0 && close(wake[1]) == 0);
}

/* ---- Progress ---- */

enum { WORKERS = 4, PIECES = 1000 };

struct seen {
    struct base_progress last;
    unsigned calls;
    bool fell;
    atomic_uint inside;
    atomic_bool together;
    struct base_task *again; /* a report within a report */
};

static void see(void *context, const struct base_progress *progress)
{
    struct seen *seen = context;
    if (atomic_fetch_add(&seen->inside, 1) != 0) {
        atomic_store(&seen->together, true);
    }
    seen->fell = seen->fell || progress->done < seen->last.done;
    seen->last = *progress;
    seen->calls++;
    if (seen->again != NULL) {
        base_task_report(seen->again, progress);
    }
    (void)atomic_fetch_sub(&seen->inside, 1);
}

static void get_done(void *context, unsigned worker)
{
    struct base_meter *meter = context;
    (void)worker;
    for (unsigned i = 0; i < PIECES; i++) {
        base_meter_add(meter, 2);
    }
}

UNIT_TEST(what_many_threads_get_done_is_told_by_one_at_a_time)
{
    struct seen seen = {.calls = 0};
    struct base_meter meter;
    struct base_task task = BASE_TASK_INIT;
    struct base_workers *workers = base_workers_create();
    REQUIRE(workers != NULL);
    task.progress = see;
    task.progress_context = &seen;
    base_meter_begin(&meter, &task, BASE_PHASE_PACKING, BASE_UNIT_ASSETS, (uint64_t)2 * WORKERS * PIECES);
    base_workers_run(workers, WORKERS, get_done, &meter);
    base_workers_destroy(workers);
    CHECK(!seen.fell);
    CHECK(!atomic_load(&seen.together));
    CHECK(seen.calls > 0); /* while one thread tells, the others go on: how often is up to the scheduler */
    CHECK_U64(atomic_load(&meter.done), 2 * WORKERS * PIECES);
    CHECK_U64(seen.last.phase, BASE_PHASE_PACKING);
    CHECK_U64(seen.last.unit, BASE_UNIT_ASSETS);
    CHECK_U64(seen.last.total, 2 * WORKERS * PIECES);
    base_meter_end(&meter);
    CHECK_U64(seen.last.done, 2 * WORKERS * PIECES);
}

UNIT_TEST(a_report_within_a_report_is_left_out)
{
    struct base_task task = BASE_TASK_INIT;
    struct seen seen = {.again = &task};
    const struct base_progress progress = {.phase = BASE_PHASE_WAITING, .unit = BASE_UNIT_FILES, .done = 1, .total = 3};
    task.progress = see;
    task.progress_context = &seen;
    base_task_report(&task, &progress);
    CHECK_U64(seen.calls, 1);
    base_task_report(&task, &progress);
    CHECK_U64(seen.calls, 2);
}

UNIT_TEST(without_a_callback_nothing_is_told)
{
    struct base_task task = BASE_TASK_INIT;
    struct base_meter meter;
    base_meter_begin(&meter, &task, BASE_PHASE_PACKING, BASE_UNIT_BYTES, 10);
    base_meter_add(&meter, 3);
    CHECK_U64(atomic_load(&meter.done), 3);
    base_meter_begin(&meter, NULL, BASE_PHASE_PACKING, BASE_UNIT_BYTES, 10);
    base_meter_add(&meter, 4);
    CHECK_U64(atomic_load(&meter.done), 4);
    base_task_report(NULL, &(struct base_progress){.phase = BASE_PHASE_LOADING});
}
