/* What every command of the program gets. */
#ifndef PRPACK_CLI_CONTEXT_H
#define PRPACK_CLI_CONTEXT_H

#include "base/task.h"
#include "cli/arguments.h"
#include "present/present.h"

struct cli_context {
    const struct cli_arguments *arguments;
    struct present_output output;
    struct base_task *task; /* of the operations that the command runs, one after the other */
};

/* The commands: each runs one service operation and prints its result. */
enum service_status cli_command_init(const struct cli_context *context);
enum service_status cli_command_add(const struct cli_context *context);
enum service_status cli_command_list(const struct cli_context *context);
enum service_status cli_command_build(const struct cli_context *context);
enum service_status cli_command_verify(const struct cli_context *context);
enum service_status cli_command_inspect(const struct cli_context *context);
enum service_status cli_command_explain(const struct cli_context *context);

#endif
