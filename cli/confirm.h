/* The one question that the program asks: whether files are to be deleted for good. */
#ifndef PRPACK_CLI_CONFIRM_H
#define PRPACK_CLI_CONFIRM_H

#include "base/names.h"
#include "cli/arguments.h"

#include <stdbool.h>

/* What became of the question. */
struct cli_confirmed {
    bool refused;              /* the user does not want it: nothing is to be deleted */
    struct base_names folders; /* that the question was about; the request borrows them */
};

/* Whether the command deletes files, this was not confirmed on the command line, and there is a terminal to ask at. */
bool cli_confirm_is_needed(const struct cli_arguments *arguments);

/* Finds out by a dry run what would be deleted, and asks on standard error. After a yes the request is that of the
 * arguments for exactly the folders that the question was about. In any other case it is one of a dry run: where there
 * is nothing to ask for, or the dry run fails, or the task is cancelled at the question, that says all there is to say.
 * Free the folders when the request has been carried out. */
void cli_confirm(struct cli_confirmed *confirmed, union service_request *request, const struct cli_arguments *arguments,
                 struct base_task *task);

#endif
