/* Which palette each sprite gets from the packer: docs/contracts/workspace.md, 3.2.2. */
#ifndef PRPACK_SERVICE_PALETTES_USAGE_H
#define PRPACK_SERVICE_PALETTES_USAGE_H

#include "service/palettes/art.h"
#include "service/service.h"

/* Fills sprites for an asset with these palettes, in list order, by drawing each one as a build does. False with the
 * reason in findings when a sprite cannot be drawn. Free the sprites in either case. */
bool service_palette_usage(const struct workspace *workspace, const struct workspace_asset *asset,
                           const struct writer_palette_set *palettes, struct service_painted_sprites *sprites,
                           struct base_findings *findings);
void service_painted_sprites_free(struct service_painted_sprites *sprites);

#endif
