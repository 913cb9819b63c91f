#include "writer/image/draw.h"

#include "tests/writer/scene.h"

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
    CHECK_FINDING(&scene->findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 0, y 0: palette 3, which the sprite asks for, lacks this colour; 64 pixels in 1 tile, the "
                  "first in tile 0 (x 0, y 0 in it); palette 0 has all colours of the tile");
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
                  "pixel x 5, y 1: #00001f has the same RGB565 as #000018, which the picture has, too: the console "
                  "draws them as one; 1 pixel, in tile 0 (x 5, y 1 in it)");
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
    CHECK_FINDING(&scene->findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 1, y 0: palette 1 has the colour at entry 0 only, which is not drawn; 255 pixels in 4 "
                  "tiles, the first in tile 0 (x 1, y 0 in it)");
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

UNIT_TEST(an_alpha_of_16_bits_is_named_as_it_stands)
{
    struct scene *scene = scene_make(8, 8, false);
    fill(scene, 0xFF000018);
    set_colour(scene, 1, 0, 0x80000018);
    scene->image.deep_alpha = 1;
    CHECK(!draw(scene));
    CHECK_FINDING(&scene->findings, 0, DIAG_PIXEL_TRANSLUCENT, "input", -1,
                  "pixel x 1, y 0: neither opaque nor transparent: 1 pixel, in tile 0 (x 1, y 0 in it); the picture "
                  "has 16 bits per channel: save it with 8");
    CHECK_STRING(scene->findings.items[0].actual, "alpha 1 of 65535");
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
    CHECK_FINDING(
        &scene->findings, 0, DIAG_PIXEL_TRANSLUCENT, "input", -1,
        "pixel x 1, y 0: neither opaque nor transparent: 2 pixels in 2 tiles, the first in tile 0 (x 1, y 0 in it)");
    CHECK_STRING(scene->findings.items[0].actual, "alpha 128");
    CHECK_FINDING(&scene->findings, 1, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 9, y 9: no palette of the asset has the colour; 2 pixels in 1 tile, the first in tile 4 (x "
                  "1, y 1 in it); palette 0 is nearest: it lacks this colour and #99aabb");
    CHECK_STRING(scene->findings.items[1].actual, "#abcdef");
    CHECK_FINDING(
        &scene->findings, 2, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
        "pixel x 17, y 1: palette 3 has the colour at entry 0 only, which is not drawn; 1 pixel, in tile 2 (x 1, y 1 "
        "in it)");
    CHECK_FINDING(&scene->findings, 3, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 3, y 12: no palette has all colours of a tile; 1 pixel, in tile 3 (x 3, y 4 in it); palette "
                  "0 is nearest: it lacks this colour");
    scene_free(scene);
}

/* Black is not a colour of a palette that does not have it, although what is not authored is stored as zero. */
UNIT_TEST(colours_that_are_not_authored_do_not_count)
{
    struct scene *scene = scene_make(8, 8, false);
    fill(scene, 0xFF000000);
    CHECK(!draw(scene));
    CHECK_FINDING(&scene->findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 0, y 0: no palette of the asset has the colour; 64 pixels in 1 tile, the first in tile 0 (x "
                  "0, y 0 in it); palette 0 is nearest: it lacks this colour");
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
                  "pixel x 7, y 7: neither opaque nor transparent: 1 pixel, in tile 0 (x 7, y 7 in it)");
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

/* What is not drawn does not become one with anything. */
UNIT_TEST(transparent_colours_are_not_called_one)
{
    struct scene *scene = scene_make(16, 8, false);
    fill(scene, 0xFF000040);
    set_colour(scene, 1, 0, 0xFF000047);
    set_colour(scene, 9, 1, 0xFF000050);
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_INDEX;
    CHECK(draw(scene));
    CHECK_U64(index_at(scene, 1, 0), 0);
    CHECK_U64(scene->findings.count, 0);
    scene_free(scene);
}

/* In each tile the colour of entry 0 of its own palette is transparent. */
UNIT_TEST(colours_are_called_one_where_both_are_drawn)
{
    struct scene *scene = scene_make(24, 8, false);
    fill(scene, 0xFF000018);
    set_colour(scene, 9, 0, 0xFF00001F);
    for (uint32_t i = 0; i < 64; i++) {
        set_colour(scene, 16 + i % 8, i / 8, i == 0 ? 0xFF000067 : 0xFF000060);
    }
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_INDEX;
    scene->candidates = (struct writer_candidates){.count = 2, .index = {3, 1}};
    CHECK(draw(scene));
    CHECK_U64(scene->findings.count, 1);
    CHECK_U64(scene->findings.items[0].place.pixels, 1);
    CHECK_U64(scene->findings.items[0].place.x, 9);
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
