#include "present/swatch.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static bool has_24_bits(void)
{
    const char *terminal = getenv("COLORTERM");
    return terminal != NULL && (strcmp(terminal, "truecolor") == 0 || strcmp(terminal, "24bit") == 0);
}

/* ---- 256 colours: a cube of 6 x 6 x 6 from number 16 on, and 24 shades of grey from 232 on ---- */

enum { CUBE = 16, GREYS = 232, GREY_COUNT = 24 };

static unsigned level(unsigned step)
{
    return step == 0 ? 0 : 55 + step * 40;
}

static unsigned nearest_step(unsigned value)
{
    unsigned best = 0;
    for (unsigned step = 1; step < 6; step++) {
        best = abs((int)level(step) - (int)value) < abs((int)level(best) - (int)value) ? step : best;
    }
    return best;
}

static unsigned distance(const unsigned colour[3], unsigned red, unsigned green, unsigned blue)
{
    int r = (int)colour[0] - (int)red;
    int g = (int)colour[1] - (int)green;
    int b = (int)colour[2] - (int)blue;
    return (unsigned)(r * r + g * g + b * b);
}

static unsigned nearest_of_256(uint32_t value)
{
    const unsigned colour[3] = {value >> 16 & 255, value >> 8 & 255, value & 255};
    const unsigned steps[3] = {nearest_step(colour[0]), nearest_step(colour[1]), nearest_step(colour[2])};
    unsigned best = CUBE + 36 * steps[0] + 6 * steps[1] + steps[2];
    unsigned best_distance = distance(colour, level(steps[0]), level(steps[1]), level(steps[2]));
    for (unsigned i = 0; i < GREY_COUNT; i++) {
        unsigned grey = 8 + 10 * i;
        unsigned found = distance(colour, grey, grey, grey);
        if (found < best_distance) {
            best = GREYS + i;
            best_distance = found;
        }
    }
    return best;
}

void present_swatch(struct base_text *text, bool wanted, uint32_t colour)
{
    if (!wanted) {
        return;
    }
    if (has_24_bits()) {
        base_text_addf(text, "\033[48;2;%u;%u;%um", (unsigned)(colour >> 16 & 255), (unsigned)(colour >> 8 & 255),
                       (unsigned)(colour & 255));
    } else {
        base_text_addf(text, "\033[48;5;%um", nearest_of_256(colour));
    }
    base_text_add_string(text, "  \033[0m ");
}
