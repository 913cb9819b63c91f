/* A message as its parts: docs/contracts/serve.md, 2.
 *
 * Threads: no shared state. */
#ifndef PRPACK_SERVE_MESSAGE_H
#define PRPACK_SERVE_MESSAGE_H

#include "base/text.h"
#include "json/value.h"

enum {
    SERVE_ID_MOST = 1024, /* bytes of the value of a string that is an id */
    SERVE_NAME_MOST = 256 /* above the names of all methods and parameters */
};

/* The errors of JSON-RPC, and ours: serve.md, 4.4. */
enum serve_error {
    SERVE_ERROR_PARSE = -32700,
    SERVE_ERROR_REQUEST = -32600,
    SERVE_ERROR_METHOD = -32601,
    SERVE_ERROR_PARAMETERS = -32602,
    SERVE_ERROR_INTERNAL = -32603,
    SERVE_ERROR_EARLY = -32002,
    SERVE_ERROR_CANCELLED = -32800,
    SERVE_ERROR_CHANGED = -32801,
    SERVE_ERROR_ENVIRONMENT = -32803
};

enum serve_message_kind {
    SERVE_MESSAGE_REQUEST,
    SERVE_MESSAGE_NOTIFICATION,
    SERVE_MESSAGE_RESPONSE, /* to a request that was never sent */
    SERVE_MESSAGE_WRONG     /* `error` and `fault` say why */
};

struct serve_message {
    enum serve_message_kind kind;
    struct base_bytes text; /* borrowed */
    struct base_text id;    /* as JSON, in one spelling per value; empty: there is none, or it is not known */
    struct json_token method;
    struct json_token params; /* an object, whole; its kind is JSON_END when there are none */
    enum serve_error error;
    const char *fault; /* static */
};

/* Reads a message, which borrows the text. Running out of memory shows in the id. The caller frees it. */
void serve_message_read(struct serve_message *message, struct base_bytes text);
void serve_message_free(struct serve_message *message);

/* Appends a value that may be an id or a token: a string of at most `most` bytes, or an integer. Returns false, and
 * appends nothing, for anything else. */
bool serve_id_read(struct base_bytes text, struct json_token value, size_t most, struct base_text *id);

/* The value of a string that may be the name of a method or parameter, written to `name`. A longer value is cut. */
struct base_bytes serve_name_read(struct base_bytes text, struct json_token value, uint8_t name[SERVE_NAME_MOST]);

#endif
