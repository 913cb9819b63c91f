/* The options of the call that are repeated in the commands of remedies. */
#ifndef PRPACK_CLI_GIVEN_H
#define PRPACK_CLI_GIVEN_H

#include "cli/arguments.h"
#include "present/output.h"

/* Puts the options that were given into `given`, in a fixed order, and returns their number. The values are
 * borrowed from the arguments. */
size_t cli_given(const struct cli_arguments *arguments, struct present_given given[CLI_OPTION_COUNT]);

#endif
