#include "cli/help.h"

#include "present/formats.h"

#include <string.h>

static void print_option(const struct cli_option_facts *option, const char *argument, const char *help, FILE *out)
{
    char form[64];
    if (option->letter != 0) {
        (void)snprintf(form, sizeof form, "-%c, --%s%s%s", option->letter, option->name, argument != NULL ? " " : "",
                       argument != NULL ? argument : "");
    } else {
        (void)snprintf(form, sizeof form, "    --%s%s%s", option->name, argument != NULL ? " " : "",
                       argument != NULL ? argument : "");
    }
    (void)fprintf(out, "  %-22s %s\n", form, help);
}

/* "text (for people), json (one line for each thing examined); default: text" */
static void add_formats(struct base_text *text, enum cli_command command)
{
    const char *before = "";
    for (size_t i = 0; present_format_at(i) != NULL; i++) {
        const struct present_format *format = present_format_at(i);
        if (present_format_shows(format, cli_command_operation(command))) {
            base_text_addf(text, "%s%s (%s)", before, format->name, format->help);
            before = ", ";
        }
    }
    base_text_addf(text, "; default: %s", present_format_at(0)->name);
}

static void print_format_option(const struct cli_option_facts *facts, enum cli_command command, FILE *out)
{
    struct base_text help = BASE_TEXT_EMPTY;
    add_formats(&help, command);
    print_option(facts, facts->argument, base_text_string(&help), out);
    base_text_free(&help);
}

/* Options of one command; with CLI_COMMAND_NONE those that every command has. */
static void print_options(enum cli_command command, FILE *out)
{
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        enum cli_option option = (enum cli_option)i;
        const struct cli_option_facts *facts = cli_option_facts(option);
        const struct service_member *member = cli_option_member(option, command);
        if (option == CLI_OPTION_FORMAT && member == NULL) {
            print_format_option(facts, command, out);
        } else if (cli_option_applies(option, command)) {
            bool renamed = member != NULL && member->argument != NULL;
            print_option(facts, renamed ? member->argument : facts->argument,
                         member != NULL ? member->help : facts->help, out);
        }
    }
}

static void print_command(enum cli_command command, FILE *out)
{
    const struct cli_command_facts facts = cli_command_facts(command);
    char form[40];
    (void)snprintf(form, sizeof form, "%s %s", facts.operation->name, facts.operands);
    (void)fprintf(out, "  %-22s %s\n", form, facts.operation->summary);
}

static void print_program_help(FILE *out)
{
    (void)fputs("prpack packs the assets of a PROMETEU game into assets.pa, and proves what it packed.\n\n"
                "usage: prpack COMMAND [OPTION...] [OPERAND...]\n\n"
                "commands:\n",
                out);
    for (int i = CLI_COMMAND_NONE + 1; i < CLI_COMMAND_COUNT; i++) {
        print_command((enum cli_command)i, out);
    }
    (void)fputs("\noptions of every command (prpack COMMAND --help, or prpack help COMMAND, shows the others):\n", out);
    print_options(CLI_COMMAND_NONE, out);
    (void)fputs("\nfirst steps:\n"
                "  prpack init                          make assets/ and its registry\n"
                "  prpack add assets/hero               register a directory with PNGs\n"
                "  prpack build --verify                pack, reread, publish into build/\n"
                "  prpack inspect build/assets.pa       see what the console will see\n\n",
                out);
}

/* Help of all commands that begin with one word. */
static void print_group_help(const char *group, FILE *out)
{
    size_t length = strlen(group);
    (void)fprintf(out, "usage: prpack %s COMMAND [OPTION...] [OPERAND...]\n\ncommands:\n", group);
    for (int i = CLI_COMMAND_NONE + 1; i < CLI_COMMAND_COUNT; i++) {
        const char *name = cli_command_facts((enum cli_command)i).operation->name;
        if (strncmp(name, group, length) == 0 && name[length] == ' ') {
            print_command((enum cli_command)i, out);
        }
    }
    (void)fprintf(out, "\noptions of each (prpack %s COMMAND --help, or prpack help %s COMMAND, shows the others):\n",
                  group, group);
    print_options(CLI_COMMAND_NONE, out);
    (void)fputc('\n', out);
}

static void print_command_help(enum cli_command command, FILE *out)
{
    const struct cli_command_facts facts = cli_command_facts(command);
    (void)fprintf(out, "usage: prpack %s [OPTION...]%s%s\n\n%s\noptions:\n", facts.operation->name,
                  facts.operands[0] != '\0' ? " " : "", facts.operands, facts.details);
    print_options(command, out);
    (void)fputc('\n', out);
}

void cli_help_print(enum cli_command command, const char *group, FILE *out)
{
    if (command != CLI_COMMAND_NONE) {
        print_command_help(command, out);
    } else if (group != NULL) {
        print_group_help(group, out);
    } else {
        print_program_help(out);
    }
    (void)fputs("exit codes: 0 all well; 1 what was examined is wrong; 2 the command line is wrong;\n"
                "            3 the environment failed (cannot read, cannot write, out of memory);\n"
                "            an interrupted command ends by the signal and leaves everything as it was\n",
                out);
}

void cli_version_print(FILE *out)
{
    (void)fputs("prpack " PRPACK_VERSION " (assets.pa version 1)\n", out);
}
