#include "writer/image/draw.h"

#include "tests/writer/scene.h"

/* The place of the only finding. */
static const struct base_place *place_of(const struct scene *scene)
{
    REQUIRE(scene->findings.count == 1);
    return &scene->findings.items[0].place;
}

static void check_place(const struct scene *scene, uint32_t x, uint32_t y, uint64_t tile, uint64_t pixels,
                        uint64_t tiles)
{
    const struct base_place *place = place_of(scene);
    CHECK(place->has_pixel && place->has_tile);
    CHECK_U64(place->x, x);
    CHECK_U64(place->y, y);
    CHECK_U64(place->tile, tile);
    CHECK_U64(place->pixels, pixels);
    CHECK_U64(place->tiles, tiles);
}

/* Row by row, not tile by tile. */
UNIT_TEST(the_first_pixel_is_that_of_the_first_row)
{
    struct scene *scene = scene_make(24, 16, false);
    fill(scene, 0);
    set_colour(scene, 2, 5, 0xFFABCDEF);
    set_colour(scene, 9, 1, 0xFFABCDEF);
    set_colour(scene, 10, 1, 0xFFABCDEF);
    CHECK(!draw(scene));
    check_place(scene, 9, 1, 1, 3, 2);
    scene_free(scene);
}

UNIT_TEST(the_nearest_palette_has_the_most_colours_of_the_tile)
{
    struct scene *scene = scene_make(16, 8, false);
    fill(scene, 0);
    set_colour(scene, 0, 0, 0xFF000020); /* palette 0 */
    set_colour(scene, 8, 0, 0xFF000018); /* palettes 0 and 3 */
    set_colour(scene, 9, 0, 0xFF000048); /* palettes 1 and 3 */
    set_colour(scene, 10, 0, 0xFFABCDEF);
    set_colour(scene, 11, 0, 0xFF99AABB);
    set_colour(scene, 12, 0, 0xFF778899);
    CHECK(!draw(scene));
    check_place(scene, 10, 0, 1, 3, 1);
    CHECK(place_of(scene)->has_palette);
    CHECK_U64(place_of(scene)->palette, 3);
    CHECK_FINDING(&scene->findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 10, y 0: no palette of the asset has the colour; 3 pixels in 1 tile, the first in tile 1 (x "
                  "2, y 0 in it); palette 3 is nearest: it lacks this colour, #99aabb and 1 more of the tile");
    scene_free(scene);
}

UNIT_TEST(of_palettes_that_are_as_near_the_lowest_is_named)
{
    struct scene *scene = scene_make(8, 8, false);
    fill(scene, 0);
    scene->candidates = (struct writer_candidates){.count = 3, .index = {3, 1, 0}};
    scene->palettes.items[1].file = "hero.gpl";
    set_colour(scene, 0, 0, 0xFF000048); /* palettes 1 and 3 */
    set_colour(scene, 1, 0, 0xFF000020); /* palette 0 */
    CHECK(!draw(scene));
    check_place(scene, 0, 0, 0, 1, 1);
    CHECK_U64(place_of(scene)->palette, 0);
    set_colour(scene, 2, 0, 0xFF000050); /* palette 1 */
    base_findings_free(&scene->findings);
    CHECK(!draw(scene));
    check_place(scene, 1, 0, 0, 1, 1);
    CHECK_U64(place_of(scene)->palette, 1);
    CHECK_FINDING(&scene->findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 1, y 0: no palette has all colours of a tile; 1 pixel, in tile 0 (x 1, y 0 in it); palette "
                  "1, hero.gpl, is nearest: it lacks this colour");
    scene_free(scene);
}

/* What a palette has as the colour that stands for transparent pixels, it does not lack. */
UNIT_TEST(a_colour_that_counts_as_transparent_is_not_lacking)
{
    struct scene *scene = scene_make(8, 8, false);
    fill(scene, 0xFF000040); /* entry 0 of palette 1 */
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_INDEX;
    set_colour(scene, 0, 0, 0xFF000018); /* palettes 0 and 3 */
    set_colour(scene, 1, 0, 0xFF000050); /* palette 1 */
    CHECK(!draw(scene));
    check_place(scene, 0, 0, 0, 1, 1);
    CHECK_U64(place_of(scene)->palette, 1);
    scene_free(scene);
}

UNIT_TEST(a_colour_that_differs_from_entry_0_in_8_bits_alone_is_named_as_the_same)
{
    struct scene *scene = scene_make(8, 8, false);
    fill(scene, 0);
    set_colour(scene, 7, 7, 0xFF000047); /* entry 0 of palette 1 is #000040 */
    CHECK(!draw(scene));
    CHECK_FINDING(&scene->findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 7, y 7: palette 1 has the colour, or one of the same RGB565, at entry 0 only, which is not "
                  "drawn; 1 pixel, in tile 0 (x 7, y 7 in it)");
    scene_free(scene);
}

/* A banked index says which entry it means; another entry, or palette, may have the colour. */
UNIT_TEST(a_banked_index_of_a_wrong_entry_is_led_to_the_right_one)
{
    static const uint32_t colours[] = {0, 0x20, 0x18};
    struct scene *scene = scene_make(8, 8, true);
    scene->drawing.rules.banked = true;
    SET_PALETTE(scene, colours);
    scene->pixels[3 * 8 + 4] = 1;
    scene->image.palette[0] = 0;
    scene->image.keyed = true;
    CHECK(!draw(scene));
    check_place(scene, 4, 3, 0, 1, 1);
    CHECK_U64(place_of(scene)->palette, 0);
    CHECK_FINDING(&scene->findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 4, y 3: the banked index 1 names entry 1 of palette 0: that entry is #000018; 1 pixel, in "
                  "tile 0 (x 4, y 3 in it); palette 0 has the colour at entry 2");
    scene_free(scene);
}

UNIT_TEST(a_hidden_colour_that_another_index_draws_is_led_there)
{
    static const uint32_t colours[] = {0x10, 0x18, 0x17, 0x50};
    struct scene *scene = scene_make(8, 8, true);
    SET_PALETTE(scene, colours);
    scene->palettes.items[0] = (struct writer_palette){.count = 4, .colours = {0x10, 0x18, 0x17, 0x50}};
    for (unsigned i = 0; i < 64; i++) {
        scene->pixels[i] = i == 9 ? 0 : 1;
    }
    CHECK(draw(scene));
    CHECK_FINDING(&scene->findings, 0, DIAG_PIXEL_HIDDEN, "input", -1,
                  "pixel x 1, y 1: the picture has no transparency, and its pixels with index 0, #000010, are not "
                  "drawn: 1 pixel, in tile 0 (x 1, y 1 in it); index 2 has the same RGB565, and is drawn");
    CHECK_U64(scene->warnings.items[0].tile, 0);
    CHECK_U64(scene->warnings.items[0].pixels, 1);
    CHECK_U64(scene->warnings.items[0].tiles, 1);
    scene_free(scene);
}
