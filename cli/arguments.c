#include "cli/arguments.h"

#include <stdlib.h>
#include <string.h>

#define CLI_FOR(command) (1U << CLI_COMMAND_##command)
#define CLI_FOR_ALL (~0U)

static const struct cli_command_facts commands[CLI_COMMAND_COUNT] = {
    [CLI_COMMAND_NONE] = {.name = ""},
#define CLI_COMMAND(symbol, name, operands, least, most, summary, details)                                             \
    [CLI_COMMAND_##symbol] = {name, operands, least, most, summary, details},
#include "cli/commands.def"
#undef CLI_COMMAND
};

static const struct cli_option_facts options[CLI_OPTION_COUNT] = {
#define CLI_OPTION(symbol, name, letter, argument, commands, help)                                                     \
    [CLI_OPTION_##symbol] = {name, argument, help, commands, letter},
#include "cli/options.def"
#undef CLI_OPTION
};

/* The walk along argv. */
struct parse {
    int argc;
    char *const *argv;
    int at; /* next word */
    struct cli_arguments *arguments;
    struct base_text *problem;
};

const struct cli_command_facts *cli_command_facts(enum cli_command command)
{
    return &commands[command];
}

const struct cli_option_facts *cli_option_facts(enum cli_option option)
{
    return &options[option];
}

static int option_of_name(const char *name, size_t length)
{
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        if (strlen(options[i].name) == length && memcmp(options[i].name, name, length) == 0) {
            return i;
        }
    }
    return -1;
}

static int option_of_letter(char letter)
{
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        if (options[i].letter != 0 && options[i].letter == letter) {
            return i;
        }
    }
    return -1;
}

static bool fail(const struct parse *parse, const char *before, const char *word, const char *after)
{
    if (parse->problem->size == 0) {
        base_text_add_string(parse->problem, before);
        base_text_add_printable(parse->problem, base_bytes_of_string(word), 200);
        base_text_add_string(parse->problem, after);
    }
    return false;
}

/* A whole decimal number within [least, most]. */
static bool read_number(const char *text, unsigned least, unsigned most, unsigned *number)
{
    unsigned value = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at < '0' || *at > '9' || value > most) {
            return false;
        }
        value = value * 10 + (unsigned)(*at - '0');
    }
    if (text[0] == '\0' || value < least || value > most) {
        return false;
    }
    *number = value;
    return true;
}

static bool apply_value(const struct parse *parse, enum cli_option option, const char *value)
{
    struct cli_arguments *arguments = parse->arguments;
    unsigned number = 0;
    if (option == CLI_OPTION_FORMAT) {
        arguments->json = strcmp(value, "json") == 0;
        return arguments->json || strcmp(value, "text") == 0 ||
               fail(parse, "--format takes text or json, not \"", value, "\"");
    }
    if (option == CLI_OPTION_JOBS) {
        bool good = read_number(value, 1, 1024, &arguments->jobs);
        return good || fail(parse, "--jobs takes a number from 1 to 1024, not \"", value, "\"");
    }
    if (option == CLI_OPTION_SLOT) {
        bool good = read_number(value, 0, 15, &number);
        arguments->slot = (int)number;
        return good || fail(parse, "--slot takes a number from 0 to 15, not \"", value, "\"");
    }
    if (option == CLI_OPTION_TILE_SIZE) {
        bool good = read_number(value, 8, 32, &number) && (number == 8 || number == 16 || number == 32);
        arguments->tile_size = (int)number;
        return good || fail(parse, "--tile-size takes 8, 16 or 32, not \"", value, "\"");
    }
    return value[0] != '\0' || fail(parse, "--", options[option].name, " takes a value that is not empty");
}

/* Takes an option with its value: attached (after '=' or the letter) or the next word. */
static bool take_option(struct parse *parse, enum cli_option option, const char *attached)
{
    struct cli_arguments *arguments = parse->arguments;
    const char *value = attached;
    if (options[option].argument == NULL) {
        if (attached != NULL) {
            return fail(parse, "--", options[option].name, " takes no value");
        }
        arguments->given[option] = true;
        return true;
    }
    if (value == NULL && parse->at < parse->argc) {
        value = parse->argv[parse->at++];
    }
    if (value == NULL) {
        return fail(parse, "--", options[option].name, " needs a value");
    }
    if (arguments->given[option] && strcmp(arguments->value[option], value) != 0) {
        return fail(parse, "--", options[option].name, " is given twice with different values");
    }
    arguments->given[option] = true;
    arguments->value[option] = value;
    return apply_value(parse, option, value);
}

static bool take_long(struct parse *parse, const char *word)
{
    const char *name = word + 2;
    size_t length = strcspn(name, "=");
    int option = option_of_name(name, length);
    if (option < 0) {
        return fail(parse, "there is no option ", word, "; see prpack --help");
    }
    return take_option(parse, (enum cli_option)option, name[length] == '=' ? name + length + 1 : NULL);
}

/* One word of one-letter options: "-q", "-oDIR", "-qj4". */
static bool take_letters(struct parse *parse, const char *word)
{
    for (const char *at = word + 1; *at != '\0'; at++) {
        int option = option_of_letter(*at);
        if (option < 0) {
            return fail(parse, "there is no option ", word, "; see prpack --help");
        }
        bool takes_value = options[option].argument != NULL;
        if (!take_option(parse, (enum cli_option)option, takes_value && at[1] != '\0' ? at + 1 : NULL)) {
            return false;
        }
        if (takes_value) {
            return true;
        }
    }
    return true;
}

static bool take_word(struct parse *parse, const char *word)
{
    struct cli_arguments *arguments = parse->arguments;
    if (arguments->command != CLI_COMMAND_NONE) {
        arguments->operands[arguments->operand_count++] = word;
        return true;
    }
    for (int i = CLI_COMMAND_NONE + 1; i < CLI_COMMAND_COUNT; i++) {
        if (strcmp(commands[i].name, word) == 0) {
            arguments->command = (enum cli_command)i;
            return true;
        }
    }
    return fail(parse, "there is no command \"", word, "\"; see prpack --help");
}

static bool walk(struct parse *parse)
{
    bool options_ended = false;
    bool good = true;
    /* An error does not end the walk: a --format that comes after it still says how to report the error. */
    while (parse->at < parse->argc) {
        const char *word = parse->argv[parse->at++];
        if (options_ended || word[0] != '-' || word[1] == '\0') {
            good = take_word(parse, word) && good;
        } else if (strcmp(word, "--") == 0) {
            options_ended = true;
        } else if (word[1] == '-') {
            good = take_long(parse, word) && good;
        } else {
            good = take_letters(parse, word) && good;
        }
    }
    return good;
}

/* Whether what was said fits together. */
static bool check(const struct parse *parse)
{
    const struct cli_arguments *arguments = parse->arguments;
    if (arguments->given[CLI_OPTION_HELP] || arguments->given[CLI_OPTION_VERSION]) {
        return true;
    }
    const struct cli_command_facts *command = &commands[arguments->command];
    if (arguments->command == CLI_COMMAND_NONE) {
        return fail(parse, "say what to do: ", "prpack COMMAND", "; see prpack --help");
    }
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        if (arguments->given[i] && (options[i].commands & (1U << arguments->command)) == 0) {
            base_text_addf(parse->problem, "prpack %s has no option --%s; see prpack %s --help", command->name,
                           options[i].name, command->name);
            return false;
        }
    }
    if (arguments->operand_count < command->least) {
        base_text_addf(parse->problem, "prpack %s needs %s; see prpack %s --help", command->name, command->operands,
                       command->name);
        return false;
    }
    if (arguments->operand_count > command->most) {
        return fail(parse, "one word too many: \"", arguments->operands[command->most], "\"");
    }
    return true;
}

bool cli_arguments_parse(int argc, char *const *argv, struct cli_arguments *arguments, struct base_text *problem)
{
    *arguments = (struct cli_arguments){.command = CLI_COMMAND_NONE, .tile_size = -1, .slot = -1};
    arguments->operands = calloc(argc > 0 ? (size_t)argc : 1, sizeof *arguments->operands);
    if (arguments->operands == NULL) {
        problem->out_of_memory = true;
        return false;
    }
    struct parse parse = {.argc = argc, .argv = argv, .at = 1, .arguments = arguments, .problem = problem};
    return walk(&parse) && check(&parse);
}

void cli_arguments_free(struct cli_arguments *arguments)
{
    free((void *)arguments->operands);
    *arguments = (struct cli_arguments){.command = CLI_COMMAND_NONE};
}
