#include "export/sheet.h"

#include "export/declaration.h"
#include "export/gpl.h"
#include "export/png.h"
#include "reader/decode.h"

#include <errno.h>

enum { SIDE = PP_GLYPH_SIDE, COLOURS = PP_GLYPH_COLOURS, ROW = SIDE / 2, NIBBLE = 4 };

static void read_palette(struct base_bytes payload, uint32_t palette, uint16_t colours[COLOURS])
{
    for (uint32_t i = 0; i < COLOURS; i++) {
        colours[i] = pp_glyph_colour(payload, palette, i);
    }
}

int export_sheet_give_picture(struct base_bytes payload, const struct export_sink *sink)
{
    uint8_t indices[SIDE * ROW];
    uint16_t colours[COLOURS];
    uint32_t shown[COLOURS];
    struct base_text png = BASE_TEXT_EMPTY;
    read_palette(payload, 0, colours);
    for (uint32_t i = 0; i < COLOURS; i++) {
        shown[i] = export_rgb888(colours[i]);
    }
    for (uint32_t i = 0; i < SIDE * ROW; i++) {
        uint32_t x = i % ROW * 2;
        indices[i] = (uint8_t)(pp_glyph_pixel(payload, x, i / ROW) << NIBBLE | pp_glyph_pixel(payload, x + 1, i / ROW));
    }
    const struct export_indexed picture = {
        .width = SIDE,
        .height = SIDE,
        .bits = NIBBLE,
        .indices = indices,
        .colours = shown,
        .colour_count = COLOURS,
        .bank = COLOURS,
    };
    bool printed = export_png_print_indexed(&picture, &png);
    int problem = printed ? export_give(sink, "sheet.png", base_text_bytes(&png)) : ENOMEM;
    base_text_free(&png);
    return problem;
}

int export_sheet_give_palettes(struct base_bytes payload, uint32_t count, const struct export_sink *sink)
{
    int problem = 0;
    struct base_text text = BASE_TEXT_EMPTY;
    for (uint32_t i = 0; problem == 0 && i < count; i++) {
        uint16_t colours[COLOURS];
        char name[EXPORT_PALETTE_NAME_SIZE];
        read_palette(payload, i, colours);
        export_palette_name(i, name);
        base_text_clear(&text);
        export_gpl_print(&text, name, colours, COLOURS);
        problem = base_text_out_of_memory(&text) ? ENOMEM : export_give(sink, name, base_text_bytes(&text));
    }
    base_text_free(&text);
    return problem;
}
