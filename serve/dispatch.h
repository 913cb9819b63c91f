/* What a message asks for: docs/contracts/serve.md, 2 to 4. The dispatcher runs nothing and writes nothing; it says
 * what is to be done.
 *
 * Threads: a session belongs to one thread. */
#ifndef PRPACK_SERVE_DISPATCH_H
#define PRPACK_SERVE_DISPATCH_H

#include "serve/hello.h"
#include "serve/job.h"

enum serve_phase {
    SERVE_PHASE_NEW,    /* before `initialize` */
    SERVE_PHASE_OPEN,   /* the caller sets it when it has answered that */
    SERVE_PHASE_CLOSING /* after `shutdown` */
};

struct serve_session {
    enum serve_phase phase;
    uint64_t operations; /* that were counted */
};

enum serve_act {
    SERVE_ACT_NOTHING,
    SERVE_ACT_REPLY,      /* send `reply` */
    SERVE_ACT_INITIALIZE, /* take `start`, and answer `id` */
    SERVE_ACT_RUN,        /* run `job`, and answer it */
    SERVE_ACT_CANCEL,     /* cancel the request `id`, or, with is_token, the one with the token `id` */
    SERVE_ACT_SHUTDOWN,   /* answer `id` when all else is answered */
    SERVE_ACT_EXIT
};

struct serve_action {
    enum serve_act act;
    struct base_text reply;
    struct base_text id; /* as JSON */
    bool is_token;
    struct serve_job *job;
    struct serve_start start;
};

/* Reads a message and says what it asks for. Running out of memory shows in the reply. The caller frees the action; it
 * may take the job before, by setting it to NULL. */
void serve_dispatch(struct serve_session *session, struct base_bytes text, struct serve_action *action);
void serve_action_free(struct serve_action *action);

#endif
