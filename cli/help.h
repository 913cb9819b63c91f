/* Help and version, from the same tables that the parser reads. */
#ifndef PRPACK_CLI_HELP_H
#define PRPACK_CLI_HELP_H

#include "cli/facts.h"

#include <stdio.h>

/* The help of one command. CLI_COMMAND_NONE: of all commands whose first word is `group`, or, where that is NULL, of
 * the whole program. */
void cli_help_print(enum cli_command command, const char *group, FILE *out);
void cli_version_print(FILE *out);

#endif
