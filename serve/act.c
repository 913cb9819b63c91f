#include "serve/act.h"

#include "base/descriptor.h"
#include "base/file_problem.h"
#include "serve/about.h"
#include "serve/bell.h"
#include "serve/reply.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

static void send_error(struct serve_server *server, const struct base_text *id, enum serve_error error,
                       const char *text)
{
    struct base_text reply = BASE_TEXT_EMPTY;
    serve_reply_error(&reply, id, error, text, (struct base_bytes){.size = 0});
    serve_output_answer(server->host.output, id, &reply);
}

void serve_act_refuse(struct serve_server *server, enum serve_error error, const char *text)
{
    const struct base_text none = BASE_TEXT_EMPTY;
    send_error(server, &none, error, text);
}

/* ---- initialize ---- */

static int open_workspace(struct serve_server *server, const char *workspace)
{
    int fd = -1;
    int problem =
        workspace != NULL ? base_descriptor_open(&fd, server->host.directory, workspace, O_PATH | O_DIRECTORY) : 0;
    if (fd >= 0) {
        server->directory = fd;
        server->host.directory = fd;
    }
    return problem;
}

/* From now on the end of the client is seen. */
static void follow(struct serve_server *server, int64_t process)
{
    if (process > INT32_MAX) {
        server->orphaned = true;
        return;
    }
    server->process = (int)syscall(SYS_pidfd_open, (pid_t)process, 0);
    if (server->process < 0) {
        server->orphaned = errno == ESRCH;
        server->polled = process;
    }
}

static void initialize(struct serve_server *server, struct serve_action *action)
{
    struct base_text reply = BASE_TEXT_EMPTY;
    int problem = open_workspace(server, action->start.workspace);
    if (problem != 0) {
        struct base_text text = BASE_TEXT_EMPTY;
        base_text_addf(&text, "workspace cannot be opened: %s", base_file_problem_text(problem));
        send_error(server, &action->id, SERVE_ERROR_PARAMETERS, base_text_string(&text));
        base_text_free(&text);
        return;
    }
    if (action->start.has_process) {
        follow(server, action->start.process);
    }
    server->host.events = action->start.events;
    server->session.phase = SERVE_PHASE_OPEN;
    serve_reply_result(&reply, &action->id);
    serve_about_add_hello(&reply, server->framer.framing);
    serve_reply_end(&reply);
    serve_output_answer(server->host.output, &action->id, &reply);
}

/* ---- Operations ---- */

static void begin_watch(struct serve_server *server, struct serve_action *action)
{
    if (atomic_load(&server->host.watching)) {
        send_error(server, &action->id, SERVE_ERROR_REQUEST, "a watch runs already");
        return;
    }
    if (server->watch == NULL) {
        server->watch = serve_lane_create(serve_run_watch, &server->host, server->bell);
    }
    action->job->task.wake = serve_bell_create();
    if (server->watch == NULL || action->job->task.wake < 0) {
        send_error(server, &action->id, SERVE_ERROR_ENVIRONMENT, "memory, threads or descriptors ran out");
        return;
    }
    atomic_store(&server->host.watching, true);
    serve_lane_push(server->watch, action->job);
    action->job = NULL;
}

static void run(struct serve_server *server, struct serve_action *action)
{
    if (action->job->operation->id == SERVICE_OPERATION_WATCH) {
        begin_watch(server, action);
    } else {
        bool reads = action->job->operation->changes == SERVICE_CHANGES_NOTHING;
        serve_lane_push(reads ? server->reads : server->changes, action->job);
        action->job = NULL;
    }
}

/* ---- Cancelling ---- */

/* Answers jobs that were taken out before they ran. */
static void answer_cancelled(struct serve_server *server, struct serve_job *waiting)
{
    while (waiting != NULL) {
        struct serve_job *next = waiting->next;
        if (waiting->operation->id == SERVICE_OPERATION_WATCH) {
            atomic_store(&server->host.watching, false);
        }
        serve_answer_cancelled(server->host.output, waiting);
        serve_job_destroy(waiting);
        waiting = next;
    }
}

/* The lane of the oldest request with this key, or NULL. */
static struct serve_lane *lane_of(const struct serve_server *server, struct serve_lane_key key)
{
    struct serve_lane *const lanes[] = {server->changes, server->reads, server->watch};
    struct serve_lane *found = NULL;
    uint64_t oldest = UINT64_MAX;
    for (size_t i = 0; i < sizeof lanes / sizeof lanes[0]; i++) {
        uint64_t number = lanes[i] != NULL ? serve_lane_find(lanes[i], key) : 0;
        if (number != 0 && number < oldest) {
            oldest = number;
            found = lanes[i];
        }
    }
    return found;
}

static void cancel(struct serve_server *server, struct serve_lane_key key)
{
    struct serve_lane *lane = lane_of(server, key);
    if (lane != NULL) {
        answer_cancelled(server, serve_lane_cancel(lane, key));
    }
}

static void cancel_lane(struct serve_server *server, struct serve_lane *lane)
{
    if (lane != NULL) {
        answer_cancelled(server, serve_lane_cancel_all(lane));
    }
}

void serve_act_cancel_all(struct serve_server *server, bool reads_go_on)
{
    cancel_lane(server, server->changes);
    cancel_lane(server, server->watch);
    cancel_lane(server, reads_go_on ? NULL : server->reads);
}

/* ---- shutdown ---- */

static void begin_closing(struct serve_server *server, struct serve_action *action)
{
    server->closing = action->id;
    action->id = BASE_TEXT_EMPTY;
    cancel_lane(server, server->watch);
    serve_act_close(server);
}

void serve_act_close(struct serve_server *server)
{
    struct serve_lane *const lanes[] = {server->changes, server->reads, server->watch};
    struct base_text reply = BASE_TEXT_EMPTY;
    bool idle = server->closing.size > 0;
    for (size_t i = 0; i < sizeof lanes / sizeof lanes[0]; i++) {
        idle = idle && (lanes[i] == NULL || serve_lane_is_idle(lanes[i]));
    }
    if (!idle) {
        return;
    }
    serve_reply_result(&reply, &server->closing);
    base_text_add_string(&reply, "null");
    serve_reply_end(&reply);
    serve_output_answer(server->host.output, &server->closing, &reply);
    base_text_free(&server->closing);
    server->closed = true;
}

/* ---- Messages ---- */

static void take(struct serve_server *server, struct serve_action *action)
{
    switch (action->act) {
    case SERVE_ACT_NOTHING:
        break;
    case SERVE_ACT_REPLY:
        serve_output_answer(server->host.output, &action->id, &action->reply);
        break;
    case SERVE_ACT_INITIALIZE:
        initialize(server, action);
        break;
    case SERVE_ACT_RUN:
        run(server, action);
        break;
    case SERVE_ACT_CANCEL:
        cancel(server, (struct serve_lane_key){.text = &action->id, .is_token = action->is_token});
        break;
    case SERVE_ACT_SHUTDOWN:
        begin_closing(server, action);
        break;
    case SERVE_ACT_EXIT:
        server->exits = true;
        break;
    }
}

void serve_act(struct serve_server *server, struct base_bytes message)
{
    struct serve_action action;
    serve_trace_add(server->trace, "in", message);
    serve_dispatch(&server->session, message, &action);
    bool needs_memory = action.act != SERVE_ACT_NOTHING && action.act != SERVE_ACT_EXIT;
    if (needs_memory && base_text_out_of_memory(&action.reply)) {
        send_error(server, &action.id, SERVE_ERROR_ENVIRONMENT, "memory ran out");
    } else {
        take(server, &action);
    }
    serve_action_free(&action);
}
