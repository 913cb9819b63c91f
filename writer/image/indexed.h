/* The palette of an indexed PNG, and what each of its indices means: docs/contracts/workspace.md 3.2.2.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_INDEXED_H
#define PRPACK_WRITER_IMAGE_INDEXED_H

#include "workspace/model/model.h"
#include "writer/image/palette_set.h"
#include "writer/image/png.h"

enum writer_opacity {
    WRITER_OPAQUE,
    WRITER_TRANSPARENT,
    WRITER_HIDDEN,     /* transparent only because the index is 0, which nobody declared */
    WRITER_TRANSLUCENT /* neither: a fault where a pixel has it; it counts as transparent otherwise */
};

/* Indices are those of the file unless a comment says otherwise. */
struct writer_indexed {
    uint32_t colour_count;                   /* of the file */
    const uint32_t *colours;                 /* 0xAARRGGBB; borrowed */
    uint32_t exchanged;                      /* the entry that changes places with entry 0, or 0 */
    struct writer_palette palette;           /* the first sixteen colours after the exchange; not for banked pictures */
    uint8_t opacity[WRITER_PNG_PALETTE_MAX]; /* enum writer_opacity; WRITER_OPAQUE beyond colour_count */
};

/* What can be told from the palette alone. keyed: the PNG has a tRNS chunk. */
struct writer_indexed writer_indexed_of(const uint32_t *colours, uint32_t colour_count, bool keyed,
                                        const struct workspace_picture_rules *rules);

/* Which indices the pixels of an image have. */
void writer_indexed_uses(const struct writer_image *image, bool used[WRITER_PNG_PALETTE_MAX]);

/* Which entries of the picture's palette, after the exchange, opaque pixels have. */
void writer_indexed_draws(const struct writer_indexed *indexed, const struct writer_image *image,
                          bool drawn[WRITER_PALETTE_COLOURS]);

/* Whether opaque pixels may have index 0 after the exchange: only then does it depend on the pixels which palette the
 * picture brings. */
bool writer_indexed_may_move(const struct writer_indexed *indexed);

/* The palette that a picture brings, and the entry that its opaque pixels of index 0 get (0: it has none). used may be
 * NULL unless writer_indexed_may_move. False when these pixels have no entry to go to: the palette is then the one
 * without them. */
bool writer_indexed_bring(const struct writer_indexed *indexed, const bool *used, struct writer_palette *palette,
                          uint32_t *moved);

/* The index of the sheet for each index of the file whose pixels are kept. Opaque ones beyond 15 have none. */
void writer_indexed_keep(const struct writer_indexed *indexed, uint32_t moved, uint8_t map[WRITER_PNG_PALETTE_MAX]);

#endif
