/* The server: the second front end beside cli/, docs/contracts/serve.md.
 *
 * Messages go through these files:
 *
 *     bytes  ->  frame  ->  message, dispatch  ->  an action: serve.c answers it, or hands a job to a lane
 *     lane   ->  run: the operation, with progress, events and findings  ->  output  ->  bytes
 *
 * One thread reads, one writes, and each lane has one. The thread that reads never waits for the client or for an
 * operation, so a cancellation is always seen. */
#ifndef PRPACK_SERVE_SERVE_H
#define PRPACK_SERVE_SERVE_H

#include "base/task.h"
#include "present/output.h"
#include "serve/about.h"
#include "serve/frame.h"

struct serve_options {
    enum serve_framing framing;
    const char *trace;                    /* a file that gets all messages; or NULL */
    const struct present_output *present; /* remedies and the like; its streams are not used */
    struct base_task *life;               /* the server ends when it is cancelled; its directory is that of requests */
    int input;
    int output;
};

enum serve_end {
    SERVE_END_WELL,
    SERVE_END_EARLY,    /* exit code 1 of docs/contracts/serve.md, 3 */
    SERVE_END_MEMORY,   /* memory ran out for an answer */
    SERVE_END_TRACE,    /* the trace cannot be written: nothing was served; errno says why */
    SERVE_END_RESOURCES /* memory, threads or descriptors are short: likewise */
};

/* Serves until the end. Threads: one server per process. */
enum serve_end serve_run_server(const struct serve_options *options);

#endif
