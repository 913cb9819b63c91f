#include "verify/sources/png_pixels.h"

#include <errno.h>
#include <png.h>
#include <stdlib.h>

/* One reading. libpng leaves by longjmp; everything that must survive that is in here. */
struct reading {
    const struct base_file *file;
    uint64_t at;
    int problem;      /* of the file */
    const char *text; /* of the image; static */
    uint32_t max_pixels;
    struct verify_pixels image;
    uint8_t *bytes;
    png_bytep *rows;
};

enum { BYTES_A_PIXEL = 8 };

static void read_data(png_structp png, png_bytep out, size_t size)
{
    struct reading *reading = png_get_io_ptr(png);
    uint64_t left = reading->file->size - reading->at;
    if (size > left) {
        reading->text = "the file ends too early";
        png_error(png, reading->text);
    }
    reading->problem = base_file_read_at(reading->file, reading->at, out, size);
    if (reading->problem != 0) {
        png_error(png, "read");
    }
    reading->at += size;
}

static void on_error(png_structp png, png_const_charp message)
{
    struct reading *reading = png_get_error_ptr(png);
    (void)message;
    if (reading->text == NULL) {
        reading->text = "it is not a PNG, or a damaged one";
    }
    png_longjmp(png, 1);
}

/* libpng calls its own want of memory an error of the image. */
static png_voidp on_malloc(png_structp png, png_alloc_size_t size)
{
    struct reading *reading = png_get_mem_ptr(png);
    void *memory = malloc(size);
    if (memory == NULL) {
        reading->problem = ENOMEM;
    }
    return memory;
}

static void on_free(png_structp png, png_voidp memory)
{
    (void)png;
    free(memory);
}

static void on_warning(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

/* Everything becomes red, green, blue and alpha of 16 bits. No gamma, no premultiplication: the numbers of the file
 * count. */
static void ask_for_16_bits(png_structp png, png_infop info)
{
    png_set_expand_16(png);
    png_set_gray_to_rgb(png);
    if ((png_get_color_type(png, info) & PNG_COLOR_MASK_ALPHA) == 0 && png_get_valid(png, info, PNG_INFO_tRNS) == 0) {
        png_set_add_alpha(png, UINT16_MAX, PNG_FILLER_AFTER);
    }
    (void)png_set_interlace_handling(png);
    png_read_update_info(png, info);
}

static bool allocate(struct reading *reading, png_structp png, png_infop info)
{
    reading->image.width = png_get_image_width(png, info);
    reading->image.height = png_get_image_height(png, info);
    if ((uint64_t)reading->image.width * reading->image.height > reading->max_pixels) {
        reading->text = "it has more pixels than a sheet";
        return false;
    }
    size_t pixels = (size_t)reading->image.width * reading->image.height;
    reading->bytes = malloc(pixels * BYTES_A_PIXEL);
    reading->rows = malloc(reading->image.height * sizeof *reading->rows);
    reading->image.pixels = malloc(pixels * sizeof *reading->image.pixels);
    if (reading->bytes == NULL || reading->rows == NULL || reading->image.pixels == NULL) {
        reading->problem = ENOMEM;
        return false;
    }
    for (uint32_t y = 0; y < reading->image.height; y++) {
        reading->rows[y] = reading->bytes + (size_t)y * reading->image.width * BYTES_A_PIXEL;
    }
    return true;
}

/* Network byte order, as PNG has it. */
static uint16_t channel(const uint8_t *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}

static void take_pixels(struct reading *reading)
{
    const uint8_t *at = reading->bytes;
    size_t count = (size_t)reading->image.width * reading->image.height;
    for (size_t i = 0; i < count; i++, at += BYTES_A_PIXEL) {
        reading->image.pixels[i] = (struct verify_pixel){
            .red = channel(at), .green = channel(at + 2), .blue = channel(at + 4), .alpha = channel(at + 6)};
    }
}

/* Returns whether the pixels are in reading->bytes. */
static bool read_image(struct reading *reading, png_structp png, png_infop info)
{
    if (setjmp(png_jmpbuf(png)) != 0) { /* NOLINT(cert-err52-cpp): libpng has no other way out */
        return false;
    }
    png_set_read_fn(png, reading, read_data);
    /* Of remarks, profiles and the like libpng would keep as much as their length says. They are stepped over. */
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_read_info(png, info);
    ask_for_16_bits(png, info);
    if (!allocate(reading, png, info)) {
        return false;
    }
    if (png_get_rowbytes(png, info) != (size_t)reading->image.width * BYTES_A_PIXEL) {
        reading->text = "libpng gives rows of another size";
        return false;
    }
    png_read_image(png, reading->rows);
    png_read_end(png, NULL);
    return true;
}

int verify_pixels_read(const struct base_file *file, uint32_t max_pixels, struct verify_pixels *image,
                       const char **text)
{
    struct reading reading = {.file = file, .max_pixels = max_pixels};
    png_structp png =
        png_create_read_struct_2(PNG_LIBPNG_VER_STRING, &reading, on_error, on_warning, &reading, on_malloc, on_free);
    png_infop info = png != NULL ? png_create_info_struct(png) : NULL;
    bool has_pixels = info != NULL && read_image(&reading, png, info);
    if (info == NULL) {
        reading.problem = ENOMEM;
    }
    png_destroy_read_struct(&png, &info, NULL);
    if (has_pixels) {
        take_pixels(&reading);
        *image = reading.image;
        reading.text = NULL;
    } else {
        free(reading.image.pixels);
    }
    free(reading.bytes);
    free(reading.rows);
    *text = reading.problem == 0 ? reading.text : NULL;
    return reading.problem;
}
