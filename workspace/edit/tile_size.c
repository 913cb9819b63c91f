#include "workspace/edit/tile_size.h"

#include "workspace/edit/png_begin.h"
#include "workspace/model/limits.h"

/* Whether a tile size divides the size of a PNG, or there is nothing to divide. */
static bool divides(uint32_t tile_size, int root_fd, const char *name)
{
    struct workspace_png_begin begin;
    return !workspace_read_png_begin(root_fd, name, &begin) ||
           (begin.width % tile_size == 0 && begin.height % tile_size == 0);
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
