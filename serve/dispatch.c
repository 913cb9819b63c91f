#include "serve/dispatch.h"

#include "serve/method.h"
#include "serve/parameters.h"
#include "serve/reply.h"
#include "json/emit.h"
#include "json/object.h"

#include <stdlib.h>

void serve_action_free(struct serve_action *action)
{
    base_text_free(&action->reply);
    base_text_free(&action->id);
    serve_job_destroy(action->job);
    free(action->start.workspace);
}

static void refuse(struct serve_action *action, const struct serve_message *message, enum serve_error error,
                   const char *text, struct base_bytes data)
{
    action->act = SERVE_ACT_REPLY;
    serve_reply_error(&action->reply, &message->id, error, text, data);
}

static void refuse_plainly(struct serve_action *action, const struct serve_message *message, enum serve_error error,
                           const char *text)
{
    refuse(action, message, error, text, (struct base_bytes){.size = 0});
}

/* ---- Operations ---- */

static void refuse_parameter(struct serve_action *action, const struct serve_message *message,
                             const struct serve_problem *problem)
{
    struct base_text data = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&data);
    if (problem->out_of_memory) {
        refuse_plainly(action, message, SERVE_ERROR_ENVIRONMENT, "memory ran out");
        return;
    }
    json_emit_object(&emit);
    json_emit_key(&emit, "parameter");
    json_emit_bytes(&emit, base_text_bytes(&problem->parameter));
    json_emit_object_end(&emit);
    refuse(action, message, SERVE_ERROR_PARAMETERS, base_text_string(&problem->message), base_text_bytes(&data));
    base_text_release(&data, &action->reply.out_of_memory);
}

static void run(struct serve_session *session, struct serve_action *action, const struct serve_message *message,
                const struct service_operation *operation)
{
    struct serve_problem problem;
    struct serve_job *job = serve_job_create(operation, message->text.size);
    if (job == NULL) {
        refuse_plainly(action, message, SERVE_ERROR_ENVIRONMENT, "memory ran out");
        return;
    }
    if (serve_parameters_read(job, message->text, message->params, &problem)) {
        action->act = SERVE_ACT_RUN;
        action->job = job;
        base_text_add(&job->id, base_text_bytes(&message->id));
        job->number = ++session->operations;
        action->reply.out_of_memory = base_text_out_of_memory(&job->id);
    } else {
        refuse_parameter(action, message, &problem);
        serve_job_destroy(job);
    }
    serve_problem_free(&problem);
}

/* ---- Life ---- */

static void initialize(const struct serve_session *session, struct serve_action *action,
                       const struct serve_message *message)
{
    const char *fault;
    if (session->phase != SERVE_PHASE_NEW) {
        refuse_plainly(action, message, SERVE_ERROR_REQUEST, "initialize comes a second time");
        return;
    }
    switch (serve_hello_read(message, &action->start, &fault)) {
    case SERVE_HELLO_GOOD:
        action->act = SERVE_ACT_INITIALIZE;
        break;
    case SERVE_HELLO_VERSION:
        refuse(action, message, SERVE_ERROR_PARAMETERS, fault, base_bytes_of_string("{\"supported\":[1]}"));
        break;
    case SERVE_HELLO_WRONG:
        refuse_plainly(action, message, SERVE_ERROR_PARAMETERS, fault);
        break;
    case SERVE_HELLO_MEMORY:
        refuse_plainly(action, message, SERVE_ERROR_ENVIRONMENT, "memory ran out");
        break;
    }
}

/* ---- Messages ---- */

/* A request before `initialize` or after `shutdown`. */
static bool is_untimely(const struct serve_session *session, struct serve_action *action,
                        const struct serve_message *message)
{
    if (session->phase == SERVE_PHASE_NEW) {
        refuse_plainly(action, message, SERVE_ERROR_EARLY, "initialize was not called yet");
    } else if (session->phase == SERVE_PHASE_CLOSING) {
        refuse_plainly(action, message, SERVE_ERROR_REQUEST, "shutdown was called before");
    }
    return session->phase != SERVE_PHASE_OPEN;
}

static bool is_notification(const struct serve_message *message)
{
    static const char *const names[] = {"initialized", "exit", "$/cancelRequest", "window/workDoneProgress/cancel"};
    bool found = false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        found = found || json_token_is(message->text, message->method, names[i]);
    }
    return found;
}

static void refuse_method(struct serve_action *action, const struct serve_message *message, struct base_bytes method)
{
    struct base_text text = BASE_TEXT_EMPTY;
    bool notifies = is_notification(message);
    base_text_add_string(&text, notifies ? "" : "there is no method ");
    base_text_add_quoted(&text, method, 200);
    base_text_add_string(&text, notifies ? " is a notification; expected a message without id" : "");
    refuse_plainly(action, message, SERVE_ERROR_METHOD, base_text_string(&text));
    base_text_release(&text, &action->reply.out_of_memory);
}

static void take_request(struct serve_session *session, struct serve_action *action,
                         const struct serve_message *message)
{
    uint8_t name[SERVE_NAME_MOST];
    struct base_bytes method = serve_name_read(message->text, message->method, name);
    if (json_token_is(message->text, message->method, "initialize")) {
        initialize(session, action, message);
        return;
    }
    if (is_untimely(session, action, message)) {
        return;
    }
    if (json_token_is(message->text, message->method, "shutdown")) {
        session->phase = base_text_out_of_memory(&action->id) ? session->phase : SERVE_PHASE_CLOSING;
        action->act = SERVE_ACT_SHUTDOWN;
        return;
    }
    const struct service_operation *operation = serve_method_find(method);
    if (operation != NULL) {
        run(session, action, message, operation);
    } else {
        refuse_method(action, message, method);
    }
}

static void cancel(struct serve_action *action, const struct serve_message *message, bool is_token)
{
    struct json_token value = json_object_member(message->text, message->params, is_token ? "token" : "id");
    base_text_clear(&action->id);
    if (serve_id_read(message->text, value, is_token ? SERVE_TOKEN_MOST : SERVE_ID_MOST, &action->id)) {
        action->act = SERVE_ACT_CANCEL;
        action->is_token = is_token;
    }
}

static void take_notification(const struct serve_session *session, struct serve_action *action,
                              const struct serve_message *message)
{
    bool opened = session->phase != SERVE_PHASE_NEW;
    if (json_token_is(message->text, message->method, "exit")) {
        action->act = SERVE_ACT_EXIT;
    } else if (opened && json_token_is(message->text, message->method, "$/cancelRequest")) {
        cancel(action, message, false);
    } else if (opened && json_token_is(message->text, message->method, "window/workDoneProgress/cancel")) {
        cancel(action, message, true);
    }
}

void serve_dispatch(struct serve_session *session, struct base_bytes text, struct serve_action *action)
{
    struct serve_message message;
    *action = (struct serve_action){.act = SERVE_ACT_NOTHING, .reply = BASE_TEXT_EMPTY, .id = BASE_TEXT_EMPTY};
    serve_message_read(&message, text);
    base_text_add(&action->id, base_text_bytes(&message.id));
    action->id.out_of_memory = action->id.out_of_memory || base_text_out_of_memory(&message.id);
    switch (message.kind) {
    case SERVE_MESSAGE_REQUEST:
        take_request(session, action, &message);
        break;
    case SERVE_MESSAGE_NOTIFICATION:
        take_notification(session, action, &message);
        break;
    case SERVE_MESSAGE_WRONG:
        refuse_plainly(action, &message, message.error, message.fault);
        break;
    case SERVE_MESSAGE_RESPONSE:
        break;
    }
    action->reply.out_of_memory = action->reply.out_of_memory || base_text_out_of_memory(&action->id);
    serve_message_free(&message);
}
