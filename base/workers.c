#include "base/workers.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

struct worker {
    struct base_workers *all;
    unsigned number;
    pthread_t thread;
    uint64_t piece; /* the last one that this worker knew about */
    void *memory;
    size_t memory_size;
};

/* Invariant: the threads 1 … started run; started <= BASE_WORKERS_MAX - 1. A piece of work ends when busy is 0. */
struct base_workers {
    pthread_mutex_t lock;     /* of all below but the workers' memory */
    pthread_cond_t has_piece; /* there is a piece of work, or the threads must end */
    pthread_cond_t is_idle;   /* busy is 0 */
    unsigned started;
    bool ending;

    uint64_t piece; /* the number of the piece of work */
    unsigned last;  /* its workers are 0 … last */
    unsigned busy;  /* threads that are still to finish it */
    void (*work)(void *context, unsigned worker);
    void *context;

    struct worker workers[BASE_WORKERS_MAX];
};

unsigned base_workers_count(unsigned jobs, size_t most)
{
    size_t count = jobs;
    if (jobs == 0) {
        long processors = sysconf(_SC_NPROCESSORS_ONLN);
        count = processors > 0 ? (size_t)processors : 1;
    }
    if (count > BASE_WORKERS_MAX) {
        count = BASE_WORKERS_MAX;
    }
    return (unsigned)(count < most ? count : most);
}

/* ---- Threads ---- */

/* Waits for a piece of work that this worker belongs to. False when the thread must end. Called under the lock. */
static bool wait_for_piece(struct base_workers *all, struct worker *worker)
{
    while (!all->ending && (worker->piece == all->piece || worker->number > all->last)) {
        worker->piece = all->piece;
        (void)pthread_cond_wait(&all->has_piece, &all->lock);
    }
    worker->piece = all->piece;
    return !all->ending;
}

static void *run_thread(void *argument)
{
    struct worker *worker = argument;
    struct base_workers *all = worker->all;
    (void)pthread_mutex_lock(&all->lock);
    while (wait_for_piece(all, worker)) {
        (void)pthread_mutex_unlock(&all->lock);
        all->work(all->context, worker->number);
        (void)pthread_mutex_lock(&all->lock);
        if (--all->busy == 0) {
            (void)pthread_cond_signal(&all->is_idle);
        }
    }
    (void)pthread_mutex_unlock(&all->lock);
    return NULL;
}

/* Starts threads until there are `count` workers, or no more can be started. Called under the lock. */
static void start_threads(struct base_workers *all, unsigned count)
{
    while (all->started + 1 < count) {
        struct worker *worker = &all->workers[all->started + 1];
        worker->all = all;
        worker->number = all->started + 1;
        worker->piece = all->piece;
        if (pthread_create(&worker->thread, NULL, run_thread, worker) != 0) {
            return;
        }
        all->started++;
    }
}

void base_workers_run(struct base_workers *workers, unsigned count, void (*work)(void *context, unsigned worker),
                      void *context)
{
    if (count > 1) {
        (void)pthread_mutex_lock(&workers->lock);
        start_threads(workers, count);
        workers->last = workers->started < count - 1 ? workers->started : count - 1;
        workers->busy = workers->last;
        workers->work = work;
        workers->context = context;
        workers->piece++;
        (void)pthread_cond_broadcast(&workers->has_piece);
        (void)pthread_mutex_unlock(&workers->lock);
    }
    work(context, 0);
    if (count > 1) {
        (void)pthread_mutex_lock(&workers->lock);
        while (workers->busy > 0) {
            (void)pthread_cond_wait(&workers->is_idle, &workers->lock);
        }
        (void)pthread_mutex_unlock(&workers->lock);
    }
}

/* ---- Memory ---- */

void *base_workers_memory(struct base_workers *workers, unsigned worker, size_t size)
{
    struct worker *own = &workers->workers[worker];
    if (own->memory_size < size) {
        free(own->memory);
        own->memory = NULL;
        own->memory_size = 0;
        if (posix_memalign(&own->memory, BASE_WORKERS_ALIGNMENT, size) != 0) {
            own->memory = NULL;
            return NULL;
        }
        own->memory_size = size;
    }
    return own->memory;
}

/* ---- All of them ---- */

struct base_workers *base_workers_create(void)
{
    struct base_workers *workers = calloc(1, sizeof *workers);
    if (workers == NULL) {
        return NULL;
    }
    (void)pthread_mutex_init(&workers->lock, NULL);
    (void)pthread_cond_init(&workers->has_piece, NULL);
    (void)pthread_cond_init(&workers->is_idle, NULL);
    return workers;
}

void base_workers_destroy(struct base_workers *workers)
{
    if (workers == NULL) {
        return;
    }
    (void)pthread_mutex_lock(&workers->lock);
    workers->ending = true;
    (void)pthread_cond_broadcast(&workers->has_piece);
    (void)pthread_mutex_unlock(&workers->lock);
    for (unsigned i = 1; i <= workers->started; i++) {
        (void)pthread_join(workers->workers[i].thread, NULL);
    }
    for (unsigned i = 0; i < BASE_WORKERS_MAX; i++) {
        free(workers->workers[i].memory);
    }
    (void)pthread_cond_destroy(&workers->is_idle);
    (void)pthread_cond_destroy(&workers->has_piece);
    (void)pthread_mutex_destroy(&workers->lock);
    free(workers);
}

struct base_workers *base_workers_of(const struct base_task *task, struct base_workers **own)
{
    *own = NULL;
    if (task != NULL && task->workers != NULL) {
        return task->workers;
    }
    *own = base_workers_create();
    return *own;
}
