#include "serve/hello.h"

#include "json/object.h"

/* A member that may be null. Its kind is JSON_END when it is null or absent. */
static struct json_token member_of(const struct serve_message *message, const char *name)
{
    struct json_token value = {.kind = JSON_END};
    if (message->params.kind == JSON_OBJECT_BEGIN) {
        value = json_object_member(message->text, message->params, name);
    }
    value.kind = value.kind == JSON_NULL ? JSON_END : value.kind;
    return value;
}

static enum serve_hello read_version(const struct serve_message *message, const char **fault)
{
    struct json_token version = member_of(message, "protocolVersion");
    int64_t number = 0;
    if (version.kind == JSON_END) {
        return SERVE_HELLO_GOOD;
    }
    if (version.kind != JSON_NUMBER ||
        !json_token_integer(message->text, version, -JSON_EXACT_MAX, JSON_EXACT_MAX, &number)) {
        *fault = "protocolVersion is not an integer; expected 1";
        return SERVE_HELLO_VERSION;
    }
    *fault = "protocolVersion is one that this server does not have; expected 1";
    return number == SERVE_PROTOCOL_VERSION ? SERVE_HELLO_GOOD : SERVE_HELLO_VERSION;
}

static enum serve_hello read_process(const struct serve_message *message, struct serve_start *start, const char **fault)
{
    struct json_token process = member_of(message, "processId");
    if (process.kind == JSON_END) {
        return SERVE_HELLO_GOOD;
    }
    *fault = "processId is not a positive integer or null";
    start->has_process =
        process.kind == JSON_NUMBER && json_token_integer(message->text, process, 1, JSON_EXACT_MAX, &start->process);
    return start->has_process ? SERVE_HELLO_GOOD : SERVE_HELLO_WRONG;
}

static enum serve_hello read_capabilities(const struct serve_message *message, struct serve_start *start,
                                          const char **fault)
{
    struct json_token capabilities = member_of(message, "capabilities");
    if (capabilities.kind == JSON_END) {
        return SERVE_HELLO_GOOD;
    }
    *fault = "capabilities is not an object";
    if (capabilities.kind != JSON_OBJECT_BEGIN) {
        return SERVE_HELLO_WRONG;
    }
    struct json_token events = json_object_member(message->text, capabilities, "events");
    *fault = "capabilities.events is not true or false";
    start->events = events.kind == JSON_TRUE;
    return events.kind == JSON_TRUE || events.kind == JSON_FALSE || events.kind == JSON_END ? SERVE_HELLO_GOOD
                                                                                            : SERVE_HELLO_WRONG;
}

static enum serve_hello read_workspace(const struct serve_message *message, struct serve_start *start,
                                       const char **fault)
{
    struct json_token workspace = member_of(message, "workspace");
    if (workspace.kind == JSON_END) {
        return SERVE_HELLO_GOOD;
    }
    *fault = "workspace is not the path of a directory or null";
    if (workspace.kind != JSON_STRING || workspace.end == workspace.begin ||
        json_unescape(json_span(message->text, workspace), NULL, 0) > 65536) {
        return SERVE_HELLO_WRONG;
    }
    start->workspace = json_token_string(message->text, workspace);
    return start->workspace != NULL ? SERVE_HELLO_GOOD : SERVE_HELLO_MEMORY;
}

enum serve_hello serve_hello_read(const struct serve_message *message, struct serve_start *start, const char **fault)
{
    *start = (struct serve_start){.workspace = NULL};
    *fault = "";
    enum serve_hello hello = read_version(message, fault);
    hello = hello == SERVE_HELLO_GOOD ? read_process(message, start, fault) : hello;
    hello = hello == SERVE_HELLO_GOOD ? read_capabilities(message, start, fault) : hello;
    return hello == SERVE_HELLO_GOOD ? read_workspace(message, start, fault) : hello;
}
