/* The operation that never ends by itself: builds, shows, waits. */
#include "base/hash.h"
#include "base/report.h"
#include "base/text.h"
#include "service/service.h"
#include "service/watching/waiting.h"

#include <inttypes.h>

struct watch {
    struct base_task task; /* of the builds; it is cancelled with that of the caller */
    const char *workspace;
    struct service_build_request request;
    struct service_waiting waiting;
    struct base_findings notes; /* for the next answer */
    service_watch_sink sink;
    void *sink_context;
    struct base_hash said; /* what the last answer came to */
};

/* A base_task's `ask`: the builds end with the operation. */
static bool is_over(void *context)
{
    return base_task_cancelled(context);
}

static void begin_task(struct base_task *task, struct base_task *callers)
{
    static struct base_task none = BASE_TASK_INIT;
    const struct base_task *from = callers != NULL ? callers : &none;
    task->progress = from->progress;
    task->waiting = from->waiting;
    task->progress_context = from->progress_context;
    task->clock = from->clock;
    task->workers = from->workers;
    task->directory = from->directory;
    task->wake = from->wake;
    task->audience = from->audience;
    task->ask = callers != NULL ? is_over : NULL;
    task->ask_context = callers;
}

/* What an answer comes to: two that are equal say the same. */
static struct base_hash sum_of(enum service_status status, const struct base_findings *findings)
{
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_addf(&text, "%d %" PRIu64 " %" PRIu64 "\n", (int)status, base_findings_errors(findings),
                   base_findings_warnings(findings));
    for (size_t i = 0; i < findings->count; i++) {
        const struct base_finding *finding = &findings->items[i];
        base_text_addf(&text, "%u %s %s\n", (unsigned)finding->diagnostic, finding->file != NULL ? finding->file : "",
                       finding->message);
    }
    const struct base_hash sum = base_hash_of(base_text_bytes(&text));
    base_text_free(&text);
    return sum;
}

/* Shows what a build has come to. One that was tried again, although nothing has changed, has to come to something
 * else. */
static void show(struct watch *watch, enum service_status status, struct service_watch_result *result,
                 struct base_findings *findings)
{
    const struct base_hash sum = sum_of(status, findings);
    bool published = status == SERVICE_STATUS_WELL && !result->build.unchanged;
    result->repeated = base_hash_equal(sum, watch->said);
    watch->said = sum;
    if (published || !result->repeated || !watch->waiting.retries) {
        watch->sink(watch->sink_context, status, result, findings, &watch->notes);
    }
}

/* Builds once. Returns how it ended. *refused: there is nothing to build at all. */
static enum service_status build(struct watch *watch, bool *refused)
{
    struct service_watch_result result = {.date = 0};
    struct base_findings findings;
    base_findings_init(&findings);
    int64_t begun = base_task_now(&watch->task);
    enum service_status status =
        service_build(&watch->task, watch->workspace, &watch->request, &result.build, &findings);
    result.duration = base_task_now(&watch->task) - begun;
    result.date = base_task_date(&watch->task);
    base_findings_move(&findings, &result.build.report.findings);
    service_waiting_note(&watch->waiting, status, result.build.published == SERVICE_PUBLISHED, result.duration);
    *refused = status == SERVICE_STATUS_USAGE || findings.total[DIAG_WORKSPACE_MISSING] > 0;
    if (status != SERVICE_STATUS_CANCELLED) {
        show(watch, status, &result, &findings);
    }
    base_findings_free(&findings);
    service_build_result_free(&result.build);
    return status;
}

/* A workspace that cannot be built at all when the watch begins is a slip of the user, who is told so at once. */
static enum service_status build_for_ever(struct watch *watch)
{
    bool refused;
    enum service_status status = build(watch, &refused);
    if (refused && status != SERVICE_STATUS_CANCELLED) {
        return status;
    }
    while (service_waiting_next(&watch->waiting)) {
        (void)build(watch, &refused);
    }
    return SERVICE_STATUS_WELL;
}

enum service_status service_watch(struct base_task *task, const char *workspace,
                                  const struct service_build_request *request, service_watch_sink sink,
                                  void *sink_context, struct base_findings *findings)
{
    struct watch watch = {
        .task = BASE_TASK_INIT,
        .workspace = workspace,
        .request = *request,
        .sink = sink,
        .sink_context = sink_context,
    };
    const struct workspace_place place = {.project = workspace, .assets = request->assets};
    enum service_status status = SERVICE_STATUS_ENVIRONMENT;
    begin_task(&watch.task, task);
    base_findings_init(&watch.notes);
    watch.request.verify = true;
    watch.request.wait = true;
    if (service_waiting_begin(&watch.waiting, &watch.task, &place, request->output, &watch.notes)) {
        status = build_for_ever(&watch);
    } else {
        base_report(findings, DIAG_ENVIRONMENT_READ, NULL, "the path of the current directory cannot be found out");
    }
    service_waiting_end(&watch.waiting);
    base_findings_free(&watch.notes);
    return status;
}
