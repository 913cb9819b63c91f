/* One decoded picture becomes indices of the sheet: docs/contracts/workspace.md 3.2.2, from transparency to palettes.
 *
 * Threads: what the pictures of an asset have in common belongs to one thread at a time. */
#ifndef PRPACK_WRITER_IMAGE_DRAW_H
#define PRPACK_WRITER_IMAGE_DRAW_H

#include "writer/image/colours.h"

/* What all pictures of an asset have in common. Borrowed, but for `colours`. */
struct writer_drawing {
    struct workspace_picture_rules rules;
    const struct writer_palette_set *palettes; /* NULL: they are faulty, and colours are not judged */
    bool declared;                             /* the palettes come from files, not from the pictures */
    struct writer_colours *colours;            /* NULL until a picture needs it; free it with writer_colours_destroy */
};

/* Replaces the pixels of an image by indices of the sheet, one byte per pixel, and says which palettes they are for.
 * Warns of what is lost: pixel-hidden, colour-merged, frames-dropped, one each at most. Reports pixel-translucent,
 * pixel-inexpressible, palette-invalid, one finding per cause, and returns false; the pixels are then of no use. */
bool writer_draw(struct writer_drawing *drawing, struct writer_image *image, const struct writer_grid *grid,
                 const struct writer_candidates *candidates, struct writer_tile_palettes *result,
                 const struct writer_reporter *report);

#endif
