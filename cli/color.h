/* Colour for people: only on a terminal, never with NO_COLOR or TERM=dumb. */
#ifndef PRPACK_CLI_COLOR_H
#define PRPACK_CLI_COLOR_H

#include <stdbool.h>
#include <stdio.h>

enum cli_color { CLI_COLOR_PLAIN, CLI_COLOR_BOLD, CLI_COLOR_RED, CLI_COLOR_GREEN, CLI_COLOR_YELLOW, CLI_COLOR_DIM };

bool cli_color_wanted(FILE *stream);
/* The escape sequence, or "" when colour is not wanted. CLI_COLOR_PLAIN ends any other. */
const char *cli_color(bool wanted, enum cli_color color);

#endif
