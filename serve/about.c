#include "serve/about.h"

#include "serve/hello.h"
#include "serve/method.h"
#include "serve/parameters.h"
#include "json/emit.h"

static void emit_method(struct json_emit *emit, const struct service_operation *operation, bool key)
{
    struct base_text name = BASE_TEXT_EMPTY;
    serve_method_add(&name, operation);
    if (key) {
        json_emit_key(emit, base_text_string(&name));
    } else {
        json_emit_string(emit, base_text_string(&name));
    }
    base_text_release(&name, &emit->text->out_of_memory);
}

static void emit_true(struct json_emit *emit, const char *key)
{
    json_emit_key(emit, key);
    json_emit_bool(emit, true);
}

void serve_about_add_hello(struct base_text *text, enum serve_framing framing)
{
    struct json_emit emit = json_emit_make(text);
    json_emit_object(&emit);
    json_emit_key(&emit, "serverInfo");
    json_emit_object(&emit);
    json_emit_key(&emit, "name");
    json_emit_string(&emit, "prpack");
    json_emit_key(&emit, "version");
    json_emit_string(&emit, PRPACK_VERSION);
    json_emit_object_end(&emit);
    json_emit_key(&emit, "protocolVersion");
    json_emit_u64(&emit, SERVE_PROTOCOL_VERSION);
    json_emit_key(&emit, "capabilities");
    json_emit_object(&emit);
    json_emit_key(&emit, "framing");
    json_emit_string(&emit, framing == SERVE_FRAMING_LINE ? "line" : "header");
    emit_true(&emit, "progress");
    emit_true(&emit, "findings");
    emit_true(&emit, "events");
    emit_true(&emit, "cancel");
    emit_true(&emit, "watch");
    json_emit_key(&emit, "methods");
    json_emit_array(&emit);
    for (int i = 0; i < SERVICE_OPERATION_COUNT; i++) {
        emit_method(&emit, service_operation((enum service_operation_id)i), false);
    }
    json_emit_array_end(&emit);
    json_emit_object_end(&emit);
    json_emit_object_end(&emit);
}

static void emit_names(struct json_emit *emit, const struct service_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        json_emit_string(emit, service_member_called(&table->members[i]));
    }
}

static void emit_strings(struct json_emit *emit, const char *key, const char *const *strings)
{
    json_emit_key(emit, key);
    json_emit_array(emit);
    for (size_t i = 0; strings[i] != NULL; i++) {
        json_emit_string(emit, strings[i]);
    }
    json_emit_array_end(emit);
}

static void emit_description(struct json_emit *emit, const struct service_operation *operation)
{
    static const char *const changes[] = {
        [SERVICE_CHANGES_NOTHING] = "nothing",
        [SERVICE_CHANGES_WORKSPACE] = "workspace",
        [SERVICE_CHANGES_OUTPUT] = "output",
    };
    emit_method(emit, operation, true);
    json_emit_object(emit);
    json_emit_key(emit, "summary");
    json_emit_string(emit, operation->summary);
    json_emit_key(emit, "changes");
    json_emit_string(emit, changes[operation->changes]);
    json_emit_key(emit, "parameters");
    json_emit_array(emit);
    emit_names(emit, operation->request);
    emit_names(emit, &serve_own_parameters);
    json_emit_array_end(emit);
    json_emit_object_end(emit);
}

void serve_about_add(struct base_text *text, const char *program)
{
    const char *const argv[] = {program, "serve", NULL};
    const char *const framings[] = {"auto", "header", "line", NULL};
    struct json_emit emit = json_emit_make(text);
    json_emit_object(&emit);
    json_emit_key(&emit, "name");
    json_emit_string(&emit, "prpack");
    json_emit_key(&emit, "version");
    json_emit_string(&emit, PRPACK_VERSION);
    json_emit_key(&emit, "protocolVersion");
    json_emit_u64(&emit, SERVE_PROTOCOL_VERSION);
    emit_strings(&emit, "argv", argv);
    emit_strings(&emit, "framings", framings);
    json_emit_key(&emit, "methods");
    json_emit_object(&emit);
    for (int i = 0; i < SERVICE_OPERATION_COUNT; i++) {
        emit_description(&emit, service_operation((enum service_operation_id)i));
    }
    json_emit_object_end(&emit);
    json_emit_object_end(&emit);
}
