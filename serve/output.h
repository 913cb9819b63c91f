/* Messages to the client, in the order in which they are sent. A thread writes them, so that nothing but the next
 * operation waits for a client that does not read.
 *
 * Threads: any may send. */
#ifndef PRPACK_SERVE_OUTPUT_H
#define PRPACK_SERVE_OUTPUT_H

#include "base/text.h"
#include "serve/frame.h"
#include "serve/trace.h"

enum {
    SERVE_UNREAD_MOST = 4 << 20,  /* bytes of messages that may be unread when an operation begins */
    SERVE_REPORTS_MOST = 32 << 10 /* above that, a report of progress is left out */
};

struct serve_output;

/* `fd` gets the messages; `bell` (serve/bell.h) is rung when nothing reads them any more, and whenever all are written.
 * Both stay the caller's, as does `trace`, which may be NULL. NULL when memory or threads are short; errno says what.
 */
struct serve_output *serve_output_create(int fd, int bell, struct serve_trace *trace);

/* How messages are framed from now on; they are framed by lines before. */
void serve_output_frame(struct serve_output *output, enum serve_framing framing);

/* Sends the answer to the request `id` (JSON; empty: null), and frees its text. Where memory is short for it, an error
 * that says so is sent in its place. */
void serve_output_answer(struct serve_output *output, const struct base_text *id, struct base_text *answer);

/* Sends a notification that serve_notice_end has ended: adds its `sequence`. One that `may_be_left_out` is left out
 * when others are unread, and when memory ran out. */
void serve_output_notify(struct serve_output *output, struct base_text *message, bool may_be_left_out);

/* Waits until the client has read enough. */
void serve_output_wait(struct serve_output *output);

/* Bytes that are unread. */
size_t serve_output_unread(struct serve_output *output);

/* Whether nothing reads the messages any more. */
bool serve_output_is_over(struct serve_output *output);

/* Whether there was no memory for a message that has to come, so that the client waits for it without end. The bell was
 * rung then. */
bool serve_output_lacks_memory(struct serve_output *output);

/* From now on a client that reads nothing for two seconds counts as one that does not read any more. */
void serve_output_limit(struct serve_output *output);
/* The same, and ends all waiting in serve_output_wait, now and later. */
void serve_output_hurry(struct serve_output *output);

/* Writes what is unread, with that limit, and frees the output. Returns whether everything could be written. No other
 * thread may use it any more. Accepts NULL. */
bool serve_output_destroy(struct serve_output *output);

#endif
