/* The colours of an asset's pictures, tile by tile, as the packer reads them: docs/contracts/workspace.md, 3.2.2.
 *
 * Colours are those of the console (RGB565). Threads: art that is read may be shared. */
#ifndef PRPACK_SERVICE_PALETTES_ART_H
#define PRPACK_SERVICE_PALETTES_ART_H

#include "workspace/workspace.h"
#include "writer/image/draw.h"
#include "writer/image/png.h"

enum { SERVICE_COLOURS = 65536 };

/* The colours of the opaque pixels of one tile. */
struct service_art_tile {
    size_t begin; /* in service_art.colours */
    size_t count;
};

struct service_art_picture {
    size_t input; /* of the declaration */
    uint32_t width;
    uint32_t height;
    size_t first_tile; /* in service_art.tiles */
    size_t tile_count;
    uint32_t columns;
    bool keyed; /* a pixel is transparent when it has the colour of entry 0; it counts as opaque in `tiles` */
};

/* Zero-initialise. */
struct service_art {
    struct service_art_picture *pictures; /* in list order */
    size_t picture_count;
    size_t picture_capacity;
    struct service_art_tile *tiles;
    size_t tile_count;
    size_t tile_capacity;
    uint16_t *colours;
    size_t colour_count;
    size_t colour_capacity;
    uint32_t *first; /* [SERVICE_COLOURS]: 1 + 0xRRGGBB of the first opaque pixel with the colour; 0: none has it */
};

/* Reads all sprites. Reports what build would: image-invalid, image-size, pixel-translucent, input-missing … False when
 * something was wrong. Free it in either case. */
bool service_art_read(struct service_art *art, const struct workspace *workspace, const struct workspace_asset *asset,
                      struct base_findings *findings);
void service_art_free(struct service_art *art);

/* Called with a decoded sprite, which the caller may change. */
typedef bool (*service_art_visit)(void *context, size_t input, struct writer_image *image,
                                  const struct writer_grid *grid, const struct writer_reporter *report);

/* Decodes one sprite after the other, in list order. False when one could not be read, or a visit returned false. */
bool service_art_each(const struct workspace *workspace, const struct workspace_asset *asset, service_art_visit visit,
                      void *context, struct base_findings *findings);

/* Reads each declared palette to its index. False when one is faulty. Free *palettes in either case. */
bool service_art_palettes(const struct workspace *workspace, const struct workspace_asset *asset,
                          struct writer_palette_set *palettes, struct base_findings *findings);

#endif
