#include "serve/progress.h"

#include "present/phase.h"
#include "serve/reply.h"

#include <inttypes.h>

/* With `begin` and `end` there are at most ten in a second. */
static const int64_t pause_between = 125000000;

static void send(struct serve_progress *progress, const char *kind, const char *extra, const char *text)
{
    struct base_text message = BASE_TEXT_EMPTY;
    const struct base_progress *seen = &progress->seen;
    if (progress->job->token.size == 0) {
        return;
    }
    struct json_emit emit = serve_notice_begin(&message, "$/progress", progress->job->number);
    json_emit_key(&emit, "token");
    base_text_add(&message, base_text_bytes(&progress->job->token));
    emit.needs_comma = true;
    json_emit_key(&emit, "value");
    json_emit_object(&emit);
    json_emit_key(&emit, "kind");
    json_emit_string(&emit, kind);
    if (extra != NULL) {
        json_emit_key(&emit, extra);
        json_emit_string(&emit, text);
    }
    json_emit_key(&emit, "phase");
    json_emit_string(&emit, present_phase_name(seen->phase));
    json_emit_key(&emit, "done");
    json_emit_u64(&emit, seen->done);
    json_emit_key(&emit, "total");
    json_emit_u64(&emit, seen->total);
    json_emit_key(&emit, "unit");
    json_emit_string(&emit, present_unit_name(seen->unit));
    json_emit_object_end(&emit);
    serve_notice_end(&emit);
    serve_output_notify(progress->output, &message, kind[0] == 'r');
}

static void note(const struct serve_progress *progress)
{
    if (progress->visit != NULL) {
        progress->visit(progress->visit_context);
    }
}

/* A base_progress_callback. */
static void report(void *context, const struct base_progress *seen)
{
    struct serve_progress *progress = context;
    int64_t now = base_task_now(&progress->job->task);
    note(progress);
    progress->seen = *seen;
    if (now - progress->last >= pause_between && seen->done <= seen->total) {
        progress->last = now;
        send(progress, "report", NULL, NULL);
    }
}

/* A base_waiting_callback. */
static void report_waiting(void *context, const struct base_waiting *waiting)
{
    struct serve_progress *progress = context;
    struct base_text text = BASE_TEXT_EMPTY;
    note(progress);
    progress->seen = (struct base_progress){.phase = BASE_PHASE_WAITING, .unit = BASE_UNIT_FILES};
    if (waiting->process > 0) {
        base_text_addf(&text, "process %" PRId64 " (%s)", waiting->process,
                       waiting->name != NULL ? waiting->name : "?");
    } else {
        base_text_add_string(&text, "another process");
    }
    base_text_addf(&text, " has locked %s", waiting->file);
    send(progress, "report", "message", base_text_string(&text));
    base_text_free(&text);
}

void serve_progress_init(struct serve_progress *progress, struct serve_job *job, struct serve_output *output,
                         void (*visit)(void *context), void *visit_context)
{
    struct base_task *task = &job->task;
    *progress = (struct serve_progress){.job = job, .output = output, .visit = visit, .visit_context = visit_context};
    if (job->token.size > 0 || visit != NULL) {
        task->progress = report;
        task->waiting = report_waiting;
        task->progress_context = progress;
    }
}

void serve_progress_begin(struct serve_progress *progress)
{
    progress->seen = (struct base_progress){.phase = BASE_PHASE_LOADING, .unit = BASE_UNIT_FILES};
    progress->last = base_task_now(&progress->job->task);
    send(progress, "begin", "title", progress->job->operation->name);
}

void serve_progress_end(struct serve_progress *progress)
{
    send(progress, "end", NULL, NULL);
}
