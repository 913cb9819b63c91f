#include "writer/image/sheet.h"

#include "tests/writer/kit.h"

#include <stdlib.h>

/* An image of one byte or four bytes a pixel, not freed by writer_image_free. */
struct picture {
    struct writer_image image;
    uint8_t pixels[65536 * 4];
};

static struct picture *picture_make(uint32_t width, uint32_t height, bool indexed)
{
    struct picture *picture = calloc(1, sizeof *picture);
    REQUIRE(picture != NULL);
    picture->image.width = width;
    picture->image.height = height;
    picture->image.indexed = indexed;
    picture->image.pixels = picture->pixels;
    return picture;
}

static void set_colour(struct picture *picture, uint32_t x, uint32_t y, uint32_t argb)
{
    uint8_t *at = picture->pixels + ((size_t)y * picture->image.width + x) * 4;
    at[0] = (uint8_t)((argb >> 16) & 0xFF);
    at[1] = (uint8_t)((argb >> 8) & 0xFF);
    at[2] = (uint8_t)(argb & 0xFF);
    at[3] = (uint8_t)(argb >> 24);
}

static void fill(struct picture *picture, uint32_t argb)
{
    for (uint32_t y = 0; y < picture->image.height; y++) {
        for (uint32_t x = 0; x < picture->image.width; x++) {
            set_colour(picture, x, y, argb);
        }
    }
}

/* The palettes that most tests have: colours 0x10, 0x11, …; 0x20, …; and one that has some of both. */
static struct writer_palette_set make_palettes(void)
{
    struct writer_palette_set set = WRITER_PALETTE_SET_EMPTY;
    REQUIRE(writer_palette_set_reserve(&set, 4));
    set.items[0] = (struct writer_palette){.count = 3, .colours = {0x10, 0x11, 0x12}};
    set.items[1] = (struct writer_palette){.count = 3, .colours = {0x20, 0x21, 0x22}};
    set.items[3] = (struct writer_palette){.count = 4, .colours = {0x30, 0x11, 0x21, 0x10}};
    return set;
}

static struct writer_sheet *sheet_make(uint32_t tile_size)
{
    struct writer_sheet *sheet = malloc(sizeof *sheet);
    REQUIRE(sheet != NULL);
    CHECK(writer_sheet_init(sheet, tile_size));
    return sheet;
}

UNIT_TEST(a_sheet_has_room_for_its_tiles)
{
    struct writer_sheet *sheet = sheet_make(8);
    CHECK_U64(writer_sheet_capacity(sheet), 1024);
    CHECK(writer_sheet_init(sheet, 16));
    CHECK_U64(writer_sheet_capacity(sheet), 256);
    CHECK(writer_sheet_init(sheet, 32));
    CHECK_U64(writer_sheet_capacity(sheet), 64);
    CHECK(!writer_sheet_init(sheet, 0));
    CHECK(!writer_sheet_init(sheet, 4));
    CHECK(!writer_sheet_init(sheet, 64));
    free(sheet);
}

UNIT_TEST(sizes_are_whole_tiles)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    CHECK(writer_sheet_check_size(8, 8, 8, &report));
    CHECK(writer_sheet_check_size(8, 8, 8192, &report));
    CHECK(writer_sheet_check_size(32, 65536 / 32, 32, &report));
    CHECK(writer_sheet_check_size(16, 256, 256, &report));
    CHECK_U64(findings.count, 0);
    CHECK(!writer_sheet_check_size(16, 24, 16, &report));
    CHECK(!writer_sheet_check_size(16, 16, 24, &report));
    CHECK(!writer_sheet_check_size(8, 256, 264, &report));
    CHECK(!writer_sheet_check_size(8, 0x7FFFFFF8, 0x7FFFFFF8, &report));
    CHECK_FINDING(&findings, 0, DIAG_IMAGE_SIZE, "input", -1, "the image is 24 x 16: not whole tiles of 16 x 16");
    CHECK_FINDING(&findings, 1, DIAG_IMAGE_SIZE, "input", -1, "the image is 16 x 24: not whole tiles of 16 x 16");
    CHECK_FINDING(&findings, 2, DIAG_IMAGE_SIZE, "input", -1,
                  "the image is 256 x 264: more than a sheet of 256 x 256 holds");
    CHECK_FINDING(&findings, 3, DIAG_IMAGE_SIZE, "input", -1,
                  "the image is 2147483640 x 2147483640: more than a sheet of 256 x 256 holds");
    base_findings_free(&findings);
}

/* Tiles go into the sheet row-major, image after image. */
UNIT_TEST(tiles_stand_in_row_major_order)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_palette_set palettes = make_palettes();
    struct writer_sheet *sheet = sheet_make(8);
    struct picture *picture = picture_make(16, 16, false);
    fill(picture, 0);
    set_colour(picture, 1, 0, 0xFF000011);   /* tile 0 */
    set_colour(picture, 9, 0, 0xFF000012);   /* tile 1 */
    set_colour(picture, 2, 8, 0xFF000021);   /* tile 2, of palette 1 */
    set_colour(picture, 15, 15, 0xFF000030); /* tile 3: the transparent colour of palette 3 */
    set_colour(picture, 14, 15, 0xFF000010);
    for (unsigned i = 0; i < 9; i++) {
        writer_sheet_add(sheet, &picture->image, WRITER_COLOURS_MATCHED, &palettes, &report);
    }
    CHECK_U64(findings.count, 0);
    CHECK_U64(sheet->tiles, 36);
    CHECK_U64(sheet->indices[1], 1);
    CHECK_U64(sheet->indices[8 + 1], 2);
    CHECK_U64(sheet->indices[16 + 2], 1);
    CHECK_U64(sheet->indices[7 * 256 + 24 + 7], 0);
    CHECK_U64(sheet->indices[7 * 256 + 24 + 6], 3);
    CHECK_U64(sheet->indices[8 * 256 + 1], 1); /* image 8 begins the second row of tiles */
    CHECK_U64(sheet->indices[15 * 256 + 24 + 6], 3);
    CHECK_U64(sheet->indices[0], 0);
    unsigned used = 0;
    for (unsigned i = 0; i < 65536; i++) {
        used += sheet->indices[i] != 0;
    }
    CHECK_U64(used, 36);
    writer_palette_set_free(&palettes);
    free(sheet);
    free(picture);
}

/* One tile of two colours and the palette that is expected to be taken, told by the indices. */
static void check_indices(uint32_t first, uint32_t second, unsigned first_index, unsigned second_index)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_palette_set palettes = make_palettes();
    struct writer_sheet *sheet = sheet_make(8);
    struct picture *picture = picture_make(8, 8, false);
    fill(picture, 0);
    set_colour(picture, 3, 3, first);
    set_colour(picture, 4, 3, second);
    writer_sheet_add(sheet, &picture->image, WRITER_COLOURS_MATCHED, &palettes, &report);
    CHECK_U64(findings.count, 0);
    CHECK_U64(sheet->indices[3 * 256 + 3], first_index);
    CHECK_U64(sheet->indices[3 * 256 + 4], second_index);
    writer_palette_set_free(&palettes);
    free(sheet);
    free(picture);
}

UNIT_TEST(the_lowest_palette_that_has_all_colours_is_taken)
{
    check_indices(0xFF000011, 0xFF000012, 1, 2); /* palette 0 */
    check_indices(0xFF000021, 0xFF000022, 1, 2); /* palette 1 */
    check_indices(0xFF000011, 0xFF000021, 1, 2); /* palette 3 alone has both */
    check_indices(0xFF000011, 0xFF000011, 1, 1);
    check_indices(0x00FFFFFF, 0x00123456, 0, 0); /* transparent: any palette */
}

UNIT_TEST(the_transparent_index_is_the_last_resort)
{
    check_indices(0xFF000010, 0xFF000011, 0, 1); /* palette 0 has 0x10 at its transparent index only */
    check_indices(0xFF000010, 0xFF000021, 3, 2); /* palette 3 has it as a colour, too */
    check_indices(0xFF000030, 0xFF000011, 0, 1);
}

/* Adds one tile that cannot be expressed. */
static void check_inexpressible(const uint32_t *pixels, size_t count, const char *colour, const char *message)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_palette_set palettes = make_palettes();
    struct writer_sheet *sheet = sheet_make(8);
    struct picture *picture = picture_make(16, 16, false);
    fill(picture, 0);
    for (uint32_t i = 0; i < count; i++) {
        set_colour(picture, 8 + i % 8, 8 + i / 8, 0xFF000000 | pixels[i]);
    }
    writer_sheet_add(sheet, &picture->image, WRITER_COLOURS_MATCHED, &palettes, &report);
    CHECK_U64(findings.count, 1);
    CHECK_FINDING(&findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1, message);
    CHECK_STRING(findings.items[0].actual, colour);
    base_findings_free(&findings);
    writer_palette_set_free(&palettes);
    free(sheet);
    free(picture);
}

UNIT_TEST(a_colour_that_no_palette_has_is_named)
{
    static const uint32_t pixels[] = {0x11, 0x21, 0x12, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0xABCDEF, 0x99};
    check_inexpressible(pixels, sizeof pixels / sizeof pixels[0], "#abcdef",
                        "pixel x 9, y 9: the pixel has a colour that no palette of the asset has");
}

UNIT_TEST(the_best_palette_tells_which_pixel_is_in_the_way)
{
    static const uint32_t pixels[] = {0x22, 0x12, 0x21, 0x22};
    static const uint32_t late[] = {0x12, 0x12, 0x11, 0x22};
    check_inexpressible(pixels, 4, "#000012",
                        "pixel x 9, y 8: the pixel has a colour that palette 1 lacks: it fits the tile at x 8, y 8 "
                        "best, and one palette must have all colours of a tile");
    check_inexpressible(late, 4, "#000022",
                        "pixel x 11, y 8: the pixel has a colour that palette 0 lacks: it fits the tile at x 8, y 8 "
                        "best, and one palette must have all colours of a tile");
}

/* Black is not a colour of a palette that does not have it, although what is not authored is stored as zero. */
UNIT_TEST(colours_that_are_not_authored_do_not_count)
{
    static const uint32_t pixels[] = {0x000000};
    check_inexpressible(pixels, 1, "#000000",
                        "pixel x 8, y 8: the pixel has a colour that no palette of the asset has");
}

UNIT_TEST(each_faulty_tile_is_reported_once)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_palette_set palettes = make_palettes();
    struct writer_sheet *sheet = sheet_make(32);
    struct picture *picture = picture_make(64, 32, false);
    fill(picture, 0xFF777777);
    set_colour(picture, 5, 6, 0x80000011);
    set_colour(picture, 7, 6, 0x01000011);
    writer_sheet_add(sheet, &picture->image, WRITER_COLOURS_MATCHED, &palettes, &report);
    CHECK_U64(findings.count, 3);
    CHECK_FINDING(&findings, 0, DIAG_PIXEL_TRANSLUCENT, "input", -1,
                  "pixel x 5, y 6: the pixel is neither opaque nor transparent");
    CHECK_FINDING(&findings, 1, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 0, y 0: the pixel has a colour that no palette of the asset has");
    CHECK_FINDING(&findings, 2, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 32, y 0: the pixel has a colour that no palette of the asset has");
    CHECK_STRING(findings.items[0].actual, "alpha 128");
    base_findings_free(&findings);
    writer_palette_set_free(&palettes);
    free(sheet);
    free(picture);
}

/* With faulty palettes nothing is said about colours. */
UNIT_TEST(colours_are_not_matched_with_faulty_palettes)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_palette_set palettes = WRITER_PALETTE_SET_EMPTY;
    struct writer_sheet *sheet = sheet_make(8);
    struct picture *picture = picture_make(8, 8, false);
    fill(picture, 0xFF777777);
    set_colour(picture, 7, 7, 0xFE000011);
    writer_sheet_add(sheet, &picture->image, WRITER_COLOURS_UNJUDGED, &palettes, &report);
    CHECK_U64(findings.count, 1);
    CHECK_FINDING(&findings, 0, DIAG_PIXEL_TRANSLUCENT, "input", -1,
                  "pixel x 7, y 7: the pixel is neither opaque nor transparent");
    CHECK_U64(sheet->tiles, 1);
    base_findings_free(&findings);
    free(sheet);
    free(picture);
}

/* A tile of 32 x 32 different colours: as slow as it gets. */
UNIT_TEST(a_tile_of_a_thousand_colours_is_refused)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_palette_set palettes = WRITER_PALETTE_SET_EMPTY;
    struct writer_sheet *sheet = sheet_make(32);
    struct picture *picture = picture_make(64, 64, false);
    REQUIRE(writer_palette_set_reserve(&palettes, 64));
    for (uint32_t i = 0; i < 64; i++) {
        palettes.items[i].count = 16;
        for (uint32_t k = 0; k < 16; k++) {
            palettes.items[i].colours[k] = i * 16 + k;
        }
    }
    for (uint32_t i = 0; i < 64 * 64; i++) {
        set_colour(picture, i % 64, i / 64, 0xFF000000 | (i % 32 + i / 64 % 32 * 32));
    }
    writer_sheet_add(sheet, &picture->image, WRITER_COLOURS_MATCHED, &palettes, &report);
    CHECK_U64(findings.count, 4);
    CHECK_FINDING(&findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 16, y 0: the pixel has a colour that palette 0 lacks: it fits the tile at x 0, y 0 best, "
                  "and one palette must have all colours of a tile");
    base_findings_free(&findings);
    writer_palette_set_free(&palettes);
    free(sheet);
    free(picture);
}

UNIT_TEST(an_indexed_image_keeps_its_indices)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_palette_set palettes = WRITER_PALETTE_SET_EMPTY;
    struct writer_sheet *sheet = sheet_make(8);
    struct picture *picture = picture_make(8, 8, true);
    picture->image.palette_count = 16;
    for (unsigned i = 0; i < 16; i++) {
        picture->image.palette[i] = 0xFF123456; /* equal colours: only indices tell them apart */
        picture->pixels[i] = (uint8_t)i;
    }
    picture->image.palette[7] = 0x00123456;
    writer_sheet_add(sheet, &picture->image, WRITER_COLOURS_KEPT, &palettes, &report);
    CHECK_U64(findings.count, 0);
    for (unsigned i = 0; i < 16; i++) {
        CHECK_U64(sheet->indices[i / 8 * 256 + i % 8], i == 7 ? 0 : i);
    }
    free(sheet);
    free(picture);
}

UNIT_TEST(a_kept_index_belongs_to_one_palette)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_palette_set palettes = WRITER_PALETTE_SET_EMPTY;
    struct writer_sheet *sheet = sheet_make(8);
    struct picture *picture = picture_make(16, 8, true);
    picture->image.palette_count = 40;
    for (unsigned i = 0; i < 40; i++) {
        picture->image.palette[i] = 0xFF000000;
    }
    picture->image.palette[3] = 0x7F000000;
    picture->pixels[0] = 15;
    writer_sheet_add(sheet, &picture->image, WRITER_COLOURS_KEPT, &palettes, &report);
    CHECK_U64(findings.count, 0);
    CHECK_U64(sheet->indices[0], 15);
    picture->pixels[16 + 9] = 16;
    picture->pixels[16 + 10] = 39;
    picture->pixels[16 + 11] = 3;
    writer_sheet_add(sheet, &picture->image, WRITER_COLOURS_KEPT, &palettes, &report);
    CHECK_U64(findings.count, 2);
    CHECK_FINDING(&findings, 0, DIAG_PALETTE_INVALID, "input", -1,
                  "pixel x 9, y 1: the pixel has index 16; a palette has 16 colours");
    CHECK_FINDING(&findings, 1, DIAG_PIXEL_TRANSLUCENT, "input", -1,
                  "pixel x 11, y 1: the pixel is neither opaque nor transparent");
    base_findings_free(&findings);
    free(sheet);
    free(picture);
}

UNIT_TEST(a_kept_pixel_may_not_be_translucent)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_palette_set palettes = WRITER_PALETTE_SET_EMPTY;
    struct writer_sheet *sheet = sheet_make(8);
    struct picture *picture = picture_make(8, 8, true);
    picture->image.palette_count = 2;
    picture->image.palette[0] = 0xFF000000;
    picture->image.palette[1] = 0x10000000;
    picture->pixels[8 * 4 + 2] = 1;
    picture->pixels[8 * 4 + 3] = 1;
    writer_sheet_add(sheet, &picture->image, WRITER_COLOURS_KEPT, &palettes, &report);
    CHECK_U64(findings.count, 1);
    CHECK_FINDING(&findings, 0, DIAG_PIXEL_TRANSLUCENT, "input", -1,
                  "pixel x 2, y 4: the pixel is neither opaque nor transparent");
    base_findings_free(&findings);
    free(sheet);
    free(picture);
}

/* What has no room is counted and checked, and overwrites nothing. */
UNIT_TEST(tiles_beyond_the_sheet_are_counted)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_palette_set palettes = make_palettes();
    struct writer_sheet *sheet = sheet_make(32);
    struct picture *picture = picture_make(256, 256, false);
    struct picture *more = picture_make(32, 64, false);
    fill(picture, 0xFF000011);
    fill(more, 0xFF000012);
    set_colour(more, 0, 63, 0xFF0000EE);
    writer_sheet_add(sheet, &picture->image, WRITER_COLOURS_MATCHED, &palettes, &report);
    writer_sheet_add(sheet, &more->image, WRITER_COLOURS_MATCHED, &palettes, &report);
    CHECK_U64(sheet->tiles, 66);
    CHECK_U64(findings.count, 1);
    CHECK_FINDING(&findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 0, y 63: the pixel has a colour that no palette of the asset has");
    for (unsigned i = 0; i < 65536; i++) {
        CHECK(sheet->indices[i] == 1);
    }
    base_findings_free(&findings);
    writer_palette_set_free(&palettes);
    free(sheet);
    free(picture);
    free(more);
}

UNIT_TEST(pixels_are_stored_left_in_the_high_nibble)
{
    struct writer_palette_set palettes = make_palettes();
    struct writer_sheet *sheet = sheet_make(8);
    uint8_t *stored = malloc(WRITER_GLYPH_SIZE + WRITER_GLYPH_DECODED_SIZE);
    REQUIRE(stored != NULL);
    uint8_t *decoded = stored + WRITER_GLYPH_SIZE;
    for (unsigned i = 0; i < 65536; i++) {
        sheet->indices[i] = (uint8_t)((i * 7 + i / 256) % 16);
    }
    writer_sheet_store(sheet, &palettes, stored);
    CHECK_U64(stored[0], 0x07);
    CHECK_U64(stored[1], 0xE5);
    CHECK_U64(stored[128], 0x18); /* the second row */
    CHECK_U64(stored[32767], 0x18);
    CHECK_U64(stored[32768 + 2], 0x02); /* 0x11 is blue 2 of 31 */
    CHECK_U64(stored[32768 + 3], 0x00);
    writer_sheet_unpack(stored, decoded);
    CHECK(memcmp(decoded, sheet->indices, 65536) == 0);
    CHECK(memcmp(decoded + 65536, stored + 32768, 2048) == 0);
    writer_palette_set_free(&palettes);
    free(stored);
    free(sheet);
}
