/* A palette that is painted as a row of squares: docs/contracts/workspace.md, 3.2.1. */
#ifndef PRPACK_VERIFY_SOURCES_STRIP_H
#define PRPACK_VERIFY_SOURCES_STRIP_H

#include "verify/sources/png_pixels.h"

/* Whether an image is a strip. *palette has the colours of its squares then; else it is unchanged. Every pixel of the
 * image has a colour. Pure. */
bool verify_strip_read(const struct verify_pixels *image, struct verify_palette *palette);

#endif
