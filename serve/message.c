#include "serve/message.h"

#include "json/emit.h"
#include "json/object.h"

enum { JSONRPC, ID, METHOD, PARAMS, RESULT, ERROR, MEMBERS };

bool serve_id_read(struct base_bytes text, struct json_token value, size_t most, struct base_text *id)
{
    struct json_emit emit = json_emit_make(id);
    uint8_t bytes[SERVE_ID_MOST];
    if (value.kind == JSON_NUMBER && json_token_is_exact(text, value)) {
        bool is_zero = json_integer(text, value).magnitude == 0;
        base_text_add(id, is_zero ? base_bytes_of_string("0") : json_span(text, value));
        return true;
    }
    if (value.kind != JSON_STRING) {
        return false;
    }
    /* An escape is never shorter than its value. */
    size_t size = json_unescape(json_span(text, value), bytes, sizeof bytes);
    if (size > most || size > sizeof bytes) {
        return false;
    }
    json_emit_bytes(&emit, base_bytes_make(bytes, size));
    return true;
}

struct base_bytes serve_name_read(struct base_bytes text, struct json_token value, uint8_t name[SERVE_NAME_MOST])
{
    size_t size = json_unescape(json_span(text, value), name, SERVE_NAME_MOST);
    return base_bytes_make(name, size < SERVE_NAME_MOST ? size : SERVE_NAME_MOST);
}

static void fail(struct serve_message *message, enum serve_error error, const char *fault)
{
    if (message->kind != SERVE_MESSAGE_WRONG) {
        message->kind = SERVE_MESSAGE_WRONG;
        message->error = error;
        message->fault = fault;
    }
}

/* A visit_fault of json_table. */
static void visit_fault(void *context, const struct json_object_fault *fault)
{
    if (fault->fault == JSON_FAULT_REPEATED) {
        fail(context, SERVE_ERROR_REQUEST, "a member occurs twice in the message");
    }
}

static void check_id(struct serve_message *message, struct json_token id)
{
    if (id.kind == JSON_END) {
        message->kind = message->kind == SERVE_MESSAGE_REQUEST ? SERVE_MESSAGE_NOTIFICATION : message->kind;
    } else if (!serve_id_read(message->text, id, SERVE_ID_MOST, &message->id)) {
        fail(message, SERVE_ERROR_REQUEST,
             id.kind == JSON_NULL ? "id is null; expected a string or an integer, or no id"
                                  : "id is not a string of at most 1024 bytes or an integer of at most 53 bits");
    }
}

static void check_params(struct serve_message *message, struct json_token params)
{
    message->params = params;
    if (params.kind == JSON_NULL) {
        message->params.kind = JSON_END;
    } else if (params.kind == JSON_ARRAY_BEGIN) {
        fail(message, SERVE_ERROR_PARAMETERS, "params is an array; expected an object: parameters have names");
    } else if (params.kind != JSON_OBJECT_BEGIN && params.kind != JSON_END) {
        fail(message, SERVE_ERROR_REQUEST, "params is not an object");
    }
}

static void read_members(struct serve_message *message, struct json_token object)
{
    static const struct json_member members[MEMBERS] = {
        [JSONRPC] = {.name = "jsonrpc"}, [ID] = {.name = "id"},         [METHOD] = {.name = "method"},
        [PARAMS] = {.name = "params"},   [RESULT] = {.name = "result"}, [ERROR] = {.name = "error"},
    };
    static const struct json_table table = {.members = members, .count = MEMBERS, .visit_fault = visit_fault};
    struct json_token values[MEMBERS];
    (void)json_object_read(NULL, message->text, object, &table, values, NULL, message);
    bool answers = values[RESULT].kind != JSON_END || values[ERROR].kind != JSON_END;
    if (answers && values[METHOD].kind == JSON_END) {
        message->kind = SERVE_MESSAGE_RESPONSE;
        return;
    }
    check_id(message, values[ID]);
    if (!json_token_is(message->text, values[JSONRPC], "2.0")) {
        fail(message, SERVE_ERROR_REQUEST, "jsonrpc is not \"2.0\"");
    }
    if (values[METHOD].kind != JSON_STRING) {
        fail(message, SERVE_ERROR_REQUEST, "method is not a string");
    }
    message->method = values[METHOD];
    /* A notification is not answered, whatever its parameters are. */
    if (message->kind == SERVE_MESSAGE_REQUEST) {
        check_params(message, values[PARAMS]);
    } else if (values[PARAMS].kind == JSON_OBJECT_BEGIN) {
        message->params = values[PARAMS];
    }
}

void serve_message_read(struct serve_message *message, struct base_bytes text)
{
    struct json_tokenizer check;
    *message = (struct serve_message){.kind = SERVE_MESSAGE_REQUEST, .text = text, .id = BASE_TEXT_EMPTY};
    if (!json_validate(&check, text)) {
        fail(message, SERVE_ERROR_PARSE, "the message is not JSON in UTF-8");
        return;
    }
    struct json_token root = json_root(text, NULL);
    if (root.kind == JSON_ARRAY_BEGIN) {
        fail(message, SERVE_ERROR_REQUEST, "the message is an array; expected one object: there are no batches");
    } else if (root.kind != JSON_OBJECT_BEGIN) {
        fail(message, SERVE_ERROR_REQUEST, "the message is not an object");
    } else {
        read_members(message, root);
    }
}

void serve_message_free(struct serve_message *message)
{
    base_text_free(&message->id);
}
