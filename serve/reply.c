#include "serve/reply.h"

static void begin(struct base_text *text, const struct base_text *id)
{
    base_text_add_string(text, "{\"jsonrpc\":\"2.0\",\"id\":");
    if (id->size > 0) {
        base_text_add(text, base_text_bytes(id));
    } else {
        base_text_add_string(text, "null");
    }
}

void serve_reply_result(struct base_text *text, const struct base_text *id)
{
    begin(text, id);
    base_text_add_string(text, ",\"result\":");
}

void serve_reply_end(struct base_text *text)
{
    base_text_add_char(text, '}');
}

void serve_reply_error(struct base_text *text, const struct base_text *id, enum serve_error error, const char *message,
                       struct base_bytes data)
{
    begin(text, id);
    base_text_addf(text, ",\"error\":{\"code\":%d,\"message\":", (int)error);
    json_add_string(text, message);
    if (data.size > 0) {
        base_text_add_string(text, ",\"data\":");
        base_text_add(text, data);
    }
    base_text_add_string(text, "}}");
}

struct json_emit serve_notice_begin(struct base_text *text, const char *method, uint64_t operation)
{
    struct json_emit emit = json_emit_make(text);
    json_emit_object(&emit);
    json_emit_key(&emit, "jsonrpc");
    json_emit_string(&emit, "2.0");
    json_emit_key(&emit, "method");
    json_emit_string(&emit, method);
    json_emit_key(&emit, "params");
    json_emit_object(&emit);
    json_emit_key(&emit, "operation");
    json_emit_u64(&emit, operation);
    return emit;
}

void serve_notice_end(struct json_emit *emit)
{
    json_emit_key(emit, "sequence");
}
