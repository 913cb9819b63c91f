#include "serve/run.h"

#include "present/json_document.h"
#include "serve/events.h"
#include "serve/given.h"
#include "serve/progress.h"
#include "serve/reply.h"
#include "service/table/assign.h"

/* A job that runs. */
struct run {
    struct serve_host *host;
    struct serve_job *job;
    struct present_output present;
    struct serve_given given;
    bool out_of_memory;
    struct serve_progress progress;
    struct base_text result;   /* the documents, with commas between them */
    struct base_text message;  /* of the first error */
    bool changed;              /* the workspace changed while the operation worked */
    enum service_status worst; /* of the documents */

    /* Of a watch. */
    bool answered;
    bool building; /* a build runs, and its beginning was sent */
};

/* ---- Documents ---- */

/* Whether the finding says that the workspace changed under the operation. */
static bool is_change(const struct base_finding *finding)
{
    return finding->severity == BASE_ERROR &&
           (finding->diagnostic == DIAG_INPUT_CHANGED || finding->cause == DIAG_CAUSE_WRITE_BLOCKED);
}

static void note_findings(struct run *run, const struct service_answer *answer)
{
    for (size_t i = 0; i < answer->findings.count; i++) {
        const struct base_finding *finding = &answer->findings.items[i];
        run->changed = run->changed || is_change(finding);
        if (run->message.size == 0 && finding->severity == BASE_ERROR) {
            base_text_add_string(&run->message, finding->message);
        }
    }
}

static void send_findings(struct run *run, const struct service_answer *answer)
{
    const struct base_finding *finding = service_finding_shown(answer, 0);
    for (size_t i = 1; finding != NULL; i++) {
        struct base_text message = BASE_TEXT_EMPTY;
        struct json_emit emit = serve_notice_begin(&message, "prpack/finding", run->job->number);
        json_emit_key(&emit, "id");
        base_text_add(&message, base_text_bytes(&run->job->id));
        emit.needs_comma = true;
        json_emit_key(&emit, "finding");
        present_json_finding_add(&message, &run->present, finding);
        emit.needs_comma = true;
        serve_notice_end(&emit);
        serve_output_notify(run->host->output, &message, false);
        finding = service_finding_shown(answer, i);
    }
}

static bool builds(const struct run *run)
{
    enum service_operation_id id = run->job->operation->id;
    return id == SERVICE_OPERATION_BUILD || id == SERVICE_OPERATION_WATCH;
}

/* Sends what comes before the document of an answer. A cancelled operation has none, and of what it has examined in
 * part nothing is said. */
static void send_before(struct run *run, const struct service_answer *answer)
{
    bool complete = answer->status != SERVICE_STATUS_CANCELLED;
    if (complete && run->job->findings) {
        send_findings(run, answer);
    }
    if (complete && run->host->events) {
        serve_events_add(run->host->output, run->job, answer);
    } else if (run->host->events && builds(run)) {
        serve_events_cancelled(run->host->output, run->job);
    }
}

/* Adds the document of an answer, and sends what comes before it. */
static void take_document(struct run *run, const struct service_answer *answer)
{
    send_before(run, answer);
    note_findings(run, answer);
    run->worst = service_status_worse(run->worst, answer->status);
    if (run->result.size > 0) {
        base_text_add_char(&run->result, ',');
    }
    present_json_document_add(&run->result, &run->present, answer);
}

/* ---- Answers ---- */

static enum serve_error error_of(const struct run *run, enum service_status status)
{
    if (status == SERVICE_STATUS_CANCELLED) {
        return SERVE_ERROR_CANCELLED;
    }
    if (status == SERVICE_STATUS_USAGE) {
        return SERVE_ERROR_PARAMETERS;
    }
    return run->changed ? SERVE_ERROR_CHANGED : SERVE_ERROR_ENVIRONMENT;
}

static const char *message_of(const struct run *run, enum serve_error error)
{
    if (error == SERVE_ERROR_CANCELLED) {
        return "the request was cancelled";
    }
    return run->message.size > 0 ? base_text_string(&run->message) : "the operation failed";
}

/* Answers with the documents that were taken, and forgets them. */
static void answer(struct run *run, enum service_status status)
{
    struct base_text reply = BASE_TEXT_EMPTY;
    struct base_text data = BASE_TEXT_EMPTY;
    bool good = (status == SERVICE_STATUS_WELL || status == SERVICE_STATUS_WRONG) && !run->changed;
    bool lacks = base_text_out_of_memory(&run->result) || run->out_of_memory;
    bool once = run->job->operation->id == SERVICE_OPERATION_WATCH ||
                service_answers_once(run->job->operation, &run->job->request);
    if (!lacks && status != SERVICE_STATUS_CANCELLED) {
        base_text_add_string(&data, once ? "" : "[");
        base_text_add(&data, base_text_bytes(&run->result));
        base_text_add_string(&data, once ? "" : "]");
    }
    lacks = lacks || base_text_out_of_memory(&data);
    if (good && !lacks) {
        serve_reply_result(&reply, &run->job->id);
        base_text_add(&reply, base_text_bytes(&data));
        serve_reply_end(&reply);
    } else if (lacks) {
        serve_reply_error(&reply, &run->job->id, SERVE_ERROR_ENVIRONMENT, "memory ran out",
                          (struct base_bytes){.size = 0});
    } else {
        enum serve_error error = error_of(run, status);
        serve_reply_error(&reply, &run->job->id, error, message_of(run, error), base_text_bytes(&data));
    }
    serve_output_answer(run->host->output, &run->job->id, &reply);
    base_text_free(&data);
}

void serve_answer_cancelled(struct serve_output *output, const struct serve_job *job)
{
    struct base_text reply = BASE_TEXT_EMPTY;
    serve_reply_error(&reply, &job->id, SERVE_ERROR_CANCELLED, "the request was cancelled",
                      (struct base_bytes){.size = 0});
    serve_output_answer(output, &job->id, &reply);
}

static void forget_documents(struct run *run)
{
    base_text_free(&run->result);
    base_text_free(&run->message);
    run->changed = false;
    run->out_of_memory = false;
    run->worst = SERVICE_STATUS_WELL;
}

/* ---- Running ---- */

static void begin(struct run *run, struct serve_host *host, struct serve_job *job)
{
    *run = (struct run){.host = host, .job = job, .present = *host->present};
    run->present.out_of_memory = &run->out_of_memory;
    serve_given_find(&run->given, job);
    run->present.given = run->given.items;
    run->present.given_count = run->given.count;
    run->present.adding = job->operation->id == SERVICE_OPERATION_ADOPT ? "adopt" : "add";
    job->task.directory = host->directory;
}

static enum service_status call(struct run *run, service_take_answer take)
{
    const struct service_call call = {
        .operation = run->job->operation,
        .task = &run->job->task,
        .request = &run->job->request,
        .take = take,
        .take_context = run,
    };
    return service_run(&call);
}

/* A service_take_answer. */
static void take(void *context, const struct service_answer *answer)
{
    take_document(context, answer);
}

/* What changes something waits for the builds of a watch of this server. */
static void wait_for_watch(const struct serve_host *host, struct serve_job *job)
{
    const struct service_member *wait = service_table_member(job->operation->request, "wait");
    if (atomic_load(&host->watching) && wait != NULL && job->operation->changes != SERVICE_CHANGES_NOTHING) {
        (void)service_member_set_boolean(wait, &job->request, true);
    }
}

void serve_run(void *context, struct serve_job *job)
{
    struct serve_host *host = context;
    struct run run;
    begin(&run, host, job);
    serve_output_wait(host->output);
    wait_for_watch(host, job);
    if (builds(&run) && host->events) {
        job->request.build.explain = true;
        serve_events_begin(host->output, job);
    }
    serve_progress_init(&run.progress, job, host->output, NULL, NULL);
    serve_progress_begin(&run.progress);
    enum service_status status = call(&run, take);
    serve_progress_end(&run.progress);
    if (host->events) {
        serve_events_end(host->output, job, status);
    }
    answer(&run, status);
    forget_documents(&run);
}

/* ---- Watching ---- */

/* Sends a build after the first one. */
static void send_built(struct run *run)
{
    struct base_text message = BASE_TEXT_EMPTY;
    struct json_emit emit = serve_notice_begin(&message, "prpack/built", run->job->number);
    json_emit_key(&emit, "id");
    base_text_add(&message, base_text_bytes(&run->job->id));
    base_text_add_string(&message, ",\"result\":");
    base_text_add(&message, base_text_bytes(&run->result));
    message.out_of_memory = message.out_of_memory || base_text_out_of_memory(&run->result) || run->out_of_memory;
    emit.needs_comma = true;
    serve_notice_end(&emit);
    serve_output_notify(run->host->output, &message, false);
}

static void send_ended(const struct run *run)
{
    struct base_text message = BASE_TEXT_EMPTY;
    struct json_emit emit = serve_notice_begin(&message, "prpack/watchEnded", run->job->number);
    json_emit_key(&emit, "id");
    base_text_add(&message, base_text_bytes(&run->job->id));
    emit.needs_comma = true;
    serve_notice_end(&emit);
    serve_output_notify(run->host->output, &message, false);
}

/* At the first report of a build, which is a visit of its progress, or at its end. */
static void begin_build(void *context)
{
    struct run *run = context;
    if (run->building) {
        return;
    }
    run->building = true;
    if (run->host->events) {
        serve_events_begin(run->host->output, run->job);
    }
    serve_progress_begin(&run->progress);
}

/* A service_take_answer. */
static void take_build(void *context, const struct service_answer *build)
{
    struct run *run = context;
    begin_build(run);
    take_document(run, build);
    serve_progress_end(&run->progress);
    run->building = false;
    if (run->answered) {
        send_built(run);
    } else {
        answer(run, build->status);
    }
    run->answered = true;
    forget_documents(run);
    serve_output_wait(run->host->output);
}

/* The build that ran when the watch was cancelled has no answer. */
static void end_cancelled_build(struct run *run)
{
    if (run->building && run->host->events) {
        serve_events_cancelled(run->host->output, run->job);
    }
    if (run->building) {
        serve_progress_end(&run->progress);
    }
}

void serve_run_watch(void *context, struct serve_job *job)
{
    struct serve_host *host = context;
    struct run run;
    begin(&run, host, job);
    job->request.build.explain = host->events;
    serve_progress_init(&run.progress, job, host->output, begin_build, &run);
    enum service_status status = call(&run, take_build);
    end_cancelled_build(&run);
    /* The client may send another watch as soon as it reads what follows. */
    atomic_store(&host->watching, false);
    if (run.answered) {
        send_ended(&run);
    } else {
        answer(&run, status == SERVICE_STATUS_WELL ? SERVICE_STATUS_CANCELLED : status);
    }
    forget_documents(&run);
}
