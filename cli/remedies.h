/* What to do about a diagnostic, in the words of the command line: cli/remedies.def. */
#ifndef PRPACK_CLI_REMEDIES_H
#define PRPACK_CLI_REMEDIES_H

#include "base/cause.h"

/* The remedy of this cause, which is the only one looked for when there is a cause; else that of this diagnostic about
 * this part of the request, a SERVICE_FIELD_…; else that of the diagnostic; else NULL. Static storage. */
const char *cli_remedy(enum diag diagnostic, enum diag_cause cause, unsigned request_field);

/* The command for a finding with this cause or, without one, of this diagnostic: cli/fixes.def. NULL: there is none.
 * Static storage. */
const char *cli_fix(enum diag diagnostic, enum diag_cause cause);

#endif
