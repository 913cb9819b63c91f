/* A command of the program: its operation is run, and each answer is shown. */
#ifndef PRPACK_CLI_COMMAND_H
#define PRPACK_CLI_COMMAND_H

#include "cli/arguments.h"

/* What stays done when the report of it cannot be written. */
enum cli_done { CLI_DONE_NOTHING, CLI_DONE_PUBLISHED /* a set */, CLI_DONE_EDITED /* the workspace */ };

/* Returns the worst status of the answers, and sets *done. arguments->command is not CLI_COMMAND_NONE. */
enum service_status cli_command_run(const struct cli_arguments *arguments, struct base_task *task,
                                    struct present_sink *sink, enum cli_done *done);

#endif
