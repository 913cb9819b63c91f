#include "writer/image/image.h"

#include <stdlib.h>

void writer_image_free(struct writer_image *image)
{
    free(image->pixels);
    *image = (struct writer_image){.pixels = NULL};
}

struct base_place writer_place_of_pixel(const struct writer_image *image, size_t number)
{
    return (struct base_place){BASE_AT_PIXEL((uint32_t)(number % image->width), (uint32_t)(number / image->width))};
}
