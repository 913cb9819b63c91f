/* The words of the command line: its commands and options, and what they ask of the service. From commands.def,
 * options.def and the table of operations. */
#ifndef PRPACK_CLI_FACTS_H
#define PRPACK_CLI_FACTS_H

#include "service/operations.h"

enum cli_command {
    CLI_COMMAND_NONE,
#define CLI_COMMAND(symbol, operands, member, least, most, details) CLI_COMMAND_##symbol,
#define CLI_COMMAND_OF_TWO(symbol, operands, first, second, details) CLI_COMMAND_##symbol,
#define CLI_COMMAND_OF_THREE(symbol, operands, first, second, third, details) CLI_COMMAND_##symbol,
#define CLI_COMMAND_WITH_LIST(symbol, operands, first, rest, details) CLI_COMMAND_##symbol,
#define CLI_PROGRAM(symbol, name, summary, details) CLI_COMMAND_##symbol,
#include "cli/commands.def"
#undef CLI_COMMAND
#undef CLI_COMMAND_OF_TWO
#undef CLI_COMMAND_OF_THREE
#undef CLI_COMMAND_WITH_LIST
#undef CLI_PROGRAM
    CLI_COMMAND_COUNT
};

enum cli_option {
#define CLI_OPTION(symbol, name, letter, argument, member) CLI_OPTION_##symbol,
#define CLI_LIST_OPTION(symbol, name, letter, argument, member) CLI_OPTION_##symbol,
#define CLI_SHARED_OPTION(symbol, name, letter, argument, member, help) CLI_OPTION_##symbol,
#define CLI_FRONT_END_OPTION(symbol, name, letter, argument, command, help) CLI_OPTION_##symbol,
#include "cli/options.def"
#undef CLI_OPTION
#undef CLI_LIST_OPTION
#undef CLI_SHARED_OPTION
#undef CLI_FRONT_END_OPTION
    CLI_OPTION_COUNT
};

struct cli_command_facts {
    const struct service_operation *operation; /* of CLI_PROGRAM one that cannot be run, with nothing to ask for */
    const struct service_member *member;       /* of the request that the operands are; NULL: there are none */
    const struct service_member *second;       /* for the second operand, or the list of all after the first one; then
                                                  `member` is for the first one. NULL: none */
    const struct service_member *third;        /* for the third operand; NULL: none */
    const char *operands;                      /* as the help shows them */
    size_t least;                              /* operands needed */
    size_t most;
    const char *details;
};

struct cli_option_facts {
    const char *name;         /* without the dashes */
    const char *argument;     /* its name in the help, or NULL when the option takes none */
    const char *member;       /* of the requests that have it; NULL: the option is for the front end alone */
    const char *help;         /* what it does to the front end, of which: NULL: nothing */
    enum cli_command command; /* which takes it; CLI_COMMAND_NONE: all */
    char letter;              /* or 0 */
    bool is_list;             /* it takes any number of values */
};

/* A command other than CLI_COMMAND_NONE. */
struct cli_command_facts cli_command_facts(enum cli_command command);
/* What a command asks for; NULL for CLI_COMMAND_NONE and CLI_PROGRAM. */
const struct service_operation *cli_command_operation(enum cli_command command);
/* Any option. Static storage. */
const struct cli_option_facts *cli_option_facts(enum cli_option option);

/* The member of the command's request that an option sets, or NULL. */
const struct service_member *cli_option_member(enum cli_option option, enum cli_command command);
/* Whether a command takes an option. CLI_COMMAND_NONE takes what all commands take. */
bool cli_option_applies(enum cli_option option, enum cli_command command);

#endif
