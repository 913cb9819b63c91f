/* Why a finding was made, where its id has several causes, each with a remedy of its own: from causes.def. Read-only,
 * shared by all. */
#ifndef PRPACK_BASE_CAUSE_H
#define PRPACK_BASE_CAUSE_H

#include "base/diagnostic.h"

enum diag_cause {
    DIAG_CAUSE_NONE = 0, /* the id says all */
#define DIAG_CAUSE(symbol, diagnostic, when, remedy) DIAG_CAUSE_##symbol,
#include "base/causes.def"
#undef DIAG_CAUSE
    DIAG_CAUSE_COUNT
};

struct diag_cause_facts {
    enum diag diagnostic; /* that has this cause */
    const char *when;     /* completes "when …" */
    const char *remedy;   /* in no front end's words; may have a place for the subject of a finding */
};

/* The facts of a cause other than DIAG_CAUSE_NONE. Static storage. */
const struct diag_cause_facts *diag_cause_facts(enum diag_cause cause);

#endif
