#include "export/gpl.h"

#include <inttypes.h>

uint32_t export_rgb888(uint16_t rgb565)
{
    uint32_t red = (uint32_t)rgb565 >> 11;
    uint32_t green = (uint32_t)rgb565 >> 5 & 0x3F;
    uint32_t blue = (uint32_t)rgb565 & 0x1F;
    return (red << 3 | red >> 2) << 16 | (green << 2 | green >> 4) << 8 | (blue << 3 | blue >> 2);
}

void export_gpl_print(struct base_text *text, const char *name, const uint16_t *rgb565, size_t count)
{
    base_text_addf(text, "GIMP Palette\nName: %s\nColumns: 16\n#\n", name);
    for (size_t i = 0; i < count; i++) {
        uint32_t colour = export_rgb888(rgb565[i]);
        base_text_addf(text, "%3" PRIu32 " %3" PRIu32 " %3" PRIu32 "\tentry %zu\n", colour >> 16, colour >> 8 & 0xFF,
                       colour & 0xFF, i);
    }
}
