/* Where the sprites of an asset are in its sheet: docs/contracts/assets-pa-v1.md 3.1. Threads: no shared state. */
#ifndef PRPACK_SERVICE_SPRITES_H
#define PRPACK_SERVICE_SPRITES_H

#include "json/walk.h"

/* One element of `tiles`. The spans are of the text that is walked. */
struct service_sprite {
    struct base_bytes path; /* inside of a JSON string: it may have escapes */
    int64_t tile;
    int64_t columns;
    int64_t rows;
    bool has_palette;
    int64_t palette;
    struct base_bytes palettes; /* without has_palette: a JSON array of numbers */
    size_t at;                  /* private: where the element begins */
};

/* A walk over `tiles`. */
struct service_sprites {
    struct json_walk walk;
    struct json_token list;
};

/* Begins a walk over a JSON text that is the array; NULL: there are no sprites. The text must outlive the walk. */
struct service_sprites service_sprites_begin(const char *tiles);
/* Takes the next one. False after the last. */
bool service_sprites_next(struct service_sprites *sprites, struct service_sprite *sprite);

/* Which of the elements with this path the sprite is: 1 for the first in order. Goes through all elements before it, so
 * the list has to be known to be short: that of a set that conforms has 1,024 at most. */
unsigned service_sprites_use(const struct service_sprites *sprites, const struct service_sprite *sprite);

#endif
