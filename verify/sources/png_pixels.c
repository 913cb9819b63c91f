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
    bool is_too_large;
    uint32_t max_pixels;
    struct verify_pixels image;
    uint8_t *bytes;
    png_bytep *rows;
    bool indexed;
    size_t pixel_bytes; /* of `bytes` */
};

enum { BYTES_PER_PIXEL = 8 };

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

/* Everything becomes red, green, blue and alpha of 16 bits; an indexed image keeps one byte per pixel. No gamma, no
 * premultiplication: the numbers of the file count. */
static void ask_for_form(struct reading *reading, png_structp png, png_infop info)
{
    reading->indexed = png_get_color_type(png, info) == PNG_COLOR_TYPE_PALETTE;
    if (reading->indexed) {
        png_set_packing(png);
    } else {
        png_set_expand_16(png);
        png_set_gray_to_rgb(png);
        if ((png_get_color_type(png, info) & PNG_COLOR_MASK_ALPHA) == 0 &&
            png_get_valid(png, info, PNG_INFO_tRNS) == 0) {
            png_set_add_alpha(png, UINT16_MAX, PNG_FILLER_AFTER);
        }
    }
    reading->pixel_bytes = reading->indexed ? 1 : BYTES_PER_PIXEL;
    (void)png_set_interlace_handling(png);
    png_read_update_info(png, info);
}

/* The colours of an indexed image, and how opaque each of them is; whether there is a tRNS in any image. */
static void take_colours(struct reading *reading, png_structp png, png_infop info)
{
    png_colorp colours = NULL;
    png_bytep alpha = NULL;
    int count = 0;
    int alphas = 0;
    reading->image.has_trns = png_get_valid(png, info, PNG_INFO_tRNS) != 0;
    reading->image.is_deep = png_get_bit_depth(png, info) == 16;
    if (png_get_color_type(png, info) != PNG_COLOR_TYPE_PALETTE) {
        return; /* a PLTE there is a proposal for displays */
    }
    (void)png_get_PLTE(png, info, &colours, &count);
    (void)png_get_tRNS(png, info, &alpha, &alphas, NULL);
    for (int i = 0; i < count && i < VERIFY_PNG_COLOURS; i++) {
        reading->image.colours[i] =
            (struct verify_palette_colour){.red = colours[i].red, .green = colours[i].green, .blue = colours[i].blue};
        reading->image.alpha[i] = i < alphas && alpha != NULL ? alpha[i] : UINT8_MAX;
    }
    reading->image.colour_count = count > 0 ? (size_t)count : 0;
}

static bool allocate(struct reading *reading, png_structp png, png_infop info)
{
    reading->image.width = png_get_image_width(png, info);
    reading->image.height = png_get_image_height(png, info);
    if ((uint64_t)reading->image.width * reading->image.height > reading->max_pixels) {
        reading->text = "it has more pixels than a sheet";
        reading->is_too_large = true;
        return false;
    }
    size_t pixels = (size_t)reading->image.width * reading->image.height;
    reading->bytes = malloc(pixels * reading->pixel_bytes);
    reading->rows = malloc(reading->image.height * sizeof *reading->rows);
    reading->image.pixels = reading->indexed ? NULL : malloc(pixels * sizeof *reading->image.pixels);
    if (reading->bytes == NULL || reading->rows == NULL || (!reading->indexed && reading->image.pixels == NULL)) {
        reading->problem = ENOMEM;
        return false;
    }
    for (uint32_t y = 0; y < reading->image.height; y++) {
        reading->rows[y] = reading->bytes + (size_t)y * reading->image.width * reading->pixel_bytes;
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
    for (size_t i = 0; i < count; i++, at += BYTES_PER_PIXEL) {
        reading->image.pixels[i] = (struct verify_pixel){
            .red = channel(at), .green = channel(at + 2), .blue = channel(at + 4), .alpha = channel(at + 6)};
    }
}

/* The bytes of an indexed image become image.indices. */
static void take_indices(struct reading *reading)
{
    struct verify_pixels *image = &reading->image;
    size_t count = (size_t)image->width * image->height;
    image->indices = reading->bytes;
    reading->bytes = NULL;
    uint8_t highest = 0;
    for (size_t i = 0; i < count; i++) {
        highest = image->indices[i] > highest ? image->indices[i] : highest;
    }
    image->lacks_colours = highest >= image->colour_count;
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
    take_colours(reading, png, info);
    ask_for_form(reading, png, info);
    if (!allocate(reading, png, info)) {
        return false;
    }
    if (png_get_rowbytes(png, info) != (size_t)reading->image.width * reading->pixel_bytes) {
        reading->text = "libpng gives rows of another size";
        return false;
    }
    png_read_image(png, reading->rows);
    png_read_end(png, NULL);
    return true;
}

int verify_pixels_read(const struct base_file *file, uint32_t max_pixels, struct verify_pixels *image,
                       struct verify_pixels_fault *fault)
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
    if (has_pixels && reading.indexed) {
        take_indices(&reading);
    } else if (has_pixels) {
        take_pixels(&reading);
    }
    has_pixels = has_pixels && reading.text == NULL;
    *fault = (struct verify_pixels_fault){.text = reading.problem == 0 ? reading.text : NULL,
                                          .is_too_large = reading.is_too_large};
    if (has_pixels) {
        *image = reading.image;
    } else {
        verify_pixels_free(&reading.image);
    }
    free(reading.bytes);
    free(reading.rows);
    return reading.problem;
}

void verify_pixels_free(struct verify_pixels *image)
{
    free(image->pixels);
    free(image->indices);
    *image = (struct verify_pixels){.pixels = NULL};
}
