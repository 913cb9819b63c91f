#include "serve/lane.h"

#include "serve/bell.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

/* `lock` guards what is below it. */
struct serve_lane {
    serve_lane_run run;
    void *context;
    int bell;
    struct base_workers *workers; /* of one job after the other; NULL: each has its own */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct serve_job *running;
    struct serve_job *first;
    struct serve_job **last;
    size_t cost;
    bool ends;
};

static struct serve_job *take_first(struct serve_lane *lane)
{
    while (lane->first == NULL && !lane->ends) {
        (void)pthread_cond_wait(&lane->changed, &lane->lock);
    }
    struct serve_job *job = lane->first;
    if (job != NULL) {
        lane->first = job->next;
        lane->last = lane->first == NULL ? &lane->first : lane->last;
        job->next = NULL;
    }
    lane->running = job;
    return job;
}

static void *work(void *context)
{
    struct serve_lane *lane = context;
    (void)pthread_mutex_lock(&lane->lock);
    for (struct serve_job *job = take_first(lane); job != NULL; job = take_first(lane)) {
        (void)pthread_mutex_unlock(&lane->lock);
        job->task.workers = lane->workers;
        lane->run(lane->context, job);
        (void)pthread_mutex_lock(&lane->lock);
        lane->running = NULL;
        lane->cost -= job->cost;
        serve_job_destroy(job);
        if (lane->first == NULL) {
            serve_bell_ring(lane->bell);
        }
    }
    (void)pthread_mutex_unlock(&lane->lock);
    return NULL;
}

struct serve_lane *serve_lane_create(serve_lane_run run, void *context, int bell)
{
    struct serve_lane *lane = calloc(1, sizeof *lane);
    if (lane == NULL) {
        return NULL;
    }
    *lane = (struct serve_lane){.run = run, .context = context, .bell = bell, .workers = base_workers_create()};
    lane->last = &lane->first;
    (void)pthread_mutex_init(&lane->lock, NULL);
    (void)pthread_cond_init(&lane->changed, NULL);
    int problem = pthread_create(&lane->thread, NULL, work, lane);
    if (problem != 0) {
        base_workers_destroy(lane->workers);
        free(lane);
        errno = problem;
        return NULL;
    }
    return lane;
}

void serve_lane_push(struct serve_lane *lane, struct serve_job *job)
{
    (void)pthread_mutex_lock(&lane->lock);
    *lane->last = job;
    lane->last = &job->next;
    lane->cost += job->cost;
    (void)pthread_cond_signal(&lane->changed);
    (void)pthread_mutex_unlock(&lane->lock);
}

static bool has_key(const struct serve_job *job, struct serve_lane_key key)
{
    return base_bytes_equal(base_text_bytes(key.is_token ? &job->token : &job->id), base_text_bytes(key.text));
}

/* Ends a job that runs. */
static void stop(struct serve_job *job)
{
    base_task_cancel(&job->task);
    if (job->task.wake >= 0) {
        serve_bell_ring(job->task.wake);
    }
}

/* Takes the job at *link out of the list. */
static struct serve_job *take_out(struct serve_lane *lane, struct serve_job **link)
{
    struct serve_job *job = *link;
    *link = job->next;
    lane->last = *link == NULL ? link : lane->last;
    lane->cost -= job->cost;
    job->next = NULL;
    return job;
}

/* Where the oldest job that waits and has this key hangs. Called with the lock. */
static struct serve_job **find_waiting(struct serve_lane *lane, struct serve_lane_key key)
{
    struct serve_job **link = &lane->first;
    while (*link != NULL && !has_key(*link, key)) {
        link = &(*link)->next;
    }
    return link;
}

uint64_t serve_lane_find(struct serve_lane *lane, struct serve_lane_key key)
{
    (void)pthread_mutex_lock(&lane->lock);
    bool runs = lane->running != NULL && has_key(lane->running, key);
    const struct serve_job *job = runs ? lane->running : *find_waiting(lane, key);
    uint64_t number = job != NULL ? job->number : 0;
    (void)pthread_mutex_unlock(&lane->lock);
    return number;
}

struct serve_job *serve_lane_cancel(struct serve_lane *lane, struct serve_lane_key key)
{
    struct serve_job *waiting = NULL;
    (void)pthread_mutex_lock(&lane->lock);
    if (lane->running != NULL && has_key(lane->running, key)) {
        stop(lane->running);
    } else {
        struct serve_job **link = find_waiting(lane, key);
        waiting = *link != NULL ? take_out(lane, link) : NULL;
    }
    (void)pthread_mutex_unlock(&lane->lock);
    return waiting;
}

struct serve_job *serve_lane_cancel_all(struct serve_lane *lane)
{
    (void)pthread_mutex_lock(&lane->lock);
    struct serve_job *waiting = lane->first;
    for (const struct serve_job *job = waiting; job != NULL; job = job->next) {
        lane->cost -= job->cost;
    }
    lane->first = NULL;
    lane->last = &lane->first;
    if (lane->running != NULL) {
        stop(lane->running);
    }
    (void)pthread_mutex_unlock(&lane->lock);
    return waiting;
}

bool serve_lane_is_idle(struct serve_lane *lane)
{
    (void)pthread_mutex_lock(&lane->lock);
    bool idle = lane->running == NULL && lane->first == NULL;
    (void)pthread_mutex_unlock(&lane->lock);
    return idle;
}

size_t serve_lane_cost(struct serve_lane *lane)
{
    (void)pthread_mutex_lock(&lane->lock);
    size_t cost = lane->cost;
    (void)pthread_mutex_unlock(&lane->lock);
    return cost;
}

void serve_lane_destroy(struct serve_lane *lane)
{
    if (lane == NULL) {
        return;
    }
    (void)pthread_mutex_lock(&lane->lock);
    lane->ends = true;
    (void)pthread_cond_broadcast(&lane->changed);
    (void)pthread_mutex_unlock(&lane->lock);
    (void)pthread_join(lane->thread, NULL);
    base_workers_destroy(lane->workers);
    (void)pthread_cond_destroy(&lane->changed);
    (void)pthread_mutex_destroy(&lane->lock);
    free(lane);
}
