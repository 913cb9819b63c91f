#include "cli/facts.h"

/* A row of commands.def. */
struct command {
    const struct service_operation *program; /* NULL: `operation` is that of the command */
    enum service_operation_id operation;
    const char *member;
    const char *second;
    const char *third;
    const char *operands;
    size_t least;
    size_t most;
    const char *details;
};

/* What the program does without an operation, as if it were one. */
static const struct service_table nothing = {.members = NULL};
#define CLI_COMMAND(symbol, operands, member, least, most, details)
#define CLI_COMMAND_OF_TWO(symbol, operands, first, second, details)
#define CLI_COMMAND_OF_THREE(symbol, operands, first, second, third, details)
#define CLI_COMMAND_WITH_LIST(symbol, operands, first, rest, details)
#define CLI_PROGRAM(symbol, called, line, details)                                                                     \
    static const struct service_operation program_##symbol = {                                                         \
        .name = (called), .summary = (line), .request = &nothing, .result = &nothing, .id = SERVICE_OPERATION_COUNT};
#include "cli/commands.def"
#undef CLI_COMMAND
#undef CLI_COMMAND_OF_TWO
#undef CLI_COMMAND_OF_THREE
#undef CLI_COMMAND_WITH_LIST
#undef CLI_PROGRAM

static const struct command commands[CLI_COMMAND_COUNT] = {
#define CLI_COMMAND(symbol, operands, member, least, most, details)                                                    \
    [CLI_COMMAND_##symbol] = {NULL, SERVICE_OPERATION_##symbol, member, NULL, NULL, operands, least, most, details},
#define CLI_COMMAND_OF_TWO(symbol, operands, first, second, details)                                                   \
    [CLI_COMMAND_##symbol] = {NULL, SERVICE_OPERATION_##symbol, first, second, NULL, operands, 2, 2, details},
#define CLI_COMMAND_OF_THREE(symbol, operands, first, second, third, details)                                          \
    [CLI_COMMAND_##symbol] = {NULL, SERVICE_OPERATION_##symbol, first, second, third, operands, 3, 3, details},
#define CLI_COMMAND_WITH_LIST(symbol, operands, first, rest, details)                                                  \
    [CLI_COMMAND_##symbol] = {NULL, SERVICE_OPERATION_##symbol, first, rest, NULL, operands, 1, SIZE_MAX, details},
#define CLI_PROGRAM(symbol, name, summary, details)                                                                    \
    [CLI_COMMAND_##symbol] = {&program_##symbol, SERVICE_OPERATION_COUNT, NULL, NULL, NULL, "", 0, 0, details},
#include "cli/commands.def"
#undef CLI_COMMAND
#undef CLI_COMMAND_OF_TWO
#undef CLI_COMMAND_OF_THREE
#undef CLI_COMMAND_WITH_LIST
#undef CLI_PROGRAM
};

static const struct cli_option_facts options[CLI_OPTION_COUNT] = {
#define CLI_OPTION(symbol, name, letter, argument, member)                                                             \
    [CLI_OPTION_##symbol] = {name, argument, member, NULL, CLI_COMMAND_NONE, letter, false},
#define CLI_LIST_OPTION(symbol, name, letter, argument, member)                                                        \
    [CLI_OPTION_##symbol] = {name, argument, member, NULL, CLI_COMMAND_NONE, letter, true},
#define CLI_SHARED_OPTION(symbol, name, letter, argument, member, help)                                                \
    [CLI_OPTION_##symbol] = {name, argument, member, help, CLI_COMMAND_NONE, letter, false},
#define CLI_FRONT_END_OPTION(symbol, name, letter, argument, command, help)                                            \
    [CLI_OPTION_##symbol] = {name, argument, NULL, help, CLI_COMMAND_##command, letter, false},
#include "cli/options.def"
#undef CLI_OPTION
#undef CLI_LIST_OPTION
#undef CLI_SHARED_OPTION
#undef CLI_FRONT_END_OPTION
};

struct cli_command_facts cli_command_facts(enum cli_command command)
{
    const struct command *row = &commands[command];
    const struct service_operation *operation = row->program != NULL ? row->program : service_operation(row->operation);
    return (struct cli_command_facts){
        .operation = operation,
        .member = row->member != NULL ? service_table_member(operation->request, row->member) : NULL,
        .third = row->third != NULL ? service_table_member(operation->request, row->third) : NULL,
        .second = row->second != NULL ? service_table_member(operation->request, row->second) : NULL,
        .operands = row->operands,
        .least = row->least,
        .most = row->most,
        .details = row->details,
    };
}

const struct service_operation *cli_command_operation(enum cli_command command)
{
    bool has = command != CLI_COMMAND_NONE && commands[command].program == NULL;
    return has ? service_operation(commands[command].operation) : NULL;
}

const struct cli_option_facts *cli_option_facts(enum cli_option option)
{
    return &options[option];
}

const struct service_member *cli_option_member(enum cli_option option, enum cli_command command)
{
    if (options[option].member == NULL || command == CLI_COMMAND_NONE) {
        return NULL;
    }
    return service_table_member(cli_command_facts(command).operation->request, options[option].member);
}

bool cli_option_applies(enum cli_option option, enum cli_command command)
{
    const struct cli_option_facts *facts = &options[option];
    if (facts->help == NULL) {
        return cli_option_member(option, command) != NULL;
    }
    return facts->command == CLI_COMMAND_NONE || facts->command == command;
}
