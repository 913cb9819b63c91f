/* Colours of the console for painting programs: docs/contracts/extract.md 2.1.
 *
 * Threads: no shared state. */
#ifndef PRPACK_EXPORT_GPL_H
#define PRPACK_EXPORT_GPL_H

#include "base/text.h"

/* A colour with eight bits per channel: 0xRRGGBB. Its upper bits are those of the RGB565 colour. */
uint32_t export_rgb888(uint16_t rgb565);

/* Appends a palette as a file of GIMP. */
void export_gpl_print(struct base_text *text, const char *name, const uint16_t *rgb565, size_t count);

#endif
