/* `initialize`: what a client says, docs/contracts/serve.md, 3. */
#ifndef PRPACK_SERVE_HELLO_H
#define PRPACK_SERVE_HELLO_H

#include "serve/message.h"

enum { SERVE_PROTOCOL_VERSION = 1 };

struct serve_start {
    bool has_process;
    int64_t process;
    char *workspace; /* NULL: the directory of the server */
    bool events;
};

enum serve_hello {
    SERVE_HELLO_GOOD,
    SERVE_HELLO_VERSION, /* another version of the protocol is asked for */
    SERVE_HELLO_WRONG,   /* a member has a wrong value */
    SERVE_HELLO_MEMORY
};

/* Reads the parameters. *start is set when they are good, and the caller frees the workspace. *fault is a static text
 * for the two in the middle. */
enum serve_hello serve_hello_read(const struct serve_message *message, struct serve_start *start, const char **fault);

#endif
