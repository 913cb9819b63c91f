/* Palette files: GIMP .gpl, JASC .pal, .hex, and PNGs: strips of colours, and the palette of an indexed PNG. The
 * content decides the kind, not the name.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_PALETTE_FILE_H
#define PRPACK_WRITER_IMAGE_PALETTE_FILE_H

#include "writer/image/palette_set.h"
#include "writer/source.h"

/* A palette as text needs a few hundred bytes. */
#define WRITER_PALETTE_TEXT_MAX UINT64_C(65536)

/* Reads a palette of 1 to 16 colours from the begin of the source. Reports palette-invalid with line and position,
 * input-too-large, image-invalid and read errors; *palette is then as it was. The rest of the source is left unread. */
bool writer_palette_read(struct writer_source *source, struct writer_palette *palette,
                         const struct writer_reporter *report);

#endif
