/* Which palettes an asset needs, beside those that it declares: docs/contracts/workspace.md, 7.
 *
 * Threads: no shared state. */
#ifndef PRPACK_SERVICE_PALETTES_PAINT_H
#define PRPACK_SERVICE_PALETTES_PAINT_H

#include "service/palettes/painting.h"

enum service_painting_end service_paint(struct service_painting *painting, const struct service_art *art,
                                        const struct workspace_declaration *declaration,
                                        const struct writer_palette_set *declared,
                                        const struct service_painting_wish *wish, struct base_task *task);
void service_painting_free(struct service_painting *painting);

#endif
