#include "writer/encode/tiles.h"

#include "writer/canonical_json.h"

static void print_palettes(struct base_text *text, const struct writer_grid *grid,
                           const struct writer_tile_palettes *palettes)
{
    if (!palettes->apart) {
        base_text_addf(text, "\"palette\":%u", (unsigned)palettes->palette);
        return;
    }
    base_text_add_string(text, "\"palettes\":[");
    for (uint32_t i = 0; i < grid->columns * grid->rows; i++) {
        base_text_addf(text, "%s%u", i > 0 ? "," : "", (unsigned)palettes->tiles[i]);
    }
    base_text_add_char(text, ']');
}

void writer_tiles_print(struct base_text *text, const char *path, uint32_t tile, const struct writer_grid *grid,
                        const struct writer_tile_palettes *palettes)
{
    base_text_addf(text, "{\"columns\":%u,", (unsigned)grid->columns);
    print_palettes(text, grid, palettes);
    base_text_add_string(text, ",\"path\":");
    writer_canonical_string(text, path);
    base_text_addf(text, ",\"rows\":%u,\"tile\":%u}", (unsigned)grid->rows, (unsigned)tile);
}
