#include "base/workers.h"

#include <pthread.h>
#include <stdbool.h>
#include <unistd.h>

struct worker {
    pthread_t thread;
    bool started;
    unsigned number;
    void (*work)(void *context, unsigned worker);
    void *context;
};

static void *run(void *argument)
{
    const struct worker *worker = argument;
    worker->work(worker->context, worker->number);
    return NULL;
}

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

void base_workers_run(unsigned count, void (*work)(void *context, unsigned worker), void *context)
{
    struct worker workers[BASE_WORKERS_MAX];
    for (unsigned i = 1; i < count; i++) {
        workers[i] = (struct worker){.number = i, .work = work, .context = context};
        workers[i].started = pthread_create(&workers[i].thread, NULL, run, &workers[i]) == 0;
    }
    work(context, 0);
    for (unsigned i = 1; i < count; i++) {
        if (workers[i].started) {
            (void)pthread_join(workers[i].thread, NULL);
        }
    }
}
