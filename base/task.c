#include "base/task.h"

#include <fcntl.h>
#include <poll.h>
#include <time.h>

_Static_assert((int)BASE_CURRENT_DIRECTORY == AT_FDCWD, "both name the directory of the process");

enum { NANOSECONDS = 1000000000, AWAITED = 3 };

/* ---- Clocks ---- */

/* A time that does not fit is INT64_MAX. */
static int64_t nanoseconds_of(const struct timespec *time)
{
    int64_t result;
    if (__builtin_mul_overflow((int64_t)time->tv_sec, (int64_t)NANOSECONDS, &result) ||
        __builtin_add_overflow(result, (int64_t)time->tv_nsec, &result)) {
        return INT64_MAX;
    }
    return result;
}

static int64_t system_now(void *context)
{
    struct timespec now = {.tv_sec = 0};
    (void)context;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return nanoseconds_of(&now);
}

static int64_t system_date(void *context)
{
    struct timespec now = {.tv_sec = 0};
    (void)context;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return nanoseconds_of(&now);
}

static void system_sleep(void *context, int64_t nanoseconds)
{
    const struct timespec pause = {.tv_sec = (time_t)(nanoseconds / NANOSECONDS),
                                   .tv_nsec = (long)(nanoseconds % NANOSECONDS)};
    (void)context;
    (void)nanosleep(&pause, NULL);
}

static void system_wait(void *context, struct base_awaited *awaited, size_t count, int64_t nanoseconds)
{
    struct pollfd descriptors[AWAITED] = {{.fd = -1}};
    const struct timespec limit = {.tv_sec = (time_t)(nanoseconds / NANOSECONDS),
                                   .tv_nsec = (long)(nanoseconds % NANOSECONDS)};
    (void)context;
    for (size_t i = 0; i < count; i++) {
        /* What is closed is always told. */
        descriptors[i] = (struct pollfd){.fd = awaited[i].fd, .events = awaited[i].input ? POLLIN : 0};
    }
    if (ppoll(descriptors, (nfds_t)count, nanoseconds >= 0 ? &limit : NULL, NULL) > 0) {
        for (size_t i = 0; i < count; i++) {
            awaited[i].happened = descriptors[i].revents != 0;
        }
    }
}

static const struct base_clock system_clock = {
    .now = system_now, .date = system_date, .sleep = system_sleep, .wait = system_wait};

static const struct base_clock *clock_of(const struct base_task *task)
{
    return task != NULL && task->clock != NULL ? task->clock : &system_clock;
}

int64_t base_task_now(const struct base_task *task)
{
    const struct base_clock *clock = clock_of(task);
    return clock->now(clock->context);
}

int64_t base_task_date(const struct base_task *task)
{
    const struct base_clock *clock = clock_of(task);
    return clock->date(clock->context);
}

void base_task_sleep(struct base_task *task, int64_t nanoseconds)
{
    const struct base_clock *clock = clock_of(task);
    if (!base_task_cancelled(task)) {
        clock->sleep(clock->context, nanoseconds);
    }
}

void base_task_wait(struct base_task *task, int fd, int64_t nanoseconds)
{
    const struct base_clock *clock = clock_of(task);
    struct base_awaited awaited[AWAITED] = {
        {.fd = fd, .input = true},
        {.fd = task != NULL ? task->wake : -1, .input = true},
        {.fd = task != NULL ? task->audience : -1},
    };
    bool wakes = awaited[1].fd >= 0;
    if (base_task_cancelled(task)) {
        return;
    }
    if (!wakes && (nanoseconds < 0 || nanoseconds > NANOSECONDS)) {
        nanoseconds = NANOSECONDS;
    }
    (clock->wait != NULL ? clock->wait : system_wait)(clock->context, awaited, AWAITED, nanoseconds);
    if (awaited[2].happened) {
        base_task_cancel(task);
    }
}

/* ---- Progress ---- */

void base_task_report(struct base_task *task, const struct base_progress *progress)
{
    if (task == NULL || task->progress == NULL || atomic_flag_test_and_set(&task->reporting)) {
        return;
    }
    task->progress(task->progress_context, progress);
    atomic_flag_clear(&task->reporting);
}

void base_task_report_waiting(struct base_task *task, const struct base_waiting *waiting)
{
    if (task != NULL && task->waiting != NULL) {
        task->waiting(task->progress_context, waiting);
    }
}

void base_meter_begin(struct base_meter *meter, struct base_task *task, enum base_phase phase, enum base_unit unit,
                      uint64_t total)
{
    meter->task = task;
    meter->phase = phase;
    meter->unit = unit;
    meter->total = total;
    atomic_init(&meter->done, 0);
}

void base_meter_add(struct base_meter *meter, uint64_t done)
{
    (void)atomic_fetch_add(&meter->done, done);
    struct base_task *task = meter->task;
    if (task == NULL || task->progress == NULL || atomic_flag_test_and_set(&task->reporting)) {
        return;
    }
    /* Read while no other thread tells: what is told never falls. */
    uint64_t all = atomic_load(&meter->done);
    const struct base_progress progress = {.phase = meter->phase,
                                           .unit = meter->unit,
                                           .done = all < meter->total ? all : meter->total,
                                           .total = meter->total};
    task->progress(task->progress_context, &progress);
    atomic_flag_clear(&task->reporting);
}

void base_meter_end(struct base_meter *meter)
{
    base_meter_add(meter, 0);
}
