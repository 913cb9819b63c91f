#include "serve/hello.h"

#include "json/object.h"

enum { PROTOCOL_VERSION, PROCESS_ID, CLIENT_INFO, WORKSPACE, CAPABILITIES, MEMBERS };

/* A visit_fault of json_table. */
static void note_repeated(void *context, const struct json_object_fault *fault)
{
    bool *repeated = context;
    *repeated = *repeated || fault->fault == JSON_FAULT_REPEATED;
}

/* Finds members that may be null; the kind is JSON_END when one is null or absent. Returns false when one of them
 * occurs twice. */
static bool find_members(struct base_bytes text, struct json_token object, const struct json_member members[],
                         size_t count, struct json_token values[])
{
    const struct json_table table = {.members = members, .count = count, .visit_fault = note_repeated};
    bool repeated = false;
    for (size_t i = 0; i < count; i++) {
        values[i].kind = JSON_END;
    }
    if (object.kind == JSON_OBJECT_BEGIN) {
        (void)json_object_read(NULL, text, object, &table, values, NULL, &repeated);
    }
    for (size_t i = 0; i < count; i++) {
        values[i].kind = values[i].kind == JSON_NULL ? JSON_END : values[i].kind;
    }
    return !repeated;
}

static enum serve_hello read_version(const struct serve_message *message, struct json_token version, const char **fault)
{
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

static enum serve_hello read_process(const struct serve_message *message, struct json_token process,
                                     struct serve_start *start, const char **fault)
{
    if (process.kind == JSON_END) {
        return SERVE_HELLO_GOOD;
    }
    *fault = "processId is not a positive integer or null";
    start->has_process =
        process.kind == JSON_NUMBER && json_token_integer(message->text, process, 1, JSON_EXACT_MAX, &start->process);
    return start->has_process ? SERVE_HELLO_GOOD : SERVE_HELLO_WRONG;
}

static enum serve_hello read_capabilities(const struct serve_message *message, struct json_token capabilities,
                                          struct serve_start *start, const char **fault)
{
    static const struct json_member members[] = {{.name = "events"}};
    struct json_token events;
    if (capabilities.kind == JSON_END) {
        return SERVE_HELLO_GOOD;
    }
    *fault = "capabilities is not an object";
    if (capabilities.kind != JSON_OBJECT_BEGIN) {
        return SERVE_HELLO_WRONG;
    }
    *fault = "capabilities.events occurs twice";
    if (!find_members(message->text, capabilities, members, 1, &events)) {
        return SERVE_HELLO_WRONG;
    }
    *fault = "capabilities.events is not true or false";
    start->events = events.kind == JSON_TRUE;
    return events.kind == JSON_TRUE || events.kind == JSON_FALSE || events.kind == JSON_END ? SERVE_HELLO_GOOD
                                                                                            : SERVE_HELLO_WRONG;
}

static enum serve_hello read_workspace(const struct serve_message *message, struct json_token workspace,
                                       struct serve_start *start, const char **fault)
{
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
    static const struct json_member members[MEMBERS] = {
        [PROTOCOL_VERSION] = {.name = "protocolVersion"}, [PROCESS_ID] = {.name = "processId"},
        [CLIENT_INFO] = {.name = "clientInfo"},           [WORKSPACE] = {.name = "workspace"},
        [CAPABILITIES] = {.name = "capabilities"},
    };
    struct json_token values[MEMBERS];
    *start = (struct serve_start){.workspace = NULL};
    *fault = "a parameter occurs twice";
    if (!find_members(message->text, message->params, members, MEMBERS, values)) {
        return SERVE_HELLO_WRONG;
    }
    enum serve_hello hello = read_version(message, values[PROTOCOL_VERSION], fault);
    hello = hello == SERVE_HELLO_GOOD ? read_process(message, values[PROCESS_ID], start, fault) : hello;
    hello = hello == SERVE_HELLO_GOOD ? read_capabilities(message, values[CAPABILITIES], start, fault) : hello;
    return hello == SERVE_HELLO_GOOD ? read_workspace(message, values[WORKSPACE], start, fault) : hello;
}
