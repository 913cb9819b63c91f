/* A picture that is drawn with some palettes, and what comes of it. */
#ifndef PRPACK_TESTS_WRITER_SCENE_H
#define PRPACK_TESTS_WRITER_SCENE_H

#include "tests/writer/kit.h"
#include "writer/image/draw.h"

#include <stdlib.h>

enum { SIDE_MAX = 32 };

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
static inline struct scene *scene_make(uint32_t width, uint32_t height, bool indexed)
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

static inline void scene_free(struct scene *scene)
{
    writer_colours_destroy(scene->drawing.colours);
    writer_palette_set_free(&scene->palettes);
    writer_warnings_free(&scene->warnings);
    base_findings_free(&scene->findings);
    free(scene);
}

static inline bool draw(struct scene *scene)
{
    struct writer_reporter report = kit_report(&scene->findings);
    const struct writer_grid grid = writer_grid_of(scene->image.width, scene->image.height, scene->tile_size);
    report.warnings = &scene->warnings;
    return writer_draw(&scene->drawing, &scene->image, &grid, &scene->candidates, &scene->result, &report);
}

/* A truecolour pixel, 0xAARRGGBB. */
static inline void set_colour(struct scene *scene, uint32_t x, uint32_t y, uint32_t argb)
{
    uint8_t *at = scene->pixels + ((size_t)y * scene->image.width + x) * 4;
    at[0] = (uint8_t)((argb >> 16) & 0xFF);
    at[1] = (uint8_t)((argb >> 8) & 0xFF);
    at[2] = (uint8_t)(argb & 0xFF);
    at[3] = (uint8_t)(argb >> 24);
}

static inline void fill(struct scene *scene, uint32_t argb)
{
    for (uint32_t y = 0; y < scene->image.height; y++) {
        for (uint32_t x = 0; x < scene->image.width; x++) {
            set_colour(scene, x, y, argb);
        }
    }
}

static inline unsigned index_at(const struct scene *scene, uint32_t x, uint32_t y)
{
    return scene->pixels[y * scene->image.width + x];
}

/* The colours of an indexed picture, all opaque. */
static inline void set_palette(struct scene *scene, const uint32_t *colours, uint32_t count)
{
    scene->image.palette_count = count;
    for (uint32_t i = 0; i < count; i++) {
        scene->image.palette[i] = 0xFF000000 | colours[i];
    }
}

/* set_palette() of an array with all its colours. */
#define SET_PALETTE(scene, colours) set_palette(scene, colours, (uint32_t)(sizeof(colours) / sizeof(colours)[0]))

#endif
