/* The command line program as a function: parses, runs one operation, prints. */
#ifndef PRPACK_CLI_RUN_H
#define PRPACK_CLI_RUN_H

#include <stdio.h>

/* Returns the exit code. Reports go to `out`, errors, warnings and progress to `err`. */
int cli_run(int argc, char *const *argv, FILE *out, FILE *err);

#endif
