#include "service/palettes/usage.h"

#include "base/array.h"
#include "base/report.h"
#include "writer/encode/candidates.h"

#include <stdlib.h>
#include <string.h>

struct usage {
    const struct workspace_declaration *declaration;
    struct writer_drawing drawing;
    struct writer_tile_palettes palettes; /* of the present sprite */
    struct service_painted_sprites *sprites;
    size_t capacity;
    struct base_findings *findings;
};

/* One palette, or one of each tile. False when memory ran out. */
static bool take_palettes(const struct usage *usage, const struct writer_grid *grid,
                          struct service_painted_sprite *sprite)
{
    sprite->one = !usage->palettes.apart;
    sprite->palette = usage->palettes.palette;
    if (sprite->one) {
        return true;
    }
    size_t count = (size_t)grid->columns * grid->rows;
    sprite->tiles = calloc(count + 1, sizeof *sprite->tiles);
    for (size_t i = 0; sprite->tiles != NULL && i < count; i++) {
        sprite->tiles[i] = usage->palettes.tiles[i];
    }
    sprite->tile_count = sprite->tiles != NULL ? count : 0;
    return sprite->tiles != NULL;
}

static bool take(struct usage *usage, size_t input, const struct writer_grid *grid)
{
    struct service_painted_sprites *sprites = usage->sprites;
    struct service_painted_sprite *items =
        base_array_grow(sprites->items, sprites->count, &usage->capacity, sizeof *items);
    if (items == NULL) {
        return false;
    }
    sprites->items = items;
    struct service_painted_sprite *sprite = &items[sprites->count];
    *sprite = (struct service_painted_sprite){.path = strdup(usage->declaration->inputs[input].path)};
    if (sprite->path == NULL) {
        return false;
    }
    sprites->count++;
    return take_palettes(usage, grid, sprite);
}

/* What a picture loses is for the build to say: only what is in its way counts here. */
static bool draw(void *context, size_t input, struct writer_image *image, const struct writer_grid *grid,
                 const struct writer_reporter *report)
{
    struct usage *usage = context;
    const struct writer_candidates candidates =
        writer_candidates_of(usage->declaration, input, usage->drawing.palettes);
    struct base_findings found;
    base_findings_init(&found);
    struct writer_reporter aside = *report;
    aside.findings = &found;
    bool fine = writer_draw(&usage->drawing, image, grid, &candidates, &usage->palettes, &aside);
    if (!fine) {
        base_findings_move(usage->findings, &found);
    }
    base_findings_free(&found);
    if (fine && !take(usage, input, grid)) {
        base_report_out_of_memory(usage->findings, NULL);
        fine = false;
    }
    return fine;
}

bool service_palette_usage(const struct workspace *workspace, const struct workspace_asset *asset,
                           const struct writer_palette_set *palettes, struct service_painted_sprites *sprites,
                           struct base_findings *findings)
{
    struct usage *usage = calloc(1, sizeof *usage);
    if (usage == NULL) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    *usage = (struct usage){
        .declaration = &asset->declaration,
        .drawing = {.rules = asset->declaration.rules, .palettes = palettes, .declared = true},
        .sprites = sprites,
        .findings = findings,
    };
    bool fine = service_art_each(workspace, asset, draw, usage, findings);
    writer_colours_destroy(usage->drawing.colours);
    free(usage);
    return fine;
}

void service_painted_sprites_free(struct service_painted_sprites *sprites)
{
    for (size_t i = 0; i < sprites->count; i++) {
        free(sprites->items[i].path);
        free(sprites->items[i].tiles);
    }
    free(sprites->items);
    *sprites = (struct service_painted_sprites){.items = NULL};
}
