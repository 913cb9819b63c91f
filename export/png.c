#include "export/png.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>

/* libpng leaves a failed call by longjmp into print. Nothing but memory can fail here. */

enum { LEVEL = 6, CHANNELS = 3 };

static void on_error(png_structp png, png_const_charp message)
{
    (void)message;
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

static png_voidp on_malloc(png_structp png, png_alloc_size_t size)
{
    (void)png;
    return malloc(size);
}

static void on_free(png_structp png, png_voidp memory)
{
    (void)png;
    free(memory);
}

static void on_write(png_structp png, png_bytep data, size_t size)
{
    struct base_text *out = png_get_io_ptr(png);
    base_text_add(out, base_bytes_make(data, size));
    if (base_text_out_of_memory(out)) {
        png_error(png, "memory");
    }
}

static void on_flush(png_structp png)
{
    (void)png;
}

static void begin(png_structp png, struct base_text *out)
{
    png_set_write_fn(png, out, on_write, on_flush);
    png_set_compression_level(png, LEVEL);
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
}

static void write_rows(png_structp png, const uint8_t *rows, size_t row_size, uint32_t height)
{
    for (uint32_t y = 0; y < height; y++) {
        png_write_row(png, rows + y * row_size);
    }
    png_write_end(png, NULL);
}

static void print_raster(png_structp png, png_infop info, const void *picture)
{
    const struct export_raster *raster = picture;
    /* Rows of an enlarged picture repeat. */
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);
    png_set_IHDR(png, info, raster->width, raster->height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
    png_write_info(png, info);
    write_rows(png, raster->rgb, (size_t)raster->width * CHANNELS, raster->height);
}

/* tRNS ends with the last transparent colour: those after it are opaque. */
static void set_colours(png_structp png, png_infop info, const struct export_indexed *indexed)
{
    png_color colours[PNG_MAX_PALETTE_LENGTH];
    png_byte alpha[PNG_MAX_PALETTE_LENGTH];
    size_t last = 0;
    for (size_t i = 0; i < indexed->colour_count; i++) {
        colours[i].red = (png_byte)(indexed->colours[i] >> 16);
        colours[i].green = (png_byte)(indexed->colours[i] >> 8 & 0xFF);
        colours[i].blue = (png_byte)(indexed->colours[i] & 0xFF);
        alpha[i] = i % indexed->bank == 0 ? 0 : UINT8_MAX;
        last = alpha[i] == 0 ? i : last;
    }
    png_set_PLTE(png, info, colours, (int)indexed->colour_count);
    png_set_tRNS(png, info, alpha, (int)last + 1, NULL);
}

static void print_indexed(png_structp png, png_infop info, const void *picture)
{
    const struct export_indexed *indexed = picture;
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    png_set_IHDR(png, info, indexed->width, indexed->height, (int)indexed->bits, PNG_COLOR_TYPE_PALETTE,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
    set_colours(png, info, indexed);
    png_write_info(png, info);
    write_rows(png, indexed->indices, (size_t)indexed->width * indexed->bits / 8, indexed->height);
}

typedef void (*print_picture)(png_structp png, png_infop info, const void *picture);

static bool print(png_structp png, png_infop info, print_picture picture_printer, const void *picture,
                  struct base_text *out)
{
    if (setjmp(png_jmpbuf(png)) != 0) { /* NOLINT(cert-err52-cpp): libpng has no other way out */
        return false;
    }
    begin(png, out);
    picture_printer(png, info, picture);
    return true;
}

static bool print_to(print_picture picture_printer, const void *picture, struct base_text *png)
{
    png_structp writing =
        png_create_write_struct_2(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning, NULL, on_malloc, on_free);
    png_infop info = writing != NULL ? png_create_info_struct(writing) : NULL;
    bool printed = info != NULL && print(writing, info, picture_printer, picture, png);
    png_destroy_write_struct(&writing, &info);
    return printed;
}

bool export_png_print(const struct export_raster *raster, struct base_text *png)
{
    return print_to(print_raster, raster, png);
}

bool export_png_print_indexed(const struct export_indexed *indexed, struct base_text *png)
{
    return print_to(print_indexed, indexed, png);
}
