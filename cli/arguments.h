/* The command line as data. Parsing touches nothing but its own result, so it can be tested and fuzzed. */
#ifndef PRPACK_CLI_ARGUMENTS_H
#define PRPACK_CLI_ARGUMENTS_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum cli_command {
    CLI_COMMAND_NONE,
#define CLI_COMMAND(symbol, name, operands, least, most, summary, details) CLI_COMMAND_##symbol,
#include "cli/commands.def"
#undef CLI_COMMAND
    CLI_COMMAND_COUNT
};

enum cli_option {
#define CLI_OPTION(symbol, name, letter, argument, commands, help) CLI_OPTION_##symbol,
#include "cli/options.def"
#undef CLI_OPTION
    CLI_OPTION_COUNT
};

struct cli_command_facts {
    const char *name;
    const char *operands; /* as the help shows them */
    size_t least;         /* operands needed */
    size_t most;
    const char *summary;
    const char *details;
};

struct cli_option_facts {
    const char *name;     /* without the dashes */
    const char *argument; /* its name in the help, or NULL when the option takes none */
    const char *help;
    unsigned commands; /* bit (1 << enum cli_command) for each command that takes it */
    char letter;       /* or 0 */
};

/* command other than CLI_COMMAND_NONE; any option. Static storage. */
const struct cli_command_facts *cli_command_facts(enum cli_command command);
const struct cli_option_facts *cli_option_facts(enum cli_option option);

/* What was said. Strings are borrowed from argv; operands is owned. */
struct cli_arguments {
    enum cli_command command; /* CLI_COMMAND_NONE: only --help or --version */
    bool given[CLI_OPTION_COUNT];
    const char *value[CLI_OPTION_COUNT]; /* of options that take one */
    unsigned jobs;                       /* 0: not said */
    int tile_size;                       /* -1: not said */
    int slot;                            /* -1: not said */
    bool json;
    const char **operands;
    size_t operand_count;
};

/* Parses argv[1] … argv[argc - 1]. Options may come before or after operands; "--" ends them; "--name=value" and
 * "--name value", "-oDIR" and "-o DIR" are the same. False: *problem says in one line what is wrong and what would be
 * right, and *arguments is still valid (its --format is honoured when it was understood). Free it in either case. */
bool cli_arguments_parse(int argc, char *const *argv, struct cli_arguments *arguments, struct base_text *problem);
void cli_arguments_free(struct cli_arguments *arguments);

#endif
