/* What the server does about a message.
 *
 * Threads: that of the server. */
#ifndef PRPACK_SERVE_ACT_H
#define PRPACK_SERVE_ACT_H

#include "serve/server.h"

/* Does what a message asks for. */
void serve_act(struct serve_server *server, struct base_bytes message);
/* Answers with an error that no message is to blame for. */
void serve_act_refuse(struct serve_server *server, enum serve_error error, const char *text);

/* Answers `shutdown` when all else is answered. */
void serve_act_close(struct serve_server *server);

/* Cancels what changes something and, unless `reads_go_on`, what reads. */
void serve_act_cancel_all(struct serve_server *server, bool reads_go_on);

#endif
