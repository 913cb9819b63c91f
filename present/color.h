/* Colour for people: only on a terminal, never with NO_COLOR or TERM=dumb. */
#ifndef PRPACK_PRESENT_COLOR_H
#define PRPACK_PRESENT_COLOR_H

#include <stdbool.h>
#include <stdio.h>

enum present_color {
    PRESENT_COLOR_PLAIN,
    PRESENT_COLOR_BOLD,
    PRESENT_COLOR_RED,
    PRESENT_COLOR_GREEN,
    PRESENT_COLOR_YELLOW,
    PRESENT_COLOR_DIM
};

bool present_color_wanted(FILE *stream);
/* The escape sequence, or "" when colour is not wanted. PRESENT_COLOR_PLAIN ends any other. */
const char *present_color(bool wanted, enum present_color color);

#endif
