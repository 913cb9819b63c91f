#include "tests/writer/kit.h"

#include <png.h>
#include <stdlib.h>

static void add_bytes(png_structp png, png_bytep data, size_t size)
{
    base_text_add(png_get_io_ptr(png), base_bytes_make(data, size));
}

static void flush_nothing(png_structp png)
{
    (void)png;
}

static void set_palette(png_structp writer, png_infop info, const struct kit_png *png)
{
    png_color colours[256];
    for (int i = 0; i < png->palette_count; i++) {
        colours[i] = (png_color){
            .red = (png_byte)((png->palette[i] >> 16) & 0xFF),
            .green = (png_byte)((png->palette[i] >> 8) & 0xFF),
            .blue = (png_byte)(png->palette[i] & 0xFF),
        };
    }
    png_set_PLTE(writer, info, colours, png->palette_count);
    if (png->alpha != NULL) {
        png_set_tRNS(writer, info, png->alpha, png->alpha_count, NULL);
    }
}

static void set_transparent(png_structp writer, png_infop info, const struct kit_png *png)
{
    png_color_16 colour = {.gray = png->transparent[0]};
    if ((png->colour_type & PNG_COLOR_MASK_COLOR) != 0) {
        colour.red = png->transparent[0];
        colour.green = png->transparent[1];
        colour.blue = png->transparent[2];
    }
    png_set_tRNS(writer, info, NULL, 0, &colour);
}

struct base_text kit_png_make(const struct kit_png *png)
{
    struct base_text text = BASE_TEXT_EMPTY;
    png_structp writer = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(writer);
    if (writer == NULL || info == NULL || setjmp(png_jmpbuf(writer)) != 0) {
        abort();
    }
    png_set_write_fn(writer, &text, add_bytes, flush_nothing);
    png_set_check_for_invalid_index(writer, -1);
    png_set_benign_errors(writer, 1);
    png_set_IHDR(writer, info, png->width, png->height, png->bit_depth, png->colour_type,
                 png->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    if (png->palette != NULL) {
        set_palette(writer, info, png);
    }
    if (png->transparent != NULL) {
        set_transparent(writer, info, png);
    }
    png_write_info(writer, info);
    size_t stride = png_get_rowbytes(writer, info);
    int passes = png_set_interlace_handling(writer);
    for (int pass = 0; pass < passes; pass++) {
        for (uint32_t y = 0; y < png->height; y++) {
            png_write_row(writer, png->rows + y * stride);
        }
    }
    png_write_end(writer, NULL);
    png_destroy_write_struct(&writer, &info);
    return text;
}

void kit_png_write(const char *relative, const struct kit_png *png)
{
    struct base_text text = kit_png_make(png);
    unit_write_file(relative, text.data, text.size);
    base_text_free(&text);
}

void kit_png_indexed(const char *relative, uint32_t width, uint32_t height, const uint32_t *palette, int palette_count,
                     const uint8_t *indices)
{
    static const uint8_t alpha[1] = {0};
    struct kit_png png = {
        .width = width,
        .height = height,
        .bit_depth = 8,
        .colour_type = PNG_COLOR_TYPE_PALETTE,
        .palette = palette,
        .palette_count = palette_count,
        .alpha = alpha,
        .alpha_count = 1,
        .rows = indices,
    };
    kit_png_write(relative, &png);
}

void kit_png_rgba(const char *relative, uint32_t width, uint32_t height, const uint32_t *pixels)
{
    size_t count = (size_t)width * height;
    uint8_t *rows = malloc(count * 4);
    if (rows == NULL) {
        abort();
    }
    for (size_t i = 0; i < count; i++) {
        rows[i * 4] = (uint8_t)((pixels[i] >> 16) & 0xFF);
        rows[i * 4 + 1] = (uint8_t)((pixels[i] >> 8) & 0xFF);
        rows[i * 4 + 2] = (uint8_t)(pixels[i] & 0xFF);
        rows[i * 4 + 3] = (uint8_t)(pixels[i] >> 24);
    }
    struct kit_png png = {
        .width = width, .height = height, .bit_depth = 8, .colour_type = PNG_COLOR_TYPE_RGB_ALPHA, .rows = rows};
    kit_png_write(relative, &png);
    free(rows);
}
