#include "export/marked.h"

#include "base/checked.h"
#include "export/png.h"

#include <stdlib.h>

enum {
    FACTOR_LEAST = 4, /* a frame, and the colour inside of it */
    FACTOR_MOST = 24,
    SIDE_MOST = 1024, /* that enlarging may lead to; a larger picture is enlarged by the least factor */
    CHANNELS = 3,
    DASH = 2,       /* pixels of one colour in the grid */
    FRAME_PART = 8, /* of the side of a pixel is one side of its frame */
};

/* Each pair differs from any colour: no colour is near to both. */
#define GRID_DARK UINT32_C(0x202020)
#define GRID_LIGHT UINT32_C(0xD8D8D8)
#define MARK_ONE UINT32_C(0xFF00FF)
#define MARK_OTHER UINT32_C(0x00FF00)
/* The ground that transparent pixels show. */
#define GROUND_DARK UINT32_C(0x909090)
#define GROUND_LIGHT UINT32_C(0xB0B0B0)

uint32_t export_marked_factor(const struct export_marked *marked)
{
    uint32_t side = marked->width > marked->height ? marked->width : marked->height;
    uint32_t factor = SIDE_MOST / side;
    factor = factor > FACTOR_MOST ? FACTOR_MOST : factor;
    return factor < FACTOR_LEAST ? FACTOR_LEAST : factor;
}

/* A place in the enlarged picture: the pixel that it is in, and where it is in that pixel. */
struct spot {
    uint32_t x, y;
    uint32_t in_x, in_y;
};

static uint32_t blend_channel(uint32_t colour, uint32_t ground, unsigned shift)
{
    uint32_t alpha = colour >> 24;
    uint32_t above = (colour >> shift & 0xFF) * alpha;
    uint32_t below = (ground >> shift & 0xFF) * (255 - alpha);
    return ((above + below) / 255) << shift;
}

/* The colour of a pixel on a ground of two colours, which alternate in squares of half a pixel. */
static uint32_t colour_of(uint32_t colour, const struct spot *spot, uint32_t factor)
{
    uint32_t half = factor / 2;
    uint32_t ground = (spot->in_x / half + spot->in_y / half) % 2 == 0 ? GROUND_DARK : GROUND_LIGHT;
    return blend_channel(colour, ground, 16) | blend_channel(colour, ground, 8) | blend_channel(colour, ground, 0);
}

static bool is_marked(const struct export_marked *marked, const struct spot *spot)
{
    size_t pixel = (size_t)spot->y * marked->width + spot->x;
    return (marked->marks[pixel / 64] >> pixel % 64 & 1) != 0;
}

/* The frame of a marked pixel: its upper and left side have one colour, the other two the other one. */
static bool find_frame(const struct spot *spot, uint32_t factor, uint32_t *colour)
{
    uint32_t thick = factor / FRAME_PART > 0 ? factor / FRAME_PART : 1;
    if (spot->in_x < thick || spot->in_y < thick) {
        *colour = MARK_ONE;
        return true;
    }
    *colour = MARK_OTHER;
    return spot->in_x >= factor - thick || spot->in_y >= factor - thick;
}

/* The upper and left edge of each tile but the first ones. */
static bool is_grid(const struct export_marked *marked, const struct spot *spot)
{
    bool left = spot->in_x == 0 && spot->x > 0 && spot->x % marked->tile_size == 0;
    bool upper = spot->in_y == 0 && spot->y > 0 && spot->y % marked->tile_size == 0;
    return left || upper;
}

static uint32_t look(const struct export_marked *marked, const struct spot *spot, uint32_t factor)
{
    uint32_t dash = (spot->x * factor + spot->in_x) / DASH + (spot->y * factor + spot->in_y) / DASH;
    uint32_t frame;
    if (is_marked(marked, spot) && find_frame(spot, factor, &frame)) {
        return frame;
    }
    if (is_grid(marked, spot)) {
        return dash % 2 == 0 ? GRID_DARK : GRID_LIGHT;
    }
    return colour_of(marked->colours[(size_t)spot->y * marked->width + spot->x], spot, factor);
}

static void draw(const struct export_marked *marked, uint32_t factor, uint8_t *rgb)
{
    for (uint32_t y = 0; y < marked->height * factor; y++) {
        for (uint32_t x = 0; x < marked->width * factor; x++, rgb += CHANNELS) {
            const struct spot spot = {.x = x / factor, .y = y / factor, .in_x = x % factor, .in_y = y % factor};
            uint32_t colour = look(marked, &spot, factor);
            rgb[0] = (uint8_t)(colour >> 16);
            rgb[1] = (uint8_t)(colour >> 8 & 0xFF);
            rgb[2] = (uint8_t)(colour & 0xFF);
        }
    }
}

bool export_marked_print(const struct export_marked *marked, struct base_text *png)
{
    uint32_t factor = export_marked_factor(marked);
    size_t row;
    size_t size;
    if (!base_mul_size((size_t)marked->width * CHANNELS, factor, &row) ||
        !base_mul_size(row, (size_t)marked->height * factor, &size)) {
        return false;
    }
    uint8_t *rgb = size > 0 ? malloc(size) : NULL;
    if (rgb == NULL) {
        return false;
    }
    draw(marked, factor, rgb);
    const struct export_raster raster = {
        .width = marked->width * factor, .height = marked->height * factor, .rgb = rgb};
    bool printed = export_png_print(&raster, png);
    free(rgb);
    return printed;
}
