/* What a search begins with: which palettes are open, and which pictures and tiles have none yet.
 *
 * Threads: no shared state. */
#ifndef PRPACK_SERVICE_PALETTES_CANVAS_H
#define PRPACK_SERVICE_PALETTES_CANVAS_H

#include "palettes/problem.h"
#include "service/palettes/painting.h"

struct service_canvas {
    struct service_painting *painting;
    const struct service_art *art;
    const struct workspace_declaration *declaration;
    const struct writer_palette_set *declared;
    const struct service_painting_wish *wish;
    struct base_task *task;
    bool apart; /* pictures go tile by tile, also those that could have one palette */

    bool keyed; /* truecolour pixels of this colour are transparent */
    uint16_t key;
    uint16_t *number;  /* [SERVICE_COLOURS]: 1 + the number of a colour in the search; 0: it has none */
    uint16_t *colours; /* of each number */
    struct palettes_set *sets;
    struct service_unit *units; /* of each set */
    size_t count;
    struct palettes_room open[SERVICE_PALETTES_MAX];
    uint8_t open_index[SERVICE_PALETTES_MAX]; /* the palette of each */
    struct palettes_problem problem;
};

/* Zero-initialise *canvas but for the first six members. False when memory ran out. Free it in either case.
 * painting->quarrels has what cannot be searched for. */
bool service_canvas_begin(struct service_canvas *canvas);
void service_canvas_free(struct service_canvas *canvas);

#endif
