#include "present/color.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool present_color_wanted(FILE *stream)
{
    const char *no_color = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    if (no_color != NULL && no_color[0] != '\0') {
        return false;
    }
    return terminal != NULL && strcmp(terminal, "dumb") != 0 && isatty(fileno(stream)) == 1;
}

const char *present_color(bool wanted, enum present_color color)
{
    static const char *const sequences[] = {
        [PRESENT_COLOR_PLAIN] = "\033[0m",  [PRESENT_COLOR_BOLD] = "\033[1m",    [PRESENT_COLOR_RED] = "\033[1;31m",
        [PRESENT_COLOR_GREEN] = "\033[32m", [PRESENT_COLOR_YELLOW] = "\033[33m", [PRESENT_COLOR_DIM] = "\033[2m",
    };
    return wanted ? sequences[color] : "";
}
