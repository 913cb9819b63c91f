#include "workspace/edit/png_begin.h"

#include "base/file.h"

#include <string.h>

/* PNG, 5.2 and 11.2.2: signature, length and type of IHDR, width, height, depth, colour type. */
enum { SIZE = 26, WIDTH_AT = 16, HEIGHT_AT = 20, COLOUR_TYPE_AT = 25, INDEXED = 3 };

static uint32_t big_endian(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | (uint32_t)at[3];
}

bool workspace_read_png_begin(int root_fd, const char *name, struct workspace_png_begin *begin)
{
    static const uint8_t start[WIDTH_AT] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n',
                                            0,    0,   0,   13,  'I',  'H',  'D',  'R'};
    uint8_t bytes[SIZE];
    struct base_file file;
    bool is_png = base_file_open_below(&file, root_fd, name) == 0 &&
                  base_file_read_at(&file, 0, bytes, sizeof bytes) == 0 && memcmp(bytes, start, sizeof start) == 0;
    base_file_close(&file);
    if (is_png) {
        *begin = (struct workspace_png_begin){
            .width = big_endian(bytes + WIDTH_AT),
            .height = big_endian(bytes + HEIGHT_AT),
            .is_indexed = bytes[COLOUR_TYPE_AT] == INDEXED,
        };
    }
    return is_png;
}
