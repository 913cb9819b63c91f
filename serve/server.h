/* A server while it runs: what the loop of serve.c and the actions of act.c share.
 *
 * Threads: it belongs to the thread that reads. */
#ifndef PRPACK_SERVE_SERVER_H
#define PRPACK_SERVE_SERVER_H

#include "serve/dispatch.h"
#include "serve/frame.h"
#include "serve/lane.h"
#include "serve/run.h"

struct serve_server {
    struct serve_framer framer;
    struct serve_session session;
    struct serve_trace *trace;
    struct serve_host host;
    struct serve_lane *changes; /* operations that change something */
    struct serve_lane *reads;   /* those that do not */
    struct serve_lane *watch;
    int bell;                 /* rung when a lane or the output has nothing to do any more */
    int process;              /* a pidfd of the client, or -1 */
    int64_t polled;           /* the client, where there is no pidfd; else 0 */
    int directory;            /* that `initialize` named, or -1 */
    struct base_text closing; /* the id of a `shutdown` that is not answered yet; empty: there is none */
    bool ended;               /* the input has ended */
    bool exits;               /* `exit` has come */
    bool closed;              /* `shutdown` was answered */
    bool broken;              /* a header could not be understood */
    bool orphaned;            /* the client has ended */
};

#endif
