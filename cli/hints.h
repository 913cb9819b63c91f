/* What to do next, in the words of the command line. */
#ifndef PRPACK_CLI_HINTS_H
#define PRPACK_CLI_HINTS_H

#include "service/operations.h"

/* Lines for people, or NULL when there is nothing to say. Static storage. */
const char *cli_hint(const struct service_answer *answer);

#endif
