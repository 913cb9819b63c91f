#include "verify/sources/tally.h"

#include <inttypes.h>
#include <stdio.h>

struct verify_tally verify_tally_of(uint32_t width, uint32_t side)
{
    return (struct verify_tally){.side = side, .columns = (width + side - 1) / side};
}

static uint32_t tile_of(const struct verify_tally *tally, uint32_t x, uint32_t y)
{
    return y / tally->side * tally->columns + x / tally->side;
}

void verify_tally_add(struct verify_tally *tally, uint32_t x, uint32_t y)
{
    bool *has_tile = &tally->has_tile[tile_of(tally, x, y)];
    if (tally->pixels == 0 || y < tally->y || (y == tally->y && x < tally->x)) {
        tally->x = x;
        tally->y = y;
    }
    tally->tiles += *has_tile ? 0 : 1;
    *has_tile = true;
    tally->pixels++;
}

uint32_t verify_tally_tile(const struct verify_tally *tally)
{
    return tile_of(tally, tally->x, tally->y);
}

struct base_place verify_tally_place(const struct verify_tally *tally)
{
    return (struct base_place){
        BASE_AT_PIXEL(tally->x, tally->y),
        BASE_AT_TILE(verify_tally_tile(tally)),
        .pixels = tally->pixels,
        .tiles = tally->tiles,
    };
}

struct verify_tally_text verify_tally_say(const struct verify_tally *tally)
{
    struct verify_tally_text said;
    (void)snprintf(said.text, sizeof said.text,
                   "in %" PRIu64 " pixel%s of %u tile%s, first in tile %u of the image (x %u, y %u in it)",
                   tally->pixels, tally->pixels == 1 ? "" : "s", (unsigned)tally->tiles, tally->tiles == 1 ? "" : "s",
                   (unsigned)verify_tally_tile(tally), (unsigned)(tally->x % tally->side),
                   (unsigned)(tally->y % tally->side));
    return said;
}
