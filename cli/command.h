/* A command of the program: its operation is run, and each answer is shown. */
#ifndef PRPACK_CLI_COMMAND_H
#define PRPACK_CLI_COMMAND_H

#include "cli/arguments.h"

/* Returns the worst status of the answers. arguments->command is not CLI_COMMAND_NONE. */
enum service_status cli_command_run(const struct cli_arguments *arguments, struct base_task *task,
                                    struct present_sink *sink);

#endif
