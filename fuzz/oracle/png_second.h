/* The verifier's own reading of a PNG. This header includes none of the verifier's, so that a target can include the
 * writer's too. */
#ifndef PRPACK_FUZZ_ORACLE_PNG_SECOND_H
#define PRPACK_FUZZ_ORACLE_PNG_SECOND_H

#include "base/file.h"

struct png_second {
    uint32_t width, height;
    uint16_t (*pixels)[4]; /* red, green, blue, alpha with 16 bits each, row-major; free() it */
};

/* Whether the image can be read. */
bool png_second_read(struct png_second *image, const struct base_file *file, uint32_t max_pixels);

#endif
