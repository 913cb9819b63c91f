#include "writer/image/draw.h"

#include "writer/image/banked.h"

#include "tests/writer/kit.h"

#include <stdlib.h>

enum { SIDE_MAX = 32 };

/* A picture that is drawn with some palettes, and what comes of it. */
struct scene {
    struct writer_image image;
    uint8_t pixels[SIDE_MAX * SIDE_MAX * 4];
    struct writer_palette_set palettes;
    struct writer_drawing drawing;
    struct writer_candidates candidates;
    struct writer_tile_palettes result;
    struct writer_warnings warnings;
    struct base_findings findings;
    uint32_t tile_size;
};

/* Palettes 0, 1 and 3 are declared; entry 0 of each is a colour of its own. The blue channel differs in its upper bits,
 * so no two of these colours are one in RGB565. */
static struct scene *scene_make(uint32_t width, uint32_t height, bool indexed)
{
    struct scene *scene = calloc(1, sizeof *scene);
    REQUIRE(scene != NULL);
    scene->image = (struct writer_image){
        .width = width, .height = height, .indexed = indexed, .alpha_channel = !indexed, .pixels = scene->pixels};
    REQUIRE(writer_palette_set_reserve(&scene->palettes, 4));
    scene->palettes.items[0] = (struct writer_palette){.count = 3, .colours = {0x10, 0x18, 0x20}};
    scene->palettes.items[1] = (struct writer_palette){.count = 3, .colours = {0x40, 0x48, 0x50}};
    scene->palettes.items[3] = (struct writer_palette){.count = 4, .colours = {0x60, 0x18, 0x48, 0x10}};
    scene->drawing.palettes = &scene->palettes;
    scene->drawing.declared = true;
    scene->candidates = (struct writer_candidates){.count = 3, .index = {0, 1, 3}};
    scene->tile_size = 8;
    return scene;
}

static void scene_free(struct scene *scene)
{
    writer_colours_destroy(scene->drawing.colours);
    writer_palette_set_free(&scene->palettes);
    writer_warnings_free(&scene->warnings);
    base_findings_free(&scene->findings);
    free(scene);
}

static bool draw(struct scene *scene)
{
    struct writer_reporter report = kit_report(&scene->findings);
    const struct writer_grid grid = writer_grid_of(scene->image.width, scene->image.height, scene->tile_size);
    report.warnings = &scene->warnings;
    return writer_draw(&scene->drawing, &scene->image, &grid, &scene->candidates, &scene->result, &report);
}

/* A truecolour pixel, 0xAARRGGBB. */
static void set_colour(struct scene *scene, uint32_t x, uint32_t y, uint32_t argb)
{
    uint8_t *at = scene->pixels + ((size_t)y * scene->image.width + x) * 4;
    at[0] = (uint8_t)((argb >> 16) & 0xFF);
    at[1] = (uint8_t)((argb >> 8) & 0xFF);
    at[2] = (uint8_t)(argb & 0xFF);
    at[3] = (uint8_t)(argb >> 24);
}

static void fill(struct scene *scene, uint32_t argb)
{
    for (uint32_t y = 0; y < scene->image.height; y++) {
        for (uint32_t x = 0; x < scene->image.width; x++) {
            set_colour(scene, x, y, argb);
        }
    }
}

static unsigned index_at(const struct scene *scene, uint32_t x, uint32_t y)
{
    return scene->pixels[y * scene->image.width + x];
}

/* The colours of an indexed picture, all opaque. */
static void set_palette(struct scene *scene, const uint32_t *colours, uint32_t count)
{
    scene->image.palette_count = count;
    for (uint32_t i = 0; i < count; i++) {
        scene->image.palette[i] = 0xFF000000 | colours[i];
    }
}

#define COUNT_OF(array) (uint32_t)(sizeof(array) / sizeof(array)[0])

/* ---- By colour ---- */

UNIT_TEST(a_picture_gets_the_first_palette_that_has_all_its_colours)
{
    struct scene *scene = scene_make(16, 8, false);
    fill(scene, 0);
    set_colour(scene, 1, 0, 0xFF000018); /* palettes 0 and 3 have it */
    set_colour(scene, 9, 0, 0xFF000048); /* palettes 1 and 3 */
    CHECK(draw(scene));
    CHECK(!scene->result.apart);
    CHECK_U64(scene->result.palette, 3);
    CHECK_U64(index_at(scene, 0, 0), 0);
    CHECK_U64(index_at(scene, 1, 0), 1);
    CHECK_U64(index_at(scene, 9, 0), 2);
    scene_free(scene);
}

UNIT_TEST(candidates_are_tried_in_their_order)
{
    struct scene *scene = scene_make(8, 8, false);
    fill(scene, 0xFF000018);
    scene->candidates = (struct writer_candidates){.count = 3, .index = {3, 0, 1}};
    CHECK(draw(scene));
    CHECK_U64(scene->result.palette, 3);
    scene_free(scene);
}

UNIT_TEST(tiles_get_palettes_of_their_own_where_no_single_one_fits)
{
    struct scene *scene = scene_make(24, 8, false);
    fill(scene, 0);
    set_colour(scene, 1, 0, 0xFF000020); /* palette 0 alone */
    set_colour(scene, 9, 0, 0xFF000050); /* palette 1 alone */
    CHECK(draw(scene));
    CHECK(scene->result.apart);
    CHECK_U64(scene->result.tiles[0], 0);
    CHECK_U64(scene->result.tiles[1], 1);
    CHECK_U64(scene->result.tiles[2], 0); /* no opaque pixel: the first candidate */
    CHECK_U64(index_at(scene, 1, 0), 2);
    CHECK_U64(index_at(scene, 9, 0), 2);
    scene_free(scene);
}

UNIT_TEST(a_fixed_palette_is_never_left)
{
    struct scene *scene = scene_make(8, 8, false);
    fill(scene, 0xFF000018);
    scene->candidates = (struct writer_candidates){.count = 1, .index = {3}, .fixed = true};
    CHECK(draw(scene));
    CHECK_U64(scene->result.palette, 3);
    fill(scene, 0xFF000020);
    CHECK(!draw(scene));
    CHECK_FINDING(
        &scene->findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
        "pixel x 0, y 0: palette 3, which the sprite asks for, does not have the colour; 64 pixels in tile 0");
    scene_free(scene);
}

/* Two colours that are one in RGB565 are one colour, and that is said. */
UNIT_TEST(colours_that_the_console_does_not_tell_apart_are_one)
{
    struct scene *scene = scene_make(8, 8, false);
    fill(scene, 0xFF000018);
    set_colour(scene, 5, 1, 0xFF00001F);
    CHECK(draw(scene));
    CHECK_U64(index_at(scene, 5, 1), 1);
    CHECK_U64(scene->findings.count, 1);
    CHECK_FINDING(&scene->findings, 0, DIAG_COLOUR_MERGED, "input", -1,
                  "pixel x 5, y 1: the colours #000018 and #00001f of the picture are one on the console (RGB565); 1 "
                  "pixel, in tile 0");
    CHECK_U64(scene->warnings.count, 1);
    CHECK_U64(base_findings_errors(&scene->findings), 0);
    scene_free(scene);
}

/* ---- What cannot be expressed ---- */

UNIT_TEST(an_opaque_pixel_is_never_index_0)
{
    struct scene *scene = scene_make(16, 16, false);
    fill(scene, 0xFF000040); /* entry 0 of palette 1 */
    set_colour(scene, 0, 0, 0);
    CHECK(!draw(scene));
    CHECK_U64(scene->findings.count, 1);
    CHECK_FINDING(
        &scene->findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
        "pixel x 1, y 0: palette 1 has the colour at entry 0 only, which is not drawn; 255 pixels in 4 tiles, "
        "the first in tile 0. Put a spare colour in front of the palette, or repeat the colour behind the "
        "others");
    CHECK_STRING(scene->findings.items[0].actual, "#000040");
    scene_free(scene);
}

/* 0x10 is entry 0 of palette 0, and entry 3 of palette 3. */
UNIT_TEST(another_palette_that_has_the_colour_of_entry_0_is_taken)
{
    struct scene *scene = scene_make(8, 8, false);
    fill(scene, 0xFF000010);
    CHECK(draw(scene));
    CHECK_U64(scene->result.palette, 3);
    CHECK_U64(index_at(scene, 7, 7), 3);
    scene_free(scene);
}

UNIT_TEST(each_cause_is_reported_once_per_picture)
{
    struct scene *scene = scene_make(24, 16, false);
    fill(scene, 0);
    set_colour(scene, 9, 9, 0xFFABCDEF);
    set_colour(scene, 10, 9, 0xFF99AABB);
    set_colour(scene, 17, 1, 0xFF000060);
    set_colour(scene, 2, 12, 0xFF000020);
    set_colour(scene, 3, 12, 0xFF000050);
    set_colour(scene, 4, 12, 0xFF000020);
    set_colour(scene, 1, 0, 0x80000018);
    set_colour(scene, 0, 8, 0x01000018);
    CHECK(!draw(scene));
    CHECK_U64(scene->findings.count, 4);
    CHECK_FINDING(&scene->findings, 0, DIAG_PIXEL_TRANSLUCENT, "input", -1,
                  "pixel x 1, y 0: neither opaque nor transparent: 2 pixels in 2 tiles, the first in tile 0");
    CHECK_STRING(scene->findings.items[0].actual, "alpha 128");
    CHECK_FINDING(&scene->findings, 1, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 9, y 9: no palette of the asset has the colour; 2 pixels in tile 4");
    CHECK_STRING(scene->findings.items[1].actual, "#abcdef");
    CHECK_FINDING(&scene->findings, 2, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 17, y 1: palette 3 has the colour at entry 0 only, which is not drawn; 1 pixel, in tile 2. "
                  "Put a spare colour in front of the palette, or repeat the colour behind the others");
    CHECK_FINDING(&scene->findings, 3, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 3, y 12: no palette has all colours of a tile: palette 0 comes closest there and lacks this "
                  "colour; 1 pixel, in tile 3");
    scene_free(scene);
}

/* Black is not a colour of a palette that does not have it, although what is not authored is stored as zero. */
UNIT_TEST(colours_that_are_not_authored_do_not_count)
{
    struct scene *scene = scene_make(8, 8, false);
    fill(scene, 0xFF000000);
    CHECK(!draw(scene));
    CHECK_FINDING(&scene->findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 0, y 0: no palette of the asset has the colour; 64 pixels in tile 0");
    scene_free(scene);
}

/* With faulty palettes nothing is said about colours. */
UNIT_TEST(colours_are_not_judged_with_faulty_palettes)
{
    struct scene *scene = scene_make(8, 8, false);
    fill(scene, 0xFF777777);
    set_colour(scene, 7, 7, 0xFE000018);
    scene->drawing.palettes = NULL;
    CHECK(!draw(scene));
    CHECK_U64(scene->findings.count, 1);
    CHECK_FINDING(&scene->findings, 0, DIAG_PIXEL_TRANSLUCENT, "input", -1,
                  "pixel x 7, y 7: neither opaque nor transparent: 1 pixel, in tile 0");
    scene_free(scene);
}

/* ---- Transparency ---- */

UNIT_TEST(the_colour_of_entry_0_is_transparent_where_that_is_declared)
{
    struct scene *scene = scene_make(16, 8, false);
    fill(scene, 0xFF000040);
    set_colour(scene, 1, 0, 0xFF000048);
    set_colour(scene, 9, 0, 0xFF000050);
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_INDEX;
    CHECK(draw(scene));
    CHECK_U64(scene->result.palette, 1);
    CHECK_U64(index_at(scene, 0, 0), 0);
    CHECK_U64(index_at(scene, 1, 0), 1);
    CHECK_U64(index_at(scene, 9, 0), 2);
    CHECK_U64(scene->findings.count, 0);
    scene_free(scene);
}

/* One transparent pixel is enough: then alpha decides, and the colour of entry 0 is opaque. */
UNIT_TEST(alpha_decides_where_a_picture_has_transparency)
{
    struct scene *scene = scene_make(8, 8, false);
    fill(scene, 0xFF000040);
    set_colour(scene, 7, 7, 0x00000040);
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_INDEX;
    CHECK(!draw(scene));
    CHECK_U64(scene->findings.count, 1);
    scene_free(scene);
}

/* A tRNS chunk alone is enough, whatever it says. */
UNIT_TEST(a_key_is_transparency_even_if_no_pixel_has_it)
{
    struct scene *scene = scene_make(8, 8, false);
    fill(scene, 0xFF000040);
    scene->image.keyed = true;
    scene->image.alpha_channel = false;
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_INDEX;
    CHECK(!draw(scene));
    scene_free(scene);
}

/* ---- Indexed pictures with declared palettes ---- */

UNIT_TEST(an_indexed_picture_keeps_the_indices_of_its_palette)
{
    static const uint32_t colours[] = {0x40, 0x48, 0x48, 0x48};
    struct scene *scene = scene_make(8, 8, true);
    set_palette(scene, colours, COUNT_OF(colours));
    scene->palettes.items[3] = (struct writer_palette){.count = 4, .colours = {0x40, 0x48, 0x48, 0x48}};
    scene->image.palette[0] = 0x00000040;
    scene->image.keyed = true;
    scene->pixels[1] = 3;
    scene->pixels[2] = 2;
    CHECK(draw(scene));
    CHECK_U64(scene->result.palette, 3); /* palette 1 has other colours at 2 and 3 */
    CHECK_U64(index_at(scene, 0, 0), 0);
    CHECK_U64(index_at(scene, 1, 0), 3);
    CHECK_U64(index_at(scene, 2, 0), 2);
    CHECK_U64(scene->findings.count, 0);
    scene_free(scene);
}

UNIT_TEST(an_entry_that_a_palette_file_lacks_counts_as_black)
{
    static const uint32_t colours[] = {0x40, 0x48, 0x50, 0, 0};
    struct scene *scene = scene_make(8, 8, true);
    set_palette(scene, colours, COUNT_OF(colours));
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_INDEX;
    scene->pixels[1] = 4;
    CHECK(draw(scene));
    CHECK_U64(scene->result.palette, 1);
    CHECK_U64(index_at(scene, 1, 0), 4);
    scene_free(scene);
}

/* Entry 0 of the palette is opaque in this picture: its pixels go to the entry that has the same colour. */
UNIT_TEST(opaque_pixels_of_index_0_go_to_an_equal_entry)
{
    static const uint32_t colours[] = {0x48, 0x50, 0x40};
    struct scene *scene = scene_make(8, 8, true);
    set_palette(scene, colours, COUNT_OF(colours));
    scene->palettes.items[1] = (struct writer_palette){.count = 4, .colours = {0x48, 0x50, 0x40, 0x48}};
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_ALPHA;
    scene->pixels[1] = 2;
    CHECK(draw(scene));
    CHECK_U64(scene->result.palette, 1);
    CHECK_U64(index_at(scene, 0, 0), 3);
    CHECK_U64(index_at(scene, 1, 0), 2);
    scene_free(scene);
}

UNIT_TEST(an_indexed_picture_with_other_colours_goes_by_colour)
{
    static const uint32_t colours[] = {0x50, 0x48, 0x99};
    struct scene *scene = scene_make(8, 8, true);
    set_palette(scene, colours, COUNT_OF(colours));
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_ALPHA;
    scene->pixels[1] = 1;
    CHECK(draw(scene));
    CHECK_U64(scene->result.palette, 1);
    CHECK_U64(index_at(scene, 0, 0), 2);
    CHECK_U64(index_at(scene, 1, 0), 1);
    scene_free(scene);
}

/* With declared palettes colours count, so an index may be as high as it likes. */
UNIT_TEST(high_indices_go_by_colour)
{
    struct scene *scene = scene_make(8, 8, true);
    scene->image.palette_count = 201;
    for (unsigned i = 0; i < 201; i++) {
        scene->image.palette[i] = 0xFF123456;
    }
    scene->image.palette[200] = 0xFF000050;
    memset(scene->pixels, 200, 64);
    CHECK(draw(scene));
    CHECK_U64(scene->result.palette, 1);
    CHECK_U64(index_at(scene, 0, 0), 2);
    scene_free(scene);
}

UNIT_TEST(pixels_that_index_0_hides_are_counted)
{
    static const uint32_t colours[] = {0x40, 0x48, 0x50};
    struct scene *scene = scene_make(16, 8, true);
    set_palette(scene, colours, COUNT_OF(colours));
    memset(scene->pixels, 1, 128);
    scene->pixels[3] = 0;
    scene->pixels[16 + 9] = 0;
    CHECK(draw(scene));
    CHECK_U64(scene->findings.count, 1);
    CHECK_FINDING(
        &scene->findings, 0, DIAG_PIXEL_HIDDEN, "input", -1,
        "pixel x 3, y 0: the picture has no transparency, and its pixels with index 0 are not drawn: 2 pixels "
        "in 2 tiles, the first in tile 0");
    CHECK_U64(scene->warnings.count, 1);
    scene_free(scene);
}

/* ---- Indexed pictures that bring their palette ---- */

/* Draws with the palette that the picture brings itself. */
static bool draw_own(struct scene *scene)
{
    bool used[256];
    struct writer_palette palette;
    uint32_t moved;
    const struct writer_indexed indexed =
        writer_indexed_of(scene->image.palette, scene->image.palette_count, scene->image.keyed, &scene->drawing.rules);
    writer_indexed_uses(&scene->image, used);
    (void)writer_indexed_bring(&indexed, used, &palette, &moved);
    writer_palette_set_free(&scene->palettes);
    CHECK_U64(writer_palette_set_add(&scene->palettes, &palette), WRITER_PALETTE_ADDED);
    scene->drawing.declared = false;
    scene->candidates = (struct writer_candidates){.count = 1, .index = {0}};
    return draw(scene);
}

UNIT_TEST(the_transparent_entry_changes_places_with_entry_0)
{
    static const uint32_t colours[] = {0x10, 0x18, 0x20, 0x28};
    struct scene *scene = scene_make(8, 8, true);
    set_palette(scene, colours, COUNT_OF(colours));
    scene->image.palette[2] &= 0xFFFFFF;
    scene->image.palette[3] &= 0xFFFFFF;
    scene->image.keyed = true;
    for (uint8_t i = 0; i < 4; i++) {
        scene->pixels[i] = i;
    }
    CHECK(draw_own(scene));
    CHECK_U64(index_at(scene, 0, 0), 2);
    CHECK_U64(index_at(scene, 1, 0), 1);
    CHECK_U64(index_at(scene, 2, 0), 0);
    CHECK_U64(index_at(scene, 3, 0), 0); /* a further transparent entry */
    CHECK_U64(scene->palettes.items[0].colours[0], 0x20);
    CHECK_U64(scene->palettes.items[0].colours[2], 0x10);
    CHECK_U64(scene->findings.count, 0);
    scene_free(scene);
}

/* Entry 0 is opaque, and no other entry is transparent. */
UNIT_TEST(an_opaque_entry_0_moves_behind_the_others)
{
    static const uint32_t colours[] = {0x10, 0x18};
    struct scene *scene = scene_make(8, 8, true);
    set_palette(scene, colours, COUNT_OF(colours));
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_ALPHA;
    scene->pixels[1] = 1;
    CHECK(draw_own(scene));
    CHECK_U64(index_at(scene, 0, 0), 2);
    CHECK_U64(index_at(scene, 1, 0), 1);
    CHECK_U64(scene->palettes.items[0].count, 3);
    CHECK_U64(scene->palettes.items[0].colours[0], 0x10);
    CHECK_U64(scene->palettes.items[0].colours[2], 0x10);
    scene_free(scene);
}

UNIT_TEST(a_full_palette_gives_an_entry_that_no_pixel_has)
{
    struct scene *scene = scene_make(8, 8, true);
    scene->image.palette_count = 16;
    for (uint32_t i = 0; i < 16; i++) {
        scene->image.palette[i] = 0xFF000000 | i << 16 << 3;
        scene->pixels[i] = (uint8_t)(i == 9 ? 0 : i);
    }
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_ALPHA;
    CHECK(draw_own(scene));
    CHECK_U64(index_at(scene, 0, 0), 9);
    CHECK_U64(index_at(scene, 0, 1), 8);
    CHECK_U64(index_at(scene, 1, 1), 9);
    scene_free(scene);
}

UNIT_TEST(sixteen_opaque_colours_are_too_many)
{
    struct scene *scene = scene_make(8, 8, true);
    scene->image.palette_count = 16;
    for (uint32_t i = 0; i < 16; i++) {
        scene->image.palette[i] = 0xFF000000 | i << 16 << 3;
        scene->pixels[i + 2] = (uint8_t)i;
    }
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_ALPHA;
    CHECK(!draw_own(scene));
    CHECK_U64(scene->findings.count, 1);
    CHECK_FINDING(
        &scene->findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
        "pixel x 0, y 0: the pixel is opaque and has index 0, which is not drawn, and no other index is free; "
        "49 pixels in tile 0");
    scene_free(scene);
}

UNIT_TEST(a_kept_index_belongs_to_one_palette)
{
    struct scene *scene = scene_make(16, 8, true);
    scene->image.palette_count = 40;
    for (unsigned i = 0; i < 40; i++) {
        scene->image.palette[i] = 0xFF000000;
    }
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_INDEX;
    scene->pixels[0] = 15;
    scene->pixels[16 + 1] = 16;
    scene->pixels[16 + 9] = 39;
    CHECK(!draw_own(scene));
    CHECK_U64(scene->findings.count, 1);
    CHECK_FINDING(
        &scene->findings, 0, DIAG_PALETTE_INVALID, "input", -1,
        "pixel x 1, y 1: a palette has 16 colours: 2 pixels in 2 tiles, the first in tile 0. When palettes are "
        "declared as files, colours count, and no index is too high");
    scene_free(scene);
}

UNIT_TEST(a_kept_pixel_may_not_be_translucent)
{
    struct scene *scene = scene_make(8, 8, true);
    scene->image.palette_count = 2;
    scene->image.palette[0] = 0xFF000000;
    scene->image.palette[1] = 0x10000000;
    scene->image.keyed = true;
    scene->pixels[8 * 4 + 2] = 1;
    scene->pixels[8 * 4 + 3] = 1;
    CHECK(!draw_own(scene));
    CHECK_U64(scene->findings.count, 1);
    CHECK_FINDING(&scene->findings, 0, DIAG_PIXEL_TRANSLUCENT, "input", -1,
                  "pixel x 2, y 4: neither opaque nor transparent: 2 pixels in tile 0");
    scene_free(scene);
}

/* ---- Banked indices ---- */

static struct scene *scene_banked(uint32_t width, uint32_t height)
{
    struct scene *scene = scene_make(width, height, true);
    scene->image.palette_count = 36;
    for (uint32_t i = 0; i < 36; i++) {
        scene->image.palette[i] = 0xFF000000 | i << 16 << 3;
    }
    scene->drawing.rules.banked = true;
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_INDEX;
    scene->drawing.declared = false;
    const struct writer_indexed indexed = writer_indexed_of(scene->image.palette, 36, false, &scene->drawing.rules);
    writer_palette_set_free(&scene->palettes);
    for (uint32_t k = 0; k < 3; k++) {
        const struct writer_palette palette = writer_banked_palette(&indexed, k);
        CHECK_U64(writer_palette_set_put(&scene->palettes, k, &palette), WRITER_PALETTE_ADDED);
    }
    scene->candidates = (struct writer_candidates){.count = 3, .index = {0, 1, 2}};
    return scene;
}

UNIT_TEST(a_banked_index_names_palette_and_entry)
{
    struct scene *scene = scene_banked(24, 8);
    CHECK_U64(scene->palettes.authored, 3);
    CHECK_U64(scene->palettes.items[2].count, 4);
    scene->pixels[1] = 5;
    scene->pixels[8] = 32;
    scene->pixels[9] = 35;
    scene->pixels[16] = 16; /* no opaque pixel in this tile: the palette of its first one */
    CHECK(draw(scene));
    CHECK(scene->result.apart);
    CHECK_U64(scene->result.tiles[0], 0);
    CHECK_U64(scene->result.tiles[1], 2);
    CHECK_U64(scene->result.tiles[2], 1);
    CHECK_U64(index_at(scene, 1, 0), 5);
    CHECK_U64(index_at(scene, 8, 0), 0);
    CHECK_U64(index_at(scene, 9, 0), 3);
    scene_free(scene);
}

UNIT_TEST(a_tile_of_two_banks_is_refused)
{
    struct scene *scene = scene_banked(16, 8);
    scene->pixels[9] = 5;
    scene->pixels[10] = 21;
    scene->pixels[11] = 22;
    CHECK(!draw(scene));
    CHECK_FINDING(
        &scene->findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
        "pixel x 10, y 0: the banked index 21 names entry 5 of palette 1: other pixels of its tile name another "
        "palette; 2 pixels in tile 1");
    scene_free(scene);
}

UNIT_TEST(a_banked_entry_0_that_is_opaque_needs_an_equal_entry)
{
    struct scene *scene = scene_banked(8, 8);
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_ALPHA;
    CHECK(!draw(scene));
    CHECK_FINDING(
        &scene->findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
        "pixel x 0, y 0: the banked index 0 names entry 0 of palette 0: the pixel is opaque, and entry 0 is not "
        "drawn; no other entry of the palette has its colour; 64 pixels in tile 0");
    scene->palettes.items[0].colours[6] = scene->palettes.items[0].colours[0];
    CHECK(draw(scene));
    CHECK_U64(index_at(scene, 0, 0), 6);
    scene_free(scene);
}

/* ---- Losses ---- */

UNIT_TEST(further_frames_are_named)
{
    struct scene *scene = scene_make(8, 8, false);
    fill(scene, 0xFF000018);
    scene->image.frames = 1;
    CHECK(draw(scene));
    CHECK_U64(scene->findings.count, 0);
    fill(scene, 0xFF000018);
    scene->image.frames = 12;
    CHECK(draw(scene));
    CHECK_FINDING(&scene->findings, 0, DIAG_FRAMES_DROPPED, "input", -1,
                  "the PNG is an animation of 12 frames: only the picture that every viewer shows is packed");
    scene_free(scene);
}

/* Entries that no pixel has do not count. */
UNIT_TEST(twins_of_a_palette_are_named_where_pixels_have_them)
{
    static const uint32_t colours[] = {0x40, 0x48, 0x4F, 0x50, 0x57};
    struct scene *scene = scene_make(8, 8, true);
    set_palette(scene, colours, COUNT_OF(colours));
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_INDEX;
    memset(scene->pixels, 1, 64);
    scene->pixels[1] = 3;
    CHECK(draw_own(scene));
    CHECK_U64(scene->findings.count, 0);
    scene->pixels[9] = 4;
    CHECK(draw(scene));
    CHECK_U64(scene->findings.count, 1);
    CHECK_FINDING(&scene->findings, 0, DIAG_COLOUR_MERGED, "input", -1,
                  "pixel x 1, y 1: the colours #000050 and #000057 of the picture are one on the console (RGB565); 1 "
                  "pixel, in tile 0");
    scene_free(scene);
}
