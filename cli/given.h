/* The options of a call that a command in a remedy needs, too. */
#ifndef PRPACK_CLI_GIVEN_H
#define PRPACK_CLI_GIVEN_H

#include "cli/arguments.h"
#include "present/output.h"

/* Puts those that were given into `given`, in an order of their own, and returns how many they are. The values are
 * borrowed from the arguments. */
size_t cli_given(const struct cli_arguments *arguments, struct present_given given[CLI_OPTION_COUNT]);

#endif
