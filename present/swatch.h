/* A colour as a block in a terminal. */
#ifndef PRPACK_PRESENT_SWATCH_H
#define PRPACK_PRESENT_SWATCH_H

#include "base/text.h"

/* Appends a block of the colour 0xRRGGBB and a space; nothing when colour is not wanted (present/color.h). The block
 * has that very colour if COLORTERM is "truecolor" or "24bit", else the nearest of the 256 that terminals have. */
void present_swatch(struct base_text *text, bool wanted, uint32_t colour);

#endif
