#include "writer/image/banked.h"

#include "tests/writer/scene.h"

/* ---- Indexed pictures with declared palettes ---- */

UNIT_TEST(an_indexed_picture_keeps_the_indices_of_its_palette)
{
    static const uint32_t colours[] = {0x40, 0x48, 0x48, 0x48};
    struct scene *scene = scene_make(8, 8, true);
    SET_PALETTE(scene, colours);
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
    SET_PALETTE(scene, colours);
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
    SET_PALETTE(scene, colours);
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
    SET_PALETTE(scene, colours);
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_ALPHA;
    scene->pixels[1] = 1;
    CHECK(draw(scene));
    CHECK_U64(scene->result.palette, 1);
    CHECK_U64(index_at(scene, 0, 0), 2);
    CHECK_U64(index_at(scene, 1, 0), 1);
    scene_free(scene);
}

/* Programs fill the rest of a PNG's palette as they like: with black, with grey, with the last colour. */
UNIT_TEST(entries_that_no_pixel_has_do_not_keep_a_palette_away)
{
    static const uint32_t colours[] = {0x99, 0x48, 0x48, 0x48, 0x99, 0x99};
    struct scene *scene = scene_make(8, 8, true);
    SET_PALETTE(scene, colours);
    scene->palettes.items[3] = (struct writer_palette){.count = 4, .colours = {0x40, 0x48, 0x48, 0x48}};
    scene->image.palette[0] = 0x00000099;
    scene->image.keyed = true;
    scene->pixels[1] = 3;
    scene->pixels[2] = 2;
    CHECK(draw(scene));
    CHECK_U64(scene->result.palette, 3); /* palette 1 has the colour at entry 1 alone */
    CHECK_U64(index_at(scene, 0, 0), 0);
    CHECK_U64(index_at(scene, 1, 0), 3);
    CHECK_U64(index_at(scene, 2, 0), 2);
    scene_free(scene);
}

UNIT_TEST(a_palette_that_is_equal_in_all_entries_comes_before_one_that_is_in_part)
{
    static const uint32_t colours[] = {0x40, 0x48, 0x50, 0x58};
    struct scene *scene = scene_make(8, 8, true);
    SET_PALETTE(scene, colours);
    scene->palettes.items[3] = (struct writer_palette){.count = 4, .colours = {0x40, 0x48, 0x50, 0x58}};
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_INDEX;
    scene->pixels[1] = 2;
    CHECK(draw(scene));
    CHECK_U64(scene->result.palette, 3); /* palette 1 has the used colour at the same entry, too */
    CHECK_U64(index_at(scene, 1, 0), 2);
    scene_free(scene);
}

/* One used colour is elsewhere: the picture goes by colour, and equal entries become one. */
UNIT_TEST(a_used_entry_of_another_colour_keeps_a_palette_away)
{
    static const uint32_t colours[] = {0x40, 0x48, 0x48, 0x50};
    struct scene *scene = scene_make(8, 8, true);
    SET_PALETTE(scene, colours);
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_INDEX;
    scene->pixels[1] = 3;
    scene->pixels[2] = 1;
    CHECK(draw(scene));
    CHECK_U64(scene->result.palette, 1);
    CHECK_U64(index_at(scene, 1, 0), 2);
    CHECK_U64(index_at(scene, 2, 0), 1);
    scene_free(scene);
}

/* After the exchange, the opaque pixels of index 0 have the entry of the transparent colour. */
UNIT_TEST(entries_in_use_are_those_after_the_exchange)
{
    static const uint32_t colours[] = {0x48, 0x99, 0x40};
    struct scene *scene = scene_make(8, 8, true);
    SET_PALETTE(scene, colours);
    scene->palettes.items[3] = (struct writer_palette){.count = 4, .colours = {0x40, 0x48, 0x48, 0x60}};
    scene->image.palette[2] = 0x00000040;
    scene->image.keyed = true;
    scene->pixels[1] = 2;
    CHECK(draw(scene));
    CHECK_U64(scene->result.palette, 3);
    CHECK_U64(index_at(scene, 0, 0), 2);
    CHECK_U64(index_at(scene, 1, 0), 0);
    scene_free(scene);
}

/* Palette 1 is the one of the picture, but has no other entry for the opaque pixels of index 0. */
UNIT_TEST(a_palette_that_cannot_take_index_0_is_passed_over_in_both_choices)
{
    static const uint32_t colours[] = {0x40, 0x48, 0x50};
    struct scene *scene = scene_make(8, 8, true);
    SET_PALETTE(scene, colours);
    scene->palettes.items[3] = (struct writer_palette){.count = 4, .colours = {0x40, 0x48, 0x99, 0x40}};
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_ALPHA;
    scene->pixels[1] = 1;
    CHECK(draw(scene));
    CHECK_U64(scene->result.palette, 3);
    CHECK_U64(index_at(scene, 0, 0), 3);
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
    SET_PALETTE(scene, colours);
    memset(scene->pixels, 1, 128);
    scene->pixels[3] = 0;
    scene->pixels[16 + 9] = 0;
    CHECK(draw(scene));
    CHECK_U64(scene->findings.count, 1);
    CHECK_FINDING(&scene->findings, 0, DIAG_PIXEL_HIDDEN, "input", -1,
                  "pixel x 3, y 0: the picture has no transparency, and its pixels with index 0, #000040, are not "
                  "drawn: 2 pixels in 2 tiles, the first in tile 0 (x 3, y 0 in it)");
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
    SET_PALETTE(scene, colours);
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
    SET_PALETTE(scene, colours);
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
    CHECK_FINDING(&scene->findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 0, y 0: the pixel is opaque and has index 0, which is not drawn, and no other index is "
                  "free; 49 pixels in 1 tile, the first in tile 0 (x 0, y 0 in it)");
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
    CHECK_FINDING(&scene->findings, 0, DIAG_PALETTE_INVALID, "input", -1,
                  "pixel x 1, y 1: a palette has 16 colours: 2 pixels in 2 tiles, the first in tile 0 (x 1, y 1 in "
                  "it)");
    CHECK_U64(scene->findings.items[0].cause, DIAG_CAUSE_PALETTE_HIGH);
    scene_free(scene);
}

UNIT_TEST(a_picture_that_looks_banked_is_said_to)
{
    struct scene *scene = scene_make(16, 8, true);
    scene->image.palette_count = 40;
    for (unsigned i = 0; i < 40; i++) {
        scene->image.palette[i] = 0xFF000000;
    }
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_INDEX;
    scene->pixels[0] = 15;
    scene->pixels[16 + 9] = 39;
    CHECK(!draw_own(scene));
    CHECK_FINDING(&scene->findings, 0, DIAG_PALETTE_INVALID, "input", -1,
                  "pixel x 9, y 1: a palette has 16 colours, and each tile has indices of one palette of sixteen: 1 "
                  "pixel, in tile 1 (x 1, y 1 in it)");
    CHECK_U64(scene->findings.items[0].cause, DIAG_CAUSE_PALETTE_BANKED);
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
    CHECK_FINDING(
        &scene->findings, 0, DIAG_PIXEL_TRANSLUCENT, "input", -1,
        "pixel x 2, y 4: neither opaque nor transparent: 2 pixels in 1 tile, the first in tile 0 (x 2, y 4 in it)");
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
    CHECK_FINDING(&scene->findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 10, y 0: the banked index 21 names entry 5 of palette 1: other pixels of its tile name "
                  "another palette; 2 pixels in 1 tile, the first in tile 1 (x 2, y 0 in it)");
    scene_free(scene);
}

UNIT_TEST(a_banked_entry_0_that_is_opaque_needs_an_equal_entry)
{
    struct scene *scene = scene_banked(8, 8);
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_ALPHA;
    CHECK(!draw(scene));
    CHECK_FINDING(&scene->findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1,
                  "pixel x 0, y 0: the banked index 0 names entry 0 of palette 0: the pixel is opaque, and entry 0 is "
                  "not drawn; no other entry of the palette has its colour; 64 pixels in 1 tile, the first in tile 0 "
                  "(x 0, y 0 in it); palette 0 is nearest: it lacks this colour");
    base_findings_free(&scene->findings);
    scene->palettes.items[0].colours[6] = scene->palettes.items[0].colours[0];
    CHECK(draw(scene));
    CHECK_U64(index_at(scene, 0, 0), 6);
    scene_free(scene);
}

/* ---- Losses ---- */

/* Entries that no pixel has do not count. */
UNIT_TEST(twins_of_a_palette_are_named_where_pixels_have_them)
{
    static const uint32_t colours[] = {0x40, 0x48, 0x4F, 0x50, 0x57};
    struct scene *scene = scene_make(8, 8, true);
    SET_PALETTE(scene, colours);
    scene->drawing.rules.transparent = WORKSPACE_TRANSPARENT_INDEX;
    memset(scene->pixels, 1, 64);
    scene->pixels[1] = 3;
    CHECK(draw_own(scene));
    CHECK_U64(scene->findings.count, 0);
    scene->pixels[9] = 4;
    CHECK(draw(scene));
    CHECK_U64(scene->findings.count, 1);
    CHECK_FINDING(&scene->findings, 0, DIAG_COLOUR_MERGED, "input", -1,
                  "pixel x 1, y 1: index 4 of the picture, #000057, has the same RGB565 as index 3, #000050: the "
                  "console draws them as one; 1 pixel, in tile 0 (x 1, y 1 in it)");
    scene_free(scene);
}
