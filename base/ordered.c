#include "base/ordered.h"

#include <pthread.h>

/* Invariants, under the lock: taken <= next <= work->count, next - taken <= places. Of the results from `taken` to
 * before `next`, made[index % places] says whether it is made. */
struct run {
    struct base_task *task;
    const struct base_ordered *work;
    size_t places;

    pthread_mutex_t lock;     /* of all below */
    pthread_cond_t made_next; /* the result `taken` is made; only the calling thread waits for it */
    pthread_cond_t freed;     /* there are places; the other workers wait for it */
    size_t next;              /* the lowest index that no worker has begun */
    size_t taken;             /* results */
    bool made[BASE_ORDERED_PLACES_MAX];
    bool cancelled;
};

/* Whether there is nothing left to begin or take. Called under the lock. */
static bool is_over(struct run *run, size_t done)
{
    if (!run->cancelled && base_task_cancelled(run->task)) {
        run->cancelled = true;
        (void)pthread_cond_signal(&run->made_next); /* those that wait do not get it */
        (void)pthread_cond_broadcast(&run->freed);
    }
    return run->cancelled || done == run->work->count;
}

static bool can_begin(const struct run *run)
{
    return run->next < run->work->count && run->next - run->taken < run->places;
}

/* Called under the lock, which is released meanwhile. */
static void make_next(struct run *run, unsigned worker)
{
    size_t index = run->next++;
    (void)pthread_mutex_unlock(&run->lock);
    run->work->make(run->work->context, index, index % run->places, worker);
    (void)pthread_mutex_lock(&run->lock);
    run->made[index % run->places] = true;
    if (index == run->taken) {
        (void)pthread_cond_signal(&run->made_next);
    }
}

/* Called under the lock, which is released meanwhile. Workers that wait are woken for many places at once: for small
 * work, to wake one costs more than the work. */
static void take_next(struct run *run)
{
    size_t place = run->taken % run->places;
    (void)pthread_mutex_unlock(&run->lock);
    run->work->take(run->work->context, run->taken, place);
    (void)pthread_mutex_lock(&run->lock);
    run->made[place] = false;
    run->taken++;
    if (run->next - run->taken <= run->places / 2) {
        (void)pthread_cond_broadcast(&run->freed);
    }
}

/* The calling thread makes results while there is none for it to take. */
static void make_and_take(struct run *run)
{
    while (!is_over(run, run->taken)) {
        if (run->made[run->taken % run->places]) {
            take_next(run);
        } else if (can_begin(run)) {
            (void)pthread_cond_broadcast(&run->freed); /* the result may take long: nothing is taken until then */
            make_next(run, 0);
        } else {
            (void)pthread_cond_wait(&run->made_next, &run->lock);
        }
    }
}

static void make_only(struct run *run, unsigned worker)
{
    while (!is_over(run, run->next)) {
        if (can_begin(run)) {
            make_next(run, worker);
        } else {
            (void)pthread_cond_wait(&run->freed, &run->lock);
        }
    }
}

static void run_worker(void *context, unsigned worker)
{
    struct run *run = context;
    (void)pthread_mutex_lock(&run->lock);
    if (worker == 0) {
        make_and_take(run);
    } else {
        make_only(run, worker);
    }
    (void)pthread_mutex_unlock(&run->lock);
}

void base_ordered_run(struct base_task *task, struct base_workers *workers, unsigned worker_count,
                      const struct base_ordered *work)
{
    struct run run = {
        .task = task,
        .work = work,
        .places = base_ordered_places(worker_count),
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .made_next = PTHREAD_COND_INITIALIZER,
        .freed = PTHREAD_COND_INITIALIZER,
    };
    base_workers_run(workers, worker_count, run_worker, &run);
}
