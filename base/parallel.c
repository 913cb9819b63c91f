#include "base/parallel.h"

#include "base/report.h"
#include "base/workers.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

/* Invariants, under the mutex: merged is the lowest index that is not done; of the indices from there on, results[] is
 * NULL until one is done, then its findings, or &nothing. */
struct pool {
    struct base_task *task;
    base_parallel_visitor visit;
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

/* A copy of findings that have to wait until all lower indices are done; *findings is empty afterwards. */
static struct base_findings *set_aside(struct pool *pool, struct base_findings *findings)
{
    struct base_findings *aside = malloc(sizeof *aside);
    if (aside == NULL) {
        /* Out of order is better than lost. */
        base_report_out_of_memory(pool->findings, NULL);
        base_findings_move(pool->findings, findings);
        return &nothing;
    }
    *aside = base_findings_take(findings);
    return aside;
}

/* Records that an index is done, and merges all findings that no longer wait for a lower index. */
static void finish(struct pool *pool, size_t index, struct base_findings *findings)
{
    (void)pthread_mutex_lock(&pool->mutex);
    pool->results[index] = has_any(findings) ? set_aside(pool, findings) : &nothing;
    for (; pool->merged < pool->count && pool->results[pool->merged] != NULL; pool->merged++) {
        struct base_findings *result = pool->results[pool->merged];
        if (result != &nothing) {
            base_findings_move(pool->findings, result);
            free(result);
        }
    }
    (void)pthread_mutex_unlock(&pool->mutex);
}

static void work(void *context, unsigned worker)
{
    struct pool *pool = context;
    (void)worker;
    while (!base_task_cancelled(pool->task)) {
        /* What is taken is visited: a visitor may wait for what another one does with a lower index. */
        size_t index = atomic_fetch_add(&pool->next, 1);
        if (index >= pool->count) {
            break;
        }
        struct base_findings findings;
        base_findings_init(&findings);
        pool->visit(pool->context, index, &findings);
        if (!base_task_cancelled(pool->task)) {
            finish(pool, index, &findings);
        }
        base_findings_free(&findings);
    }
}

/* After the task was cancelled: frees what waits for an index that was not visited. */
static void drop_waiting(struct pool *pool)
{
    for (size_t i = pool->merged; i < pool->count; i++) {
        if (pool->results[i] != NULL && pool->results[i] != &nothing) {
            base_findings_free(pool->results[i]);
            free(pool->results[i]);
        }
    }
}

void base_parallel_each(struct base_task *task, unsigned jobs, size_t count, base_parallel_visitor visit, void *context,
                        struct base_findings *findings)
{
    struct pool pool = {.task = task,
                        .visit = visit,
                        .context = context,
                        .count = count,
                        .mutex = PTHREAD_MUTEX_INITIALIZER,
                        .findings = findings};
    atomic_init(&pool.next, 0);
    struct base_workers *own;
    struct base_workers *workers = base_workers_of(task, &own);
    pool.results = calloc(count > 0 ? count : 1, sizeof(struct base_findings *));
    if (pool.results == NULL || workers == NULL) {
        base_report_out_of_memory(findings, NULL);
    } else {
        base_workers_run(workers, base_workers_count(jobs, count), work, &pool);
        drop_waiting(&pool);
    }
    free(pool.results);
    base_workers_destroy(own);
}
