/* Colour for people: only on a terminal, never with NO_COLOR or TERM=dumb. */
#ifndef PRPACK_CLI_COLOR_H
#define PRPACK_CLI_COLOR_H

#include <stdbool.h>
#include <stdio.h>

enum pp_color { PP_COLOR_PLAIN, PP_COLOR_BOLD, PP_COLOR_RED, PP_COLOR_GREEN, PP_COLOR_YELLOW, PP_COLOR_DIM };

bool pp_color_wanted(FILE *stream);
/* The escape sequence, or "" when colour is not wanted. PP_COLOR_PLAIN ends any other. */
const char *pp_color(bool wanted, enum pp_color color);

#endif
