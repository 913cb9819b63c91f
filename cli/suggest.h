/* What may have been meant by a word that the command line does not have, as a sentence for its user. */
#ifndef PRPACK_CLI_SUGGEST_H
#define PRPACK_CLI_SUGGEST_H

#include "base/text.h"
#include "cli/facts.h"

/* Appends what to do about a command that there is not. */
void cli_suggest_command(const char *word, struct base_text *remedy);

/* The same about an option, by its name without dashes. `command` may be CLI_COMMAND_NONE. */
void cli_suggest_option(struct base_bytes name, enum cli_command command, struct base_text *remedy);

/* The same about an option of other commands. */
void cli_suggest_other_command(enum cli_option option, enum cli_command command, struct base_text *remedy);

/* Appends the formats of answers that the command takes: "text, json or sarif". */
void cli_suggest_formats(enum cli_command command, struct base_text *text);

/* Appends the one of them that is close to the word, as a question; nothing when none is. */
void cli_suggest_format(const char *word, enum cli_command command, struct base_text *remedy);

/* Appends "See prpack COMMAND --help.", or that of the program. */
void cli_suggest_help(enum cli_command command, struct base_text *remedy);

/* Appends what the value of an option may be, as in "8, 16 or 32"; false where any will do. `member` may be NULL. */
bool cli_suggest_values(const struct service_member *member, struct base_text *text);

#endif
