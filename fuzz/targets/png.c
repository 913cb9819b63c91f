/* The writer's reading of PNGs. What it takes, the verifier's own reading takes too, with the same pixels. The tail of
 * the input says whether the bytes are a file, a file whose checksums are set right, or what a well-formed file is made
 * of. */
#include "writer/image/png.h"
#include "fuzz/lib/findings.h"
#include "fuzz/lib/harness.h"
#include "fuzz/lib/scratch.h"
#include "fuzz/oracle/png_second.h"
#include "fuzz/projects/media.h"

#include <stdlib.h>

enum { MAX_PIXELS = 65536 };

/* ---- Files ---- */

/* Any kind there is and some there are not; the rows are what the front of the input has. */
static void make(struct fuzz_text *file, struct base_bytes input)
{
    struct media_png png = {.interlace = fuzz_take_u8(&input) % 4 == 0};
    png.depth = (uint8_t)(1U << fuzz_take_below(&input, 6));
    png.colour = (uint8_t)fuzz_take_below(&input, 8);
    png.width = fuzz_take_u8(&input) % 65U;
    png.height = fuzz_take_u8(&input) % 65U;
    png.palette = fuzz_take_front(&input, (size_t)fuzz_take_below(&input, 52) * 3);
    png.transparency = fuzz_take_front(&input, fuzz_take_below(&input, 17));
    png.rows = input;
    struct fuzz_text rows = {.data = NULL};
    static const uint8_t zero[64];
    fuzz_text_add(&rows, input.data, input.size);
    /* A few bytes more or less than there ought to be are for the decoder to find; most are filled up. */
    size_t wanted = media_png_row(&png) * png.height;
    while (rows.size < wanted && fuzz_take_u8(&input) != 1) {
        fuzz_text_add(&rows, zero, wanted - rows.size < sizeof zero ? wanted - rows.size : sizeof zero);
    }
    png.rows = fuzz_text_bytes(&rows);
    media_png(file, &png);
    fuzz_text_free(&rows);
}

/* ---- Readings ---- */

struct reading {
    struct base_findings findings;
    struct writer_reporter report;
    struct writer_image image;
    bool opened;
    bool taken;
};

static void read_image(struct reading *reading, struct base_bytes bytes)
{
    struct base_file file;
    struct writer_source source;
    struct writer_png png = {.png = NULL};
    base_findings_init(&reading->findings);
    reading->report = (struct writer_reporter){.findings = &reading->findings, .place = BASE_NOWHERE};
    reading->report.place.file = "image.png";
    reading->image = (struct writer_image){.pixels = NULL};
    scratch_memory_file(&file, bytes);
    bool began = writer_source_begin(&source, &file);
    reading->opened = began && writer_png_open(&png, &source, &reading->report);
    bool small = reading->opened && (uint64_t)png.width * png.height <= MAX_PIXELS;
    reading->taken = small && writer_png_decode(&png, &reading->image, NULL, &reading->report);
    writer_png_close(&png);
    if (began) {
        writer_source_end(&source);
    }
}

static void free_reading(struct reading *reading)
{
    writer_image_free(&reading->image);
    base_findings_free(&reading->findings);
}

static void check_pixel(uint32_t colour, const uint16_t pixel[4])
{
    uint32_t alpha = colour >> 24;
    FUZZ_CHECK((alpha == 255) == (pixel[3] == 0xFFFF));
    FUZZ_CHECK((alpha == 0) == (pixel[3] == 0));
    if (alpha == 255) {
        FUZZ_CHECK_U64(pixel[0], (colour >> 16 & 255) * 257);
        FUZZ_CHECK_U64(pixel[1], (colour >> 8 & 255) * 257);
        FUZZ_CHECK_U64(pixel[2], (colour & 255) * 257);
    }
}

static void check_same(const struct writer_image *image, struct base_bytes bytes)
{
    struct base_file file;
    struct png_second second;
    scratch_memory_file(&file, bytes);
    FUZZ_CHECK(png_second_read(&second, &file, MAX_PIXELS));
    FUZZ_CHECK(second.width == image->width && second.height == image->height);
    for (size_t i = 0; i < (size_t)image->width * image->height; i++) {
        FUZZ_CHECK(!image->indexed || image->pixels[i] < image->palette_count);
        check_pixel(writer_image_colour(image, i), second.pixels[i]);
    }
    free(second.pixels);
    base_file_close(&file);
}

static void check_refused(struct base_bytes bytes)
{
    struct base_file file;
    struct png_second second;
    scratch_memory_file(&file, bytes);
    if (png_second_read(&second, &file, MAX_PIXELS)) {
        free(second.pixels);
    }
    base_file_close(&file);
}

static void check_without_memory(struct base_bytes bytes, uint8_t allocation, bool taken)
{
    struct reading reading;
    fuzz_memory_fail(allocation);
    read_image(&reading, bytes);
    bool failed = fuzz_memory_failed();
    FUZZ_CHECK(failed || reading.taken == taken);
    FUZZ_CHECK(!reading.taken || taken);
    free_reading(&reading);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes input = base_bytes_make(data, size);
    uint8_t way = fuzz_take_u8(&input);
    uint8_t allocation = fuzz_take_u8(&input);
    struct fuzz_text file = {.data = NULL};
    if (way % 3 == 2) {
        make(&file, input);
    } else {
        fuzz_text_add(&file, input.data, input.size);
        if (way % 3 == 1) {
            media_png_repair(&file);
        }
    }
    struct base_bytes bytes = fuzz_text_bytes(&file);
    struct reading reading;
    fuzz_memory_begin();
    read_image(&reading, bytes);
    fuzz_check_findings(&reading.findings, bytes.size);
    FUZZ_CHECK(!reading.taken || base_findings_errors(&reading.findings) == 0);
    FUZZ_CHECK(reading.taken || reading.opened || base_findings_errors(&reading.findings) > 0);
    if (reading.taken) {
        check_same(&reading.image, bytes);
    } else {
        check_refused(bytes);
    }
    /* libpng and zlib have buffers of their own; what a chunk claims to hold is not among what may be asked for. */
    FUZZ_CHECK(fuzz_memory_peak() <= (1U << 20) + 64 * bytes.size + (size_t)MAX_PIXELS * 32);
    bool taken = reading.taken;
    free_reading(&reading);
    if (allocation > 0 && allocation < 32) {
        check_without_memory(bytes, allocation, taken);
    }
    FUZZ_CHECK(fuzz_memory_live() == 0);
    fuzz_text_free(&file);
    return 0;
}
