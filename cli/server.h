/* The command `serve`: the other front end, with the words of this one. */
#ifndef PRPACK_CLI_SERVER_H
#define PRPACK_CLI_SERVER_H

#include "cli/arguments.h"
#include "present/output.h"

/* The framing that the command line asks for. NULL: it is one; else the text says what would be right. */
const char *cli_server_check(const struct cli_arguments *arguments);

/* Serves with the streams of the process until the end. *problem is 0, or an errno value: of *file, the trace, for
 * which nothing was served; or, where *file is NULL, of the memory, threads and descriptors that are needed. */
enum service_status cli_server_run(const struct cli_arguments *arguments, const struct present_output *output,
                                   struct base_task *task, int *problem, const char **file);

/* Prints what a client needs to know before it starts the server. False: memory ran out. */
bool cli_server_describe(FILE *out);

#endif
