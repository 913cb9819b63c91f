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

static bool print(png_structp png, png_infop info, const struct export_raster *raster, struct base_text *out)
{
    if (setjmp(png_jmpbuf(png)) != 0) { /* NOLINT(cert-err52-cpp): libpng has no other way out */
        return false;
    }
    png_set_write_fn(png, out, on_write, on_flush);
    png_set_compression_level(png, LEVEL);
    /* Rows of an enlarged picture repeat. */
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_IHDR(png, info, raster->width, raster->height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
    png_write_info(png, info);
    for (uint32_t y = 0; y < raster->height; y++) {
        png_write_row(png, raster->rgb + (size_t)y * raster->width * CHANNELS);
    }
    png_write_end(png, NULL);
    return true;
}

bool export_png_print(const struct export_raster *raster, struct base_text *png)
{
    png_structp writing =
        png_create_write_struct_2(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning, NULL, on_malloc, on_free);
    png_infop info = writing != NULL ? png_create_info_struct(writing) : NULL;
    bool printed = info != NULL && print(writing, info, raster, png);
    png_destroy_write_struct(&writing, &info);
    return printed;
}
