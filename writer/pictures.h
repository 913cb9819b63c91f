/* Pictures with the pixels that findings are about, for a caller that wants to show them. */
#ifndef PRPACK_WRITER_PICTURES_H
#define PRPACK_WRITER_PICTURES_H

#include <stddef.h>
#include <stdint.h>

/* Pixels are counted row by row. All of it is lent for the call. */
struct writer_picture {
    int32_t asset_id;
    size_t sprite;    /* its number in the declaration, from 0 */
    const char *path; /* as it is declared */
    uint32_t width;   /* without padding, like height */
    uint32_t height;
    uint32_t tile_size;
    const uint32_t *colours; /* of each pixel: 0xAARRGGBB */
    const uint64_t *marks;   /* one bit per pixel that a finding is about, the lowest bit first */
};

/* Who gets them. */
struct writer_pictures {
    void *context;
    /* Called by the workers, by several at once. Returns the path that findings get, which the writer frees; NULL:
     * there is none. */
    char *(*show)(void *context, const struct writer_picture *picture);
};

#endif
