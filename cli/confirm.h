/* The one question that the program asks: whether files are to be deleted for good. */
#ifndef PRPACK_CLI_CONFIRM_H
#define PRPACK_CLI_CONFIRM_H

#include "cli/arguments.h"

#include <stdbool.h>

/* Whether the command deletes files, this was not confirmed on the command line, and there is a terminal to ask at. */
bool cli_confirm_is_needed(const struct cli_arguments *arguments);

/* Finds out by a dry run what would be deleted, asks on standard error, and notes the answer in the request, which is
 * that of the arguments. Where there is nothing to ask for, or the dry run fails, the request is one of a dry run then:
 * that says all there is to say. */
void cli_confirm(union service_request *request, const struct cli_arguments *arguments, struct base_task *task);

#endif
