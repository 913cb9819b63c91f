/* What to do about a diagnostic, in the words of the command line: cli/remedies.def. */
#ifndef PRPACK_CLI_REMEDIES_H
#define PRPACK_CLI_REMEDIES_H

#include "base/diagnostic.h"

/* The remedy of this diagnostic about this part of the request, a SERVICE_FIELD_…; else that of the diagnostic; else
 * NULL. Static storage. */
const char *cli_remedy(enum diag diagnostic, unsigned request_field);

#endif
