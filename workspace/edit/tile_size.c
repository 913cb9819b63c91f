#include "workspace/edit/tile_size.h"

#include "base/file.h"
#include "workspace/model/limits.h"

#include <string.h>

/* PNG, 5.2 and 11.2.2: signature, length and type of IHDR, width, height. */
enum { HEADER_SIZE = 24, WIDTH_AT = 16, HEIGHT_AT = 20 };

static uint32_t big_endian(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | (uint32_t)at[3];
}

/* Whether a tile size divides the size of a PNG, or there is nothing to divide. */
static bool divides(uint32_t tile_size, int root_fd, const char *name)
{
    static const uint8_t start[WIDTH_AT] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n',
                                            0,    0,   0,   13,  'I',  'H',  'D',  'R'};
    uint8_t header[HEADER_SIZE];
    struct base_file file;
    bool is_png = base_file_open_below(&file, root_fd, name) == 0 &&
                  base_file_read_at(&file, 0, header, sizeof header) == 0 && memcmp(header, start, sizeof start) == 0;
    base_file_close(&file);
    return !is_png ||
           (big_endian(header + WIDTH_AT) % tile_size == 0 && big_endian(header + HEIGHT_AT) % tile_size == 0);
}

static bool divides_all(uint32_t tile_size, const struct workspace_addition *add, const struct workspace_files *files)
{
    bool fine = true;
    for (size_t i = 0; fine && i < files->count; i++) {
        const struct workspace_file *file = &files->items[i];
        fine = file->kind != WORKSPACE_FILE_PNG || divides(tile_size, add->root_fd, file->name);
    }
    return fine;
}

uint32_t workspace_add_tile_size(const struct workspace_addition *add, const struct workspace_files *files)
{
    bool whole = divides_all(WORKSPACE_TILE_SIZE_DEFAULT, add, files);
    bool padded = add->options->pad && !whole && !divides_all(WORKSPACE_TILE_SIZE_MIN, add, files);
    return whole || padded ? WORKSPACE_TILE_SIZE_DEFAULT : WORKSPACE_TILE_SIZE_MIN;
}
