#include "writer/workers.h"

#include "writer/report.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { THREADS_MAX = 256 };

/* Invariants, under the mutex: merged is the lowest index that is not done; of the indices from there on, results[] is
 * NULL until one is done, then its findings, or &nothing. */
struct pool {
    writer_job job;
    void *context;
    size_t count;
    atomic_size_t next;
    pthread_mutex_t mutex;
    struct base_findings **results;
    size_t merged;
    struct base_findings *findings;
};

static struct base_findings nothing;

static bool has_any(const struct base_findings *findings)
{
    return findings->count > 0 || findings->out_of_memory || base_findings_errors(findings) > 0;
}

/* A box for findings that have to wait until all lower indices are done. */
static struct base_findings *box(struct pool *pool, struct base_findings *findings)
{
    struct base_findings *boxed = malloc(sizeof *boxed);
    if (boxed == NULL) {
        /* Out of order is better than lost. */
        (void)writer_report_memory(pool->findings);
        base_findings_move(pool->findings, findings);
        return &nothing;
    }
    *boxed = *findings;
    base_findings_init(findings);
    return boxed;
}

/* Takes note of a finished index, and merges everything that no lower index holds up any more. */
static void finish(struct pool *pool, size_t index, struct base_findings *findings)
{
    (void)pthread_mutex_lock(&pool->mutex);
    pool->results[index] = has_any(findings) ? box(pool, findings) : &nothing;
    for (; pool->merged < pool->count && pool->results[pool->merged] != NULL; pool->merged++) {
        struct base_findings *result = pool->results[pool->merged];
        if (result != &nothing) {
            base_findings_move(pool->findings, result);
            free(result);
        }
    }
    (void)pthread_mutex_unlock(&pool->mutex);
}

static void *work(void *argument)
{
    struct pool *pool = argument;
    for (;;) {
        size_t index = atomic_fetch_add(&pool->next, 1);
        if (index >= pool->count) {
            return NULL;
        }
        struct base_findings findings;
        base_findings_init(&findings);
        pool->job(pool->context, index, &findings);
        finish(pool, index, &findings);
        base_findings_free(&findings);
    }
}

unsigned writer_workers_count(unsigned jobs, size_t count)
{
    if (jobs == 0) {
        long processors = sysconf(_SC_NPROCESSORS_ONLN);
        jobs = processors > THREADS_MAX ? THREADS_MAX : processors > 0 ? (unsigned)processors : 1;
    }
    if (jobs > THREADS_MAX) {
        jobs = THREADS_MAX;
    }
    return jobs > count ? (unsigned)count : jobs;
}

static void run_threads(struct pool *pool, unsigned threads)
{
    pthread_t helpers[THREADS_MAX];
    unsigned started = 0;
    while (started + 1 < threads && pthread_create(&helpers[started], NULL, work, pool) == 0) {
        started++;
    }
    (void)work(pool);
    for (unsigned i = 0; i < started; i++) {
        (void)pthread_join(helpers[i], NULL);
    }
}

void writer_workers_run(unsigned jobs, size_t count, writer_job job, void *context, struct base_findings *findings)
{
    struct pool pool = {.job = job, .context = context, .count = count, .findings = findings};
    atomic_init(&pool.next, 0);
    pool.results = calloc(count > 0 ? count : 1, sizeof(struct base_findings *));
    if (pool.results == NULL || pthread_mutex_init(&pool.mutex, NULL) != 0) {
        free(pool.results);
        (void)writer_report_memory(findings);
        return;
    }
    run_threads(&pool, writer_workers_count(jobs, count));
    (void)pthread_mutex_destroy(&pool.mutex);
    free(pool.results);
}
