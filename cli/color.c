#include "cli/color.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool pp_color_wanted(FILE *stream)
{
    const char *no_color = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    if (no_color != NULL && no_color[0] != '\0') {
        return false;
    }
    return terminal != NULL && strcmp(terminal, "dumb") != 0 && isatty(fileno(stream)) == 1;
}

const char *pp_color(bool wanted, enum pp_color color)
{
    static const char *const sequences[] = {
        [PP_COLOR_PLAIN] = "\033[0m",  [PP_COLOR_BOLD] = "\033[1m",    [PP_COLOR_RED] = "\033[1;31m",
        [PP_COLOR_GREEN] = "\033[32m", [PP_COLOR_YELLOW] = "\033[33m", [PP_COLOR_DIM] = "\033[2m",
    };
    return wanted ? sequences[color] : "";
}
