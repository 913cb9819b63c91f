/* The command line as data. Parsing touches nothing but its own result, so it can be tested and fuzzed. */
#ifndef PRPACK_CLI_ARGUMENTS_H
#define PRPACK_CLI_ARGUMENTS_H

#include "base/names.h"
#include "base/text.h"
#include "cli/facts.h"
#include "present/formats.h"

/* What was said. Strings are borrowed from argv; operands is owned. */
struct cli_arguments {
    enum cli_command command; /* CLI_COMMAND_NONE: only --help or --version */
    const char *group;        /* first word of commands of two words, when help was asked for all of them; else NULL */
    bool given[CLI_OPTION_COUNT];
    const char *value[CLI_OPTION_COUNT];       /* of options that take one */
    struct base_names lists[CLI_OPTION_COUNT]; /* of options that take any number; owned */
    union service_request request;             /* of the command; its lists are those above */
    const struct present_format *format;       /* never NULL */
    const char **operands;
    size_t operand_count;
    struct base_text remedy; /* after a refusal: what to do about the problem */
};

/* Parses argv[1] … argv[argc - 1]. Options may come before or after operands; "--" ends them; "--name=value" and
 * "--name value", "-oDIR" and "-o DIR" are the same. False: *problem says in one line what is wrong and what would be
 * right, and *arguments is still valid (its --format is honoured when it was understood). Free it in either case. */
bool cli_arguments_parse(int argc, char *const *argv, struct cli_arguments *arguments, struct base_text *problem);
void cli_arguments_free(struct cli_arguments *arguments);

#endif
