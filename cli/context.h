/* What every command of the program gets. */
#ifndef PRPACK_CLI_CONTEXT_H
#define PRPACK_CLI_CONTEXT_H

#include "base/findings.h"
#include "cli/arguments.h"
#include "service/service.h"

#include <stdio.h>

struct cli_context {
    const struct cli_arguments *arguments;
    FILE *out;
    FILE *err;
    bool json;
    bool quiet;
    bool color_out; /* escape sequences are welcome on out */
    bool color_err;
    bool *out_of_memory; /* sticky, set when something cannot be printed: the program says so at its end and exits
                            with code 3 */
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
