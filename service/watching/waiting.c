#include "service/watching/waiting.h"

#include "base/descriptor.h"
#include "base/directory.h"
#include "base/file_problem.h"
#include "base/report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* All in nanoseconds. */
static const int64_t quiet = 100000000;       /* without an event, before a build */
static const int64_t most_noise = 2000000000; /* events are waited out for so long */
static const int64_t second = 1000000000;     /* between looks, and before a build is tried again */
static const int64_t settled = 2000000000;    /* no file system counts time in larger steps */
static const int64_t never = INT64_MAX;
enum { LOOK_SHARE = 10 }; /* looks without events take a tenth of the time at most */

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* ---- Looking ---- */

static bool polls(const struct service_waiting *waiting)
{
    return waiting->watches.fd < 0;
}

/* Directories cannot be watched any more. What is watched is given back: all programs of the user share it. */
static void begin_to_poll(struct service_waiting *waiting, int problem)
{
    service_watches_close(&waiting->watches);
    if (waiting->said_polling) {
        return;
    }
    const char *cause = problem == ENOSPC   ? "the kernel does not watch more directories for this user"
                        : problem == EMFILE ? "the kernel does not watch for more programs of this user"
                                            : base_file_problem_text(problem);
    char *assets = workspace_place_assets(&waiting->place.workspace);
    const struct base_details details = {.place.file = assets, .severity = BASE_WARNING};
    base_report(waiting->notes, DIAG_WATCH_POLLING, &details, "directories cannot be watched (%s)", cause);
    waiting->said_polling = true;
    free(assets);
}

/* When another directory has taken the place of the one that the task runs in, relative paths begin there. */
static void follow_directory(struct service_waiting *waiting)
{
    struct base_task *task = waiting->task;
    struct stat there;
    struct stat here;
    int fd;
    if (stat(waiting->place.begin, &there) != 0 ||
        (fstatat(task->directory, ".", &here, 0) == 0 && there.st_dev == here.st_dev && there.st_ino == here.st_ino) ||
        base_descriptor_open(&fd, AT_FDCWD, waiting->place.begin, O_PATH | O_DIRECTORY) != 0) {
        return;
    }
    if (waiting->directory_fd >= 0) {
        (void)close(waiting->directory_fd);
    }
    waiting->directory_fd = fd;
    task->directory = fd;
}

static void look(struct service_waiting *waiting, struct service_view *view)
{
    int64_t begun = base_task_now(waiting->task);
    follow_directory(waiting);
    service_view_take(view, &waiting->place, waiting->task, &waiting->watches);
    if (!polls(waiting) && waiting->watches.problem != 0) {
        begin_to_poll(waiting, waiting->watches.problem);
    }
    int64_t now = base_task_now(waiting->task);
    bool blind = polls(waiting) || !view->opened || !view->known;
    waiting->glance = blind ? now + later(second, (now - begun) * LOOK_SHARE) : never;
}

/* The look before a build. What could not be watched may be watched now. */
static void look_before_build(struct service_waiting *waiting, struct service_view *view)
{
    int problem = service_watches_open(&waiting->watches);
    if (problem != 0) {
        begin_to_poll(waiting, problem);
    }
    look(waiting, view);
}

/* ---- Waiting ---- */

static void notice(struct service_waiting *waiting)
{
    enum service_noticed noticed = service_watches_read(&waiting->watches);
    waiting->noticed = noticed > waiting->noticed ? noticed : waiting->noticed;
}

/* Waits until something is noticed, or it is time. */
static void sleep_until_due(struct service_waiting *waiting)
{
    struct base_task *task = waiting->task;
    int64_t due = earlier(waiting->glance, waiting->again);
    notice(waiting);
    for (int64_t now = base_task_now(task);
         waiting->noticed == SERVICE_NOTICED_NOTHING && now < due && !base_task_cancelled(task);
         now = base_task_now(task)) {
        base_task_wait(task, waiting->watches.fd, due != never ? due - now : -1);
        notice(waiting);
    }
}

/* Waits until nothing has been noticed for a while. */
static void settle(struct service_waiting *waiting)
{
    struct base_task *task = waiting->task;
    int64_t now = base_task_now(task);
    int64_t end = now + most_noise;
    int64_t calm = now + quiet;
    enum service_noticed all = waiting->noticed;
    while (now < earlier(calm, end) && !base_task_cancelled(task)) {
        base_task_wait(task, waiting->watches.fd, earlier(calm, end) - now);
        waiting->noticed = SERVICE_NOTICED_NOTHING;
        notice(waiting);
        now = base_task_now(task);
        calm = waiting->noticed != SERVICE_NOTICED_NOTHING ? now + quiet : calm;
        all = waiting->noticed > all ? waiting->noticed : all;
    }
    waiting->noticed = all;
}

/* The same without events: until two looks see the same. */
static void settle_by_looks(struct service_waiting *waiting, struct service_view *view)
{
    struct base_task *task = waiting->task;
    int64_t end = base_task_now(task) + most_noise;
    bool same = false;
    while (!same && base_task_now(task) < end && !base_task_cancelled(task)) {
        struct service_view before = *view;
        base_task_sleep(task, quiet);
        look(waiting, view);
        same = service_view_equal(view, &before);
    }
}

/* ---- What is due ---- */

/* Whether artifacts of the last build are gone. It is built again once; if that does not help, something else keeps
 * them away. */
static bool has_lost_artifacts(struct service_waiting *waiting, const struct service_view *view)
{
    bool lost = waiting->published && view->opened && !view->whole;
    bool first = lost && !waiting->restoring;
    waiting->restoring = lost;
    return first;
}

static bool is_due(struct service_waiting *waiting, struct service_view *view)
{
    bool changed = waiting->noticed == SERVICE_NOTICED_CHANGE || !service_view_equal(view, &waiting->built);
    if (!view->known || base_task_cancelled(waiting->task)) {
        return false;
    }
    if (changed && polls(waiting)) {
        settle_by_looks(waiting, view);
    }
    changed = has_lost_artifacts(waiting, view) || changed;
    waiting->retries = !changed;
    return changed || base_task_now(waiting->task) >= waiting->again;
}

static void begin_build(struct service_waiting *waiting, struct service_view *view)
{
    if (polls(waiting)) {
        look_before_build(waiting, view);
    }
    waiting->built = *view;
    waiting->seen = base_task_date(waiting->task);
    waiting->noticed = SERVICE_NOTICED_NOTHING;
    waiting->again = never;
}

bool service_waiting_next(struct service_waiting *waiting)
{
    notice(waiting);
    while (!base_task_cancelled(waiting->task)) {
        struct service_view view;
        if (waiting->noticed != SERVICE_NOTICED_NOTHING) {
            settle(waiting);
        }
        look(waiting, &view);
        if (is_due(waiting, &view)) {
            begin_build(waiting, &view);
            return !base_task_cancelled(waiting->task);
        }
        waiting->noticed = SERVICE_NOTICED_NOTHING;
        sleep_until_due(waiting);
    }
    return false;
}

void service_waiting_note(struct service_waiting *waiting, enum service_status status, bool published, int64_t took)
{
    int64_t now = base_task_now(waiting->task);
    waiting->published = published;
    if (status == SERVICE_STATUS_ENVIRONMENT) {
        waiting->again = now + later(second, took);
    } else if (polls(waiting) && waiting->built.changed > waiting->seen - settled) {
        waiting->again = now + settled; /* a change that came right after the look may have left the stamp as it was */
    }
}

/* ---- Beginning and end ---- */

bool service_waiting_begin(struct service_waiting *waiting, struct base_task *task, const struct workspace_place *place,
                           const char *output, struct base_findings *notes)
{
    char *begin = base_directory_resolve(task->directory, ".");
    *waiting = (struct service_waiting){
        .task = task,
        .place = {.workspace = *place, .output = output, .begin = begin},
        .begin = begin,
        .watches = SERVICE_WATCHES_EMPTY,
        .notes = notes,
        .directory_fd = -1,
        .glance = never,
        .again = never,
    };
    if (begin == NULL) {
        return false;
    }
    struct service_view view;
    look_before_build(waiting, &view);
    begin_build(waiting, &view);
    return true;
}

void service_waiting_end(struct service_waiting *waiting)
{
    service_watches_close(&waiting->watches);
    if (waiting->directory_fd >= 0) {
        (void)close(waiting->directory_fd);
    }
    free(waiting->begin);
}
