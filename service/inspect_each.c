/* Many packs in one run: small ones side by side, each by one worker; a large one by all workers. */
#include "base/ordered.h"
#include "base/path.h"
#include "service/service.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>

/* A pack up to this size is not worth sharing. The limit also bounds the reports that wait for their turn: a report
 * grows with the header of its pack. */
enum { SMALL = 2 << 20 };

/* A report that waits for its turn. */
struct place {
    struct service_report report;
    enum service_status status;
};

struct fleet {
    struct base_task *task; /* of the operation */
    size_t first;           /* the paths that are examined side by side */
    size_t count;
    struct service_inspect_request request; /* all paths, for one worker */
    unsigned worker_count;                  /* at most; 0: there is no memory to examine any side by side */
    struct base_task *tasks;                /* of each worker: cancelled with the operation; tells what it waits for,
                                                   and no progress */
    struct place *places;
    pthread_mutex_t telling; /* held while the front end is called */
    service_report_sink sink;
    void *sink_context;
    enum service_status worst;
    size_t taken; /* reports that the sink has got */
};

/* ---- Workers and places ---- */

static bool is_cancelled(void *context)
{
    return base_task_cancelled(context);
}

/* A base_waiting_callback of a worker's task. */
static void pass_on_waiting(void *context, const struct base_waiting *waiting)
{
    struct fleet *fleet = context;
    (void)pthread_mutex_lock(&fleet->telling);
    base_task_report_waiting(fleet->task, waiting);
    (void)pthread_mutex_unlock(&fleet->telling);
}

static void init_task(struct base_task *task, struct fleet *fleet)
{
    struct base_task *whole = fleet->task;
    *task = (struct base_task)BASE_TASK_INIT;
    task->waiting = pass_on_waiting;
    task->progress_context = fleet;
    task->clock = whole != NULL ? whole->clock : NULL;
    task->directory = base_task_directory(whole);
    task->ask = is_cancelled;
    task->ask_context = whole;
    task->workers = base_workers_create(); /* memory that is kept. NULL will do, and costs time only */
}

static void init_fleet(struct fleet *fleet, unsigned worker_count)
{
    fleet->tasks = calloc(worker_count, sizeof *fleet->tasks);
    fleet->places = calloc(base_ordered_places(worker_count), sizeof *fleet->places);
    if (fleet->tasks == NULL || fleet->places == NULL) {
        return;
    }
    for (size_t i = 0; i < base_ordered_places(worker_count); i++) {
        fleet->places[i].report = SERVICE_REPORT_EMPTY;
    }
    for (unsigned i = 0; i < worker_count; i++) {
        init_task(&fleet->tasks[i], fleet);
    }
    fleet->worker_count = worker_count;
}

static void free_fleet(struct fleet *fleet)
{
    for (unsigned i = 0; i < fleet->worker_count; i++) {
        base_workers_destroy(fleet->tasks[i].workers);
    }
    for (size_t i = 0; i < base_ordered_places(fleet->worker_count); i++) {
        service_report_free(&fleet->places[i].report);
    }
    free(fleet->tasks);
    free(fleet->places);
}

/* ---- Examining ---- */

static void hand_over(struct fleet *fleet, struct place *place)
{
    (void)pthread_mutex_lock(&fleet->telling);
    fleet->sink(fleet->sink_context, &place->report);
    (void)pthread_mutex_unlock(&fleet->telling);
    fleet->worst = service_status_worse(fleet->worst, place->status);
    fleet->taken++;
    service_report_free(&place->report);
}

static void make(void *context, size_t index, size_t place, unsigned worker)
{
    struct fleet *fleet = context;
    struct place *made = &fleet->places[place];
    made->status = service_inspect(&fleet->tasks[worker], fleet->request.paths.items[fleet->first + index],
                                   &fleet->request, &made->report);
}

static void take(void *context, size_t index, size_t place)
{
    struct fleet *fleet = context;
    hand_over(fleet, &fleet->places[place]);
    const struct base_progress progress = {
        .phase = BASE_PHASE_EXAMINING, .unit = BASE_UNIT_FILES, .done = index + 1, .total = fleet->count};
    (void)pthread_mutex_lock(&fleet->telling);
    base_task_report(fleet->task, &progress);
    (void)pthread_mutex_unlock(&fleet->telling);
}

static void examine_together(struct fleet *fleet, struct base_workers *workers)
{
    const struct base_ordered work = {.count = fleet->count, .make = make, .take = take, .context = fleet};
    unsigned count = base_workers_count(fleet->worker_count, fleet->count);
    base_ordered_run(fleet->task, workers, count, &work);
}

static void examine_alone(struct fleet *fleet, const char *path, const struct service_inspect_request *request)
{
    struct place place;
    place.status = service_inspect(fleet->task, path, request, &place.report);
    hand_over(fleet, &place);
}

/* Whether the pack at a path, which may be a directory, is small. What cannot be looked at is small. */
static bool is_small(int root_fd, const char *path)
{
    struct stat status;
    bool there = fstatat(root_fd, path, &status, 0) == 0;
    if (there && S_ISDIR(status.st_mode)) {
        char *pack = base_path_join(path, "assets.pa");
        there = pack != NULL && fstatat(root_fd, pack, &status, 0) == 0;
        free(pack);
    }
    return !there || status.st_size <= SMALL;
}

/* Small packs before the first large one. */
static size_t count_small(int root_fd, const char *const *paths, size_t count)
{
    size_t small = 0;
    while (small < count && is_small(root_fd, paths[small])) {
        small++;
    }
    return small;
}

enum service_status service_inspect_each(struct base_task *task, const struct service_inspect_request *request,
                                         service_report_sink sink, void *sink_context)
{
    const char *const *paths = request->paths.items;
    size_t count = request->paths.count;
    struct fleet fleet = {
        .task = task,
        .request = *request,
        .telling = PTHREAD_MUTEX_INITIALIZER,
        .sink = sink,
        .sink_context = sink_context,
        .worst = SERVICE_STATUS_WELL,
    };
    struct base_workers *own = NULL;
    struct base_workers *workers = count > 1 ? base_workers_of(task, &own) : NULL;
    fleet.request.jobs = 1;
    if (workers != NULL) {
        init_fleet(&fleet, base_workers_count(request->jobs, count));
    }
    while (fleet.first < count && !base_task_cancelled(task)) {
        fleet.count = fleet.worker_count > 0
                          ? count_small(base_task_directory(task), paths + fleet.first, count - fleet.first)
                          : 0;
        if (fleet.count > 0) {
            examine_together(&fleet, workers);
            fleet.first += fleet.count;
        } else {
            examine_alone(&fleet, paths[fleet.first++], request);
        }
    }
    /* Reports that waited for their turn are dropped. One says that the examination was cancelled, and where. */
    if (fleet.taken < count && fleet.worst != SERVICE_STATUS_CANCELLED) {
        examine_alone(&fleet, paths[fleet.taken], request);
    }
    free_fleet(&fleet);
    base_workers_destroy(own);
    return fleet.worst;
}
