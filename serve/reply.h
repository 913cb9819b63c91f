/* Answers and notifications as JSON, without their framing. Running out of memory shows in the text. */
#ifndef PRPACK_SERVE_REPLY_H
#define PRPACK_SERVE_REPLY_H

#include "serve/message.h"
#include "json/emit.h"

/* Appends an answer up to its result, which the caller appends as a JSON value; then serve_reply_end. `id` is JSON;
 * empty: null. */
void serve_reply_result(struct base_text *text, const struct base_text *id);
void serve_reply_end(struct base_text *text);

/* Appends an answer that is an error. `data` is JSON; empty: there is none. */
void serve_reply_error(struct base_text *text, const struct base_text *id, enum serve_error error, const char *message,
                       struct base_bytes data);

/* Appends a notification up to the value of `sequence`, its last member, which serve/output.h appends with the end.
 * Between the two calls the caller emits other members of `params`. */
struct json_emit serve_notice_begin(struct base_text *text, const char *method, uint64_t operation);
void serve_notice_end(struct json_emit *emit);

#endif
