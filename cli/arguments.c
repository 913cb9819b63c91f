#include "cli/arguments.h"

#include "cli/request.h"
#include "cli/suggest.h"

#include <stdlib.h>
#include <string.h>

/* The walk along argv. */
struct parse {
    int argc;
    char *const *argv;
    int at; /* next word */
    struct base_bytes
        unknown;             /* the name of the option that there is not; its data is NULL unless that is the problem */
    enum cli_option lacking; /* the option whose value is missing; CLI_OPTION_COUNT unless that is the problem */
    struct cli_arguments *arguments;
    struct base_text *problem;
};

static int option_of_name(const char *name, size_t length)
{
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        const char *candidate = cli_option_facts((enum cli_option)i)->name;
        if (strlen(candidate) == length && memcmp(candidate, name, length) == 0) {
            return i;
        }
    }
    return -1;
}

static int option_of_letter(char letter)
{
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        char candidate = cli_option_facts((enum cli_option)i)->letter;
        if (candidate != 0 && candidate == letter) {
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

/* `format` is the one of that name, or NULL: there is none. */
static bool fail_format(const struct parse *parse, const char *value, const struct present_format *format)
{
    enum cli_command command = parse->arguments->command;
    bool is_other = format != NULL && command != CLI_COMMAND_NONE;
    base_text_addf(parse->problem, "--format%s%s takes ", is_other ? " of prpack " : "",
                   is_other ? cli_command_facts(command).operation->name : "");
    cli_suggest_formats(command, parse->problem);
    base_text_add_string(parse->problem, "; found \"");
    base_text_add_printable(parse->problem, base_bytes_of_string(value), 200);
    base_text_add_char(parse->problem, '"');
    if (format == NULL) {
        cli_suggest_format(value, command, &parse->arguments->remedy);
    }
    return false;
}

/* The values of the front end's own options; the others are for the request to take, once the command is known. */
static bool take_value(const struct parse *parse, enum cli_option option, const char *value)
{
    return value[0] != '\0' || cli_option_facts(option)->member != NULL ||
           fail(parse, "--", cli_option_facts(option)->name, " takes a value that is not empty");
}

/* Takes the values of a list, which have commas between them. */
static bool take_list(const struct parse *parse, enum cli_option option, const char *values)
{
    struct base_names *names = &parse->arguments->lists[option];
    for (const char *at = values;; at++) {
        size_t length = strcspn(at, ",");
        if (!base_names_take(names, strndup(at, length))) {
            parse->problem->out_of_memory = true;
            return false;
        }
        at += length;
        if (*at == '\0') {
            parse->arguments->given[option] = true;
            return true;
        }
    }
}

/* Takes an option with its value: attached (after '=' or the letter) or the next word. */
static bool take_option(struct parse *parse, enum cli_option option, const char *attached)
{
    struct cli_arguments *arguments = parse->arguments;
    const struct cli_option_facts *facts = cli_option_facts(option);
    const char *value = attached;
    if (facts->argument == NULL) {
        if (attached != NULL) {
            return fail(parse, "--", facts->name, " takes no value");
        }
        arguments->given[option] = true;
        return true;
    }
    if (value == NULL && parse->at < parse->argc) {
        value = parse->argv[parse->at++];
    }
    if (value == NULL) {
        parse->lacking = parse->problem->size == 0 ? option : parse->lacking;
        return fail(parse, "--", facts->name, " needs a value");
    }
    if (facts->is_list) {
        return take_list(parse, option, value);
    }
    if (arguments->given[option] && strcmp(arguments->value[option], value) != 0) {
        return fail(parse, "--", facts->name, " is given twice with different values");
    }
    arguments->given[option] = true;
    arguments->value[option] = value;
    return take_value(parse, option, value);
}

static bool take_long(struct parse *parse, const char *word)
{
    const char *name = word + 2;
    size_t length = strcspn(name, "=");
    int option = option_of_name(name, length);
    if (option < 0) {
        if (parse->problem->size == 0) {
            parse->unknown = base_bytes_make(name, length);
        }
        return fail(parse, "there is no option ", word, "");
    }
    return take_option(parse, (enum cli_option)option, name[length] == '=' ? name + length + 1 : NULL);
}

/* One word of one-letter options: "-q", "-oDIR", "-qj4". */
static bool take_letters(struct parse *parse, const char *word)
{
    for (const char *at = word + 1; *at != '\0'; at++) {
        int option = option_of_letter(*at);
        if (option < 0) {
            return fail(parse, "there is no option ", word, "");
        }
        bool takes_value = cli_option_facts((enum cli_option)option)->argument != NULL;
        if (!take_option(parse, (enum cli_option)option, takes_value && at[1] != '\0' ? at + 1 : NULL)) {
            return false;
        }
        if (takes_value) {
            return true;
        }
    }
    return true;
}

/* Whether a name is `first`, or begins with it and a blank. *second is what follows the blank, or NULL. */
static bool begins_with(const char *name, const char *first, const char **second)
{
    size_t length = strlen(first);
    bool begins = strncmp(name, first, length) == 0 && (name[length] == '\0' || name[length] == ' ');
    *second = begins && name[length] == ' ' ? name + length + 1 : NULL;
    return begins;
}

/* The second word of a command that has two. */
static bool take_second_word(struct parse *parse, const char *first, const char *word)
{
    struct base_text words = BASE_TEXT_EMPTY;
    for (int i = CLI_COMMAND_NONE + 1; i < CLI_COMMAND_COUNT; i++) {
        const char *second;
        (void)begins_with(cli_command_facts((enum cli_command)i).operation->name, first, &second);
        if (second != NULL) {
            base_text_addf(&words, "%s%s", words.size > 0 ? ", " : "", second);
            if (word != NULL && strcmp(second, word) == 0) {
                parse->arguments->command = (enum cli_command)i;
            }
        }
    }
    bool known = parse->arguments->command != CLI_COMMAND_NONE;
    if (!known && parse->problem->size == 0) {
        base_text_addf(parse->problem, "prpack %s needs one of the words %s", first, base_text_string(&words));
        if (word != NULL) {
            base_text_add_string(parse->problem, "; found \"");
            base_text_add_printable(parse->problem, base_bytes_of_string(word), 200);
            base_text_add_char(parse->problem, '"');
        }
    }
    base_text_release(&words, &parse->problem->out_of_memory);
    return known;
}

/* Whether help is asked about all commands with this first word: "help quarantine", "quarantine --help". */
static bool is_help_of_group(const struct parse *parse, const char *next)
{
    bool asked = next != NULL && (strcmp(next, "--help") == 0 || strcmp(next, "-h") == 0);
    return asked || (parse->arguments->given[CLI_OPTION_HELP] && (next == NULL || next[0] == '-'));
}

static bool take_first_word(struct parse *parse, const char *first)
{
    const char *next = parse->at < parse->argc ? parse->argv[parse->at] : NULL;
    if (is_help_of_group(parse, next)) {
        parse->arguments->group = first;
        return true;
    }
    parse->at += next != NULL ? 1 : 0;
    return take_second_word(parse, first, next);
}

static bool take_word(struct parse *parse, const char *word)
{
    struct cli_arguments *arguments = parse->arguments;
    if (arguments->command == CLI_COMMAND_NONE && arguments->group != NULL) {
        return take_second_word(parse, arguments->group, word);
    }
    if (arguments->command != CLI_COMMAND_NONE) {
        arguments->operands[arguments->operand_count++] = word;
        return true;
    }
    for (int i = CLI_COMMAND_NONE + 1; i < CLI_COMMAND_COUNT; i++) {
        const char *second;
        if (begins_with(cli_command_facts((enum cli_command)i).operation->name, word, &second) && second != NULL) {
            return take_first_word(parse, word);
        }
        if (strcmp(cli_command_facts((enum cli_command)i).operation->name, word) == 0) {
            arguments->command = (enum cli_command)i;
            return true;
        }
    }
    if (strcmp(word, "help") == 0) {
        arguments->given[CLI_OPTION_HELP] = true;
        return true;
    }
    if (parse->problem->size == 0) {
        cli_suggest_command(word, &arguments->remedy);
    }
    return fail(parse, "there is no command \"", word, "\"");
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

/* The format of answers, once the command is known: its request may take the option in place of the front end. Called
 * after an error, too, which is reported in this format. */
static bool take_format(const struct parse *parse)
{
    struct cli_arguments *arguments = parse->arguments;
    const char *value = arguments->value[CLI_OPTION_FORMAT];
    if (value == NULL || cli_option_member(CLI_OPTION_FORMAT, arguments->command) != NULL) {
        return true;
    }
    const struct present_format *format = present_format_named(value);
    if (format == NULL || !present_format_shows(format, cli_command_operation(arguments->command))) {
        return parse->problem->size > 0 || fail_format(parse, value, format);
    }
    arguments->format = format;
    return true;
}

/* Takes the options into the request of the command. */
static bool take_request(const struct parse *parse, const struct service_operation *operation)
{
    struct cli_arguments *arguments = parse->arguments;
    service_request_begin(&arguments->request, operation);
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        enum cli_option option = (enum cli_option)i;
        const struct service_member *member = cli_option_member(option, arguments->command);
        if (!arguments->given[i]) {
            continue;
        }
        if (!cli_option_applies(option, arguments->command)) {
            base_text_addf(parse->problem, "prpack %s has no option --%s", operation->name,
                           cli_option_facts(option)->name);
            cli_suggest_other_command(option, arguments->command, &arguments->remedy);
            return false;
        }
        if (member != NULL && member->kind == SERVICE_KIND_LIST) {
            cli_request_list(&arguments->request, member, &arguments->lists[i]);
        } else if (member != NULL &&
                   !cli_request_option(&arguments->request, member, option, arguments->value[i], parse->problem)) {
            return false;
        }
    }
    return true;
}

static bool fail_more(const struct parse *parse, const char *word)
{
    base_text_add_string(parse->problem, "; found \"");
    base_text_add_printable(parse->problem, base_bytes_of_string(word), 200);
    base_text_add_string(parse->problem, "\"");
    return false;
}

/* Whether what was said fits together. */
static bool check(const struct parse *parse)
{
    const struct cli_arguments *arguments = parse->arguments;
    if (arguments->given[CLI_OPTION_HELP] || arguments->given[CLI_OPTION_VERSION]) {
        return true;
    }
    if (arguments->command == CLI_COMMAND_NONE) {
        return fail(parse, "no command is given; expected ", "prpack COMMAND", "");
    }
    const struct cli_command_facts command = cli_command_facts(arguments->command);
    if (!take_request(parse, command.operation)) {
        return false;
    }
    if (arguments->operand_count < command.least) {
        base_text_addf(parse->problem, "prpack %s needs %s", command.operation->name, command.operands);
        if (command.member->help != NULL) {
            base_text_addf(parse->problem, ": %s", command.member->help);
        }
        return false;
    }
    if (arguments->operand_count > command.most) {
        base_text_addf(parse->problem, "prpack %s takes %s", command.operation->name,
                       command.most == 0   ? "no operand"
                       : command.most == 1 ? "one operand at most"
                                           : "two operands");
        return fail_more(parse, arguments->operands[command.most]);
    }
    cli_request_operands(&parse->arguments->request, &command, arguments->operands, arguments->operand_count);
    return true;
}

/* Says what to do about the problem, now that the command is known. */
static void advise(const struct parse *parse)
{
    struct cli_arguments *arguments = parse->arguments;
    if (parse->lacking != CLI_OPTION_COUNT) {
        const struct service_member *member = cli_option_member(parse->lacking, arguments->command);
        base_text_add_string(parse->problem, ": ");
        if (!cli_suggest_values(member, parse->problem)) {
            bool says = member != NULL && member->help != NULL;
            base_text_add_string(parse->problem, says ? member->help : cli_option_facts(parse->lacking)->argument);
        }
    }
    if (parse->unknown.data != NULL) {
        cli_suggest_option(parse->unknown, arguments->command, &arguments->remedy);
    }
    if (arguments->remedy.size == 0) {
        cli_suggest_help(arguments->command, &arguments->remedy);
    }
    parse->problem->out_of_memory = parse->problem->out_of_memory || base_text_out_of_memory(&arguments->remedy);
}

bool cli_arguments_parse(int argc, char *const *argv, struct cli_arguments *arguments, struct base_text *problem)
{
    *arguments = (struct cli_arguments){.command = CLI_COMMAND_NONE, .format = present_format_at(0)};
    arguments->operands = calloc(argc > 0 ? (size_t)argc : 1, sizeof *arguments->operands);
    if (arguments->operands == NULL) {
        problem->out_of_memory = true;
        return false;
    }
    struct parse parse = {
        .argc = argc, .argv = argv, .at = 1, .lacking = CLI_OPTION_COUNT, .arguments = arguments, .problem = problem};
    bool good = walk(&parse);
    good = take_format(&parse) && good;
    good = good && check(&parse);
    if (!good) {
        advise(&parse);
    }
    return good;
}

void cli_arguments_free(struct cli_arguments *arguments)
{
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        base_names_free(&arguments->lists[i]);
    }
    free((void *)arguments->operands);
    base_text_free(&arguments->remedy);
    *arguments = (struct cli_arguments){.command = CLI_COMMAND_NONE};
}
