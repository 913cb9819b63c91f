#include "writer/image/png.h"

#include "base/checked.h"
#include "writer/image/not_png.h"
#include "writer/image/samples.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

/* libpng leaves a failed call by longjmp, always out of on_error and always into one of the functions here that
 * call setjmp. They use no local variable after that: what they need is in struct writer_png or
 * reached through pointers. */

static void on_error(png_structp png, png_const_charp message)
{
    struct writer_png *self = png_get_error_ptr(png);
    (void)snprintf(self->error, sizeof self->error, "%s", message);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

static png_voidp on_malloc(png_structp png, png_alloc_size_t size)
{
    struct writer_png *self = png_get_mem_ptr(png);
    void *memory = malloc(size);
    if (memory == NULL) {
        self->out_of_memory = true;
    }
    return memory;
}

static void on_free(png_structp png, png_voidp memory)
{
    (void)png;
    free(memory);
}

static void on_read(png_structp png, png_bytep out, size_t size)
{
    struct writer_png *self = png_get_io_ptr(png);
    if (writer_source_read(self->source, out, size) < size) {
        png_error(png, "the file ends too early");
    }
    writer_png_chunks_take(&self->chunks, base_bytes_make(out, size));
}

/* Reports a tRNS chunk of a wrong size. */
static bool report_alpha_size(const struct writer_png_chunks *chunks, struct base_details details,
                              const struct writer_reporter *report)
{
    uint32_t colours = chunks->palette_size / 3;
    char expected[32];
    if (chunks->colours != WRITER_PNG_INDEXED) {
        details.expected = chunks->colours == WRITER_PNG_GREY ? "2 bytes" : "6 bytes";
        return writer_report(report, DIAG_IMAGE_INVALID, &details,
                             "the chunk tRNS has another size than one of a %s PNG",
                             chunks->colours == WRITER_PNG_GREY ? "grey" : "truecolour");
    }
    (void)snprintf(expected, sizeof expected, colours > 1 ? "1 to %u bytes" : "1 byte", (unsigned)colours);
    details.expected = expected;
    return writer_report(report, DIAG_IMAGE_INVALID, &details,
                         "the PNG has %u transparenc%s in tRNS for %u colour%s in PLTE", (unsigned)chunks->size,
                         chunks->size == 1 ? "y" : "ies", (unsigned)colours, colours == 1 ? "" : "s");
}

/* Reports what is wrong with the present chunk. */
static bool report_chunk(const struct writer_png_chunks *chunks, const struct writer_reporter *report)
{
    char actual[48];
    struct base_details details = {.place = {BASE_AT_BYTE(chunks->at, 0)}, .actual = actual};
    (void)snprintf(actual, sizeof actual, "%u byte%s", (unsigned)chunks->size, chunks->size == 1 ? "" : "s");
    switch (chunks->fault) {
    case WRITER_PNG_SOUND:
    case WRITER_PNG_ALPHA_SIZE:
        break;
    case WRITER_PNG_PALETTE_SIZE:
        details.expected = "3 bytes for each of 1 to 256 colours";
        if (chunks->size % 3 == 0) {
            (void)snprintf(actual, sizeof actual, "%u bytes, for %u colours", (unsigned)chunks->size,
                           (unsigned)(chunks->size / 3));
        }
        return writer_report(report, DIAG_IMAGE_INVALID, &details, "the palette of the PNG, PLTE, has a wrong size");
    case WRITER_PNG_NO_PALETTE:
        return writer_report(report, DIAG_IMAGE_INVALID, &(struct base_details){.place = details.place},
                             "the PNG is indexed, and its pixels (IDAT) begin before its palette (PLTE)");
    case WRITER_PNG_ALPHA_FIRST:
        return writer_report(report, DIAG_IMAGE_INVALID, &(struct base_details){.place = details.place},
                             "the transparencies of the PNG (tRNS) come before the colours that they are about (PLTE)");
    case WRITER_PNG_ALPHA_TWICE:
        return writer_report(report, DIAG_IMAGE_INVALID, &(struct base_details){.place = details.place},
                             "the PNG has a transparent colour (tRNS), and its pixels have an alpha channel");
    }
    return report_alpha_size(chunks, details, report);
}

/* Reports why libpng gave up. */
static bool report_error(const struct writer_png *self, const struct writer_reporter *report)
{
    if (self->out_of_memory) {
        return writer_report_memory(report->findings);
    }
    if (self->source->problem != 0) {
        return writer_report_read(report, self->source->problem);
    }
    if (!writer_input_unchanged(&self->source->file, report)) {
        return false; /* then that is the damage */
    }
    if (self->chunks.fault != WRITER_PNG_SOUND) {
        return report_chunk(&self->chunks, report);
    }
    return writer_report(report, DIAG_IMAGE_INVALID,
                         &(struct base_details){.place = {BASE_AT_BYTE(writer_source_position(self->source), 0)}},
                         "the PNG is damaged: %s", self->error);
}

static bool has_signature(struct writer_png *self, const struct writer_reporter *report)
{
    struct base_bytes begin = writer_source_peek(self->source, BASE_MEDIUM_BYTES);
    if (begin.size >= 8 && png_sig_cmp(begin.data, 0, 8) == 0 && !writer_is_apple_png(begin)) {
        return true;
    }
    if (self->source->problem != 0) {
        return writer_report_read(report, self->source->problem);
    }
    struct base_text text = BASE_TEXT_EMPTY;
    const char *remedy = writer_not_png(begin, &text);
    (void)writer_report(report, DIAG_IMAGE_INVALID,
                        &(struct base_details){.place = {BASE_AT_BYTE(0, 0)}, .remedy = remedy}, "%s",
                        base_text_string(&text));
    base_text_release(&text, &report->findings->out_of_memory);
    return false;
}

static bool create(struct writer_png *self)
{
    self->png = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, self, on_error, on_warning, self, on_malloc, on_free);
    if (self->png == NULL) {
        return false;
    }
    self->info = png_create_info_struct(self->png);
    return self->info != NULL;
}

static bool read_header(struct writer_png *self)
{
    if (setjmp(png_jmpbuf(self->png)) != 0) {
        return false;
    }
    png_structp png = self->png;
    png_set_read_fn(png, self, on_read);
    /* The caller checks sizes, because it can name them. */
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
    png_set_benign_errors(png, 0);
    png_set_check_for_invalid_index(png, 0); /* writer_png_decode does it and names the pixel */
    /* All but IHDR, PLTE, tRNS, IDAT and IEND is checked for its CRC and skipped. */
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_read_info(png, self->info);
    return true;
}

/* Copies the palette, with the transparency of its entries, out of libpng. */
static void take_palette(struct writer_png *self)
{
    png_colorp colours = NULL;
    int count = 0;
    png_bytep alpha = NULL;
    int alpha_count = 0;
    (void)png_get_PLTE(self->png, self->info, &colours, &count);
    (void)png_get_tRNS(self->png, self->info, &alpha, &alpha_count, NULL);
    for (int i = 0; i < count && i < WRITER_PNG_PALETTE_MAX; i++) {
        uint32_t opacity = alpha != NULL && i < alpha_count ? alpha[i] : 255;
        self->palette[i] =
            opacity << 24 | (uint32_t)colours[i].red << 16 | (uint32_t)colours[i].green << 8 | colours[i].blue;
        self->palette_count++;
    }
}

bool writer_png_open(struct writer_png *png, struct writer_source *source, const struct writer_reporter *report)
{
    *png = (struct writer_png){.source = source};
    if (source->file.size > WRITER_PNG_BYTES_MAX) {
        return writer_report(report, DIAG_INPUT_TOO_LARGE,
                             &(struct base_details){.expected = "at most 67108864 bytes",
                                                    .actual = writer_decimal(source->file.size).text},
                             "the PNG is larger than 64 MiB");
    }
    if (!has_signature(png, report)) {
        return false;
    }
    if (!create(png)) {
        return writer_report_memory(report->findings);
    }
    if (!read_header(png)) {
        return report_error(png, report);
    }
    png->width = png_get_image_width(png->png, png->info);
    png->height = png_get_image_height(png->png, png->info);
    png->bit_depth = png_get_bit_depth(png->png, png->info);
    unsigned colour_type = png_get_color_type(png->png, png->info);
    png->indexed = colour_type == PNG_COLOR_TYPE_PALETTE;
    png->alpha_channel = (colour_type & PNG_COLOR_MASK_ALPHA) != 0;
    png->keyed = png_get_valid(png->png, png->info, PNG_INFO_tRNS) != 0;
    if (png->indexed) {
        take_palette(png);
    }
    return true;
}

void writer_png_close(struct writer_png *png)
{
    if (png->png != NULL) {
        png_destroy_read_struct(&png->png, &png->info, NULL);
    }
    *png = (struct writer_png){.png = NULL};
}

/* Decodes into rows of `stride` bytes: indices, or R G B A with the file's own depth, but 8 bits at least. */
static bool read_rows(struct writer_png *self, uint8_t *rows, size_t stride)
{
    if (setjmp(png_jmpbuf(self->png)) != 0) {
        return false;
    }
    png_structp png = self->png;
    if (self->indexed) {
        png_set_packing(png);
    } else {
        png_set_expand_gray_1_2_4_to_8(png);
        png_set_tRNS_to_alpha(png);
        png_set_gray_to_rgb(png);
        png_set_add_alpha(png, 0xFFFF, PNG_FILLER_AFTER);
    }
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, self->info);
    if (png_get_rowbytes(png, self->info) != stride) {
        png_error(png, "rows of an unexpected size");
    }
    for (int pass = 0; pass < passes; pass++) {
        for (uint32_t y = 0; y < self->height; y++) {
            png_read_row(png, rows + y * stride, NULL);
        }
    }
    png_read_end(png, NULL);
    return true;
}

static bool take_pixels(struct writer_png *png, struct writer_image *image, const struct writer_grid *grid,
                        const struct writer_reporter *report)
{
    size_t pixel_bytes = png->indexed ? 1 : png->bit_depth == 16 ? 8 : 4;
    size_t stride;
    size_t size;
    if (!base_mul_size(png->width, pixel_bytes, &stride) || !base_mul_size(stride, png->height, &size)) {
        return writer_report_memory(report->findings);
    }
    if (size == 0) {
        return writer_report(report, DIAG_IMAGE_INVALID, NULL, "the PNG has no pixels");
    }
    /* calloc: an interlaced image is put together from passes, each of which reads what is there. */
    image->pixels = calloc(size, 1);
    if (image->pixels == NULL) {
        return writer_report_memory(report->findings);
    }
    if (!read_rows(png, image->pixels, stride)) {
        writer_image_free(image);
        return report_error(png, report);
    }
    if (png->indexed) {
        return writer_samples_check_indices(image, grid, report);
    }
    return png->bit_depth != 16 || writer_samples_narrow(image, grid, report);
}

bool writer_png_decode(struct writer_png *png, struct writer_image *image, const struct writer_grid *grid,
                       const struct writer_reporter *report)
{
    *image = (struct writer_image){
        .width = png->width,
        .height = png->height,
        .indexed = png->indexed,
        .keyed = png->keyed,
        .alpha_channel = png->alpha_channel,
        .frames = png->chunks.frames,
        .palette_count = png->palette_count,
    };
    for (uint32_t i = 0; i < png->palette_count; i++) {
        image->palette[i] = png->palette[i];
    }
    return take_pixels(png, image, grid, report);
}
