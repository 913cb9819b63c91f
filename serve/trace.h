/* A file with every message: docs/contracts/serve.md, 9.
 *
 * Threads: any number; lines do not mix. */
#ifndef PRPACK_SERVE_TRACE_H
#define PRPACK_SERVE_TRACE_H

#include "base/bytes.h"

struct serve_trace;

/* Makes the file anew. Returns 0 or an errno value. */
int serve_trace_open(struct serve_trace **trace, const char *path);
/* Accepts NULL. */
void serve_trace_close(struct serve_trace *trace);

/* Adds a message. When it cannot be written, says so on standard error once, and writes no more. Accepts NULL. */
void serve_trace_add(struct serve_trace *trace, const char *direction, struct base_bytes message);

#endif
