#include "fuzz/oracle/png_second.h"

#include "fuzz/lib/harness.h"
#include "verify/sources/png_pixels.h"

#include <stdlib.h>

bool png_second_read(struct png_second *image, const struct base_file *file, uint32_t max_pixels)
{
    struct verify_pixels pixels = {.pixels = NULL};
    struct verify_pixels_fault fault;
    *image = (struct png_second){.width = 0};
    FUZZ_CHECK(verify_pixels_read(file, max_pixels, &pixels, &fault) == 0);
    FUZZ_CHECK((fault.text == NULL) == (pixels.pixels != NULL || pixels.indices != NULL));
    if (fault.text != NULL) {
        FUZZ_CHECK(fault.text[0] != '\0');
        return false;
    }
    size_t count = (size_t)pixels.width * pixels.height;
    *image = (struct png_second){.width = pixels.width, .height = pixels.height};
    image->pixels = calloc(count, sizeof *image->pixels);
    FUZZ_CHECK(image->pixels != NULL && count <= max_pixels);
    for (size_t i = 0; i < count; i++) {
        if (pixels.indices != NULL) {
            const struct verify_palette_colour *colour = &pixels.colours[pixels.indices[i]];
            image->pixels[i][0] = (uint16_t)(colour->red * 257);
            image->pixels[i][1] = (uint16_t)(colour->green * 257);
            image->pixels[i][2] = (uint16_t)(colour->blue * 257);
            image->pixels[i][3] = (uint16_t)(pixels.alpha[pixels.indices[i]] * 257);
            continue;
        }
        image->pixels[i][0] = pixels.pixels[i].red;
        image->pixels[i][1] = pixels.pixels[i].green;
        image->pixels[i][2] = pixels.pixels[i].blue;
        image->pixels[i][3] = pixels.pixels[i].alpha;
    }
    verify_pixels_free(&pixels);
    return true;
}
