/* Palettes as text: GIMP .gpl, JASC .pal, .hex. The content decides the kind.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_PALETTE_TEXT_H
#define PRPACK_WRITER_IMAGE_PALETTE_TEXT_H

#include "writer/image/palette_set.h"
#include "writer/source.h"

/* Reads a palette from text. Reports palette-invalid. */
bool writer_palette_parse(struct base_bytes text, struct writer_palette *palette, const struct writer_reporter *report);

#endif
