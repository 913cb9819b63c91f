#include "service/palettes/art.h"

#include "base/array.h"
#include "base/report.h"
#include "writer/image/indexed.h"
#include "writer/image/opacity.h"
#include "writer/image/palette_file.h"
#include "writer/image/picture_size.h"
#include "writer/image/sheet.h"

#include <stdlib.h>
#include <string.h>

/* ---- Inputs ---- */

/* An input that is open. */
struct opened {
    struct writer_source source;
    struct writer_reporter report;
    char *display;
};

static bool open_input(const struct workspace *workspace, const struct workspace_asset *asset, size_t input,
                       struct opened *opened, struct base_findings *findings)
{
    struct base_file file = BASE_FILE_CLOSED;
    *opened = (struct opened){
        .source = {.file = BASE_FILE_CLOSED},
        .report = {.findings = findings, .place = BASE_NOWHERE, .input = input},
        .display = workspace_input_display(workspace, asset, input),
    };
    opened->report.place.file = opened->display;
    opened->report.place.has_asset_id = true;
    opened->report.place.asset_id = asset->record->asset_id;
    if (opened->display == NULL) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    if (!workspace_input_open(workspace, asset, input, &file, findings)) {
        return false;
    }
    if (!writer_source_begin(&opened->source, &file)) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    opened->source.task = workspace->task;
    return true;
}

static void close_input(struct opened *opened)
{
    writer_source_end(&opened->source);
    free(opened->display);
}

/* ---- Palettes ---- */

bool service_art_palettes(const struct workspace *workspace, const struct workspace_asset *asset,
                          struct writer_palette_set *palettes, struct base_findings *findings)
{
    const struct workspace_declaration *declaration = &asset->declaration;
    size_t count = declaration->palette_count;
    *palettes = WRITER_PALETTE_SET_EMPTY;
    if (count > 0 && !writer_palette_set_reserve(palettes, declaration->palettes[count - 1].index + 1)) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    bool fine = true;
    for (size_t i = 0; i < count; i++) {
        struct opened opened;
        fine = open_input(workspace, asset, declaration->palettes[i].input, &opened, findings) &&
               writer_palette_read(&opened.source, &palettes->items[declaration->palettes[i].index], &opened.report) &&
               fine;
        close_input(&opened);
    }
    return fine;
}

/* ---- Sprites ---- */

static bool decode(const struct workspace_asset *asset, struct opened *opened, struct writer_image *image,
                   struct writer_grid *grid)
{
    const struct workspace_declaration *declaration = &asset->declaration;
    struct writer_png png = {.png = NULL};
    bool fine = writer_png_open(&png, &opened->source, &opened->report) &&
                writer_picture_check_size(&png, declaration->tile_size, declaration->rules.pad, &opened->report);
    if (fine) {
        *grid = writer_grid_of(png.width, png.height, declaration->tile_size);
        fine = writer_png_decode(&png, image, grid, &opened->report);
    }
    writer_png_close(&png);
    return fine;
}

bool service_art_each(const struct workspace *workspace, const struct workspace_asset *asset, service_art_visit visit,
                      void *context, struct base_findings *findings)
{
    bool fine = true;
    for (size_t i = 0; i < asset->declaration.input_count && !base_task_cancelled(workspace->task); i++) {
        if (asset->declaration.inputs[i].role != WORKSPACE_ROLE_SPRITES) {
            continue;
        }
        struct opened opened;
        struct writer_image image = {.pixels = NULL};
        struct writer_grid grid;
        fine = open_input(workspace, asset, i, &opened, findings) && decode(asset, &opened, &image, &grid) &&
               visit(context, i, &image, &grid, &opened.report) && fine;
        writer_image_free(&image);
        close_input(&opened);
    }
    return fine;
}

/* ---- Colours ---- */

/* What is known of one picture while it is taken apart. */
struct taking {
    struct service_art *art;
    const struct workspace_picture_rules *rules;
    const struct writer_image *image;
    struct writer_indexed indexed;
    uint8_t *seen; /* [SERVICE_COLOURS]: the tile has the colour; all zero between two tiles */
};

static bool is_opaque(const struct taking *taking, size_t pixel)
{
    if (taking->image->indexed) {
        return taking->indexed.opacity[taking->image->pixels[pixel]] == WRITER_OPAQUE;
    }
    return writer_image_colour(taking->image, pixel) >> 24 == 255;
}

static bool take_colour(struct taking *taking, size_t pixel)
{
    struct service_art *art = taking->art;
    uint32_t rgb = writer_image_colour(taking->image, pixel) & 0xFFFFFF;
    uint16_t colour = writer_rgb565(rgb);
    if (taking->seen[colour] != 0) {
        return true;
    }
    uint16_t *colours = base_array_grow(art->colours, art->colour_count, &art->colour_capacity, sizeof *art->colours);
    if (colours == NULL) {
        return false;
    }
    art->colours = colours;
    art->colours[art->colour_count++] = colour;
    taking->seen[colour] = 1;
    art->first[colour] = art->first[colour] == 0 ? rgb + 1 : art->first[colour];
    return true;
}

static bool take_tile(struct taking *taking, const struct writer_grid *grid, uint32_t tile)
{
    struct service_art *art = taking->art;
    struct service_art_tile *tiles = base_array_grow(art->tiles, art->tile_count, &art->tile_capacity, sizeof *tiles);
    if (tiles == NULL) {
        return false;
    }
    art->tiles = tiles;
    struct service_art_tile *own = &tiles[art->tile_count++];
    own->begin = art->colour_count;
    uint32_t left = tile % grid->columns * grid->tile_size;
    uint32_t top = tile / grid->columns * grid->tile_size;
    bool fine = true;
    for (uint32_t y = top; y < top + grid->tile_size && y < grid->height; y++) {
        for (uint32_t x = left; x < left + grid->tile_size && x < grid->width; x++) {
            size_t pixel = (size_t)y * grid->width + x;
            fine = fine && (!is_opaque(taking, pixel) || take_colour(taking, pixel));
        }
    }
    own->count = art->colour_count - own->begin;
    for (size_t i = 0; i < own->count; i++) {
        taking->seen[art->colours[own->begin + i]] = 0;
    }
    return fine;
}

static bool take_tiles(struct taking *taking, size_t input, const struct writer_grid *grid)
{
    struct service_art *art = taking->art;
    struct service_art_picture *pictures =
        base_array_grow(art->pictures, art->picture_count, &art->picture_capacity, sizeof *pictures);
    if (pictures == NULL) {
        return false;
    }
    art->pictures = pictures;
    pictures[art->picture_count++] = (struct service_art_picture){
        .input = input,
        .width = grid->width,
        .height = grid->height,
        .first_tile = art->tile_count,
        .tile_count = (size_t)grid->columns * grid->rows,
        .columns = grid->columns,
        .keyed = taking->rules->transparent == WORKSPACE_TRANSPARENT_INDEX && !taking->image->indexed &&
                 !writer_has_transparency(taking->image),
    };
    bool fine = true;
    for (uint32_t tile = 0; fine && tile < grid->columns * grid->rows; tile++) {
        fine = take_tile(taking, grid, tile);
    }
    return fine;
}

static bool take_opened(struct taking *taking, size_t input, const struct writer_image *image,
                        const struct writer_grid *grid, const struct writer_reporter *report)
{
    if (image->indexed) {
        taking->indexed = writer_indexed_of(image->palette, image->palette_count, image->keyed, taking->rules);
    }
    if (!writer_check_opacity(image, grid, image->indexed ? &taking->indexed : NULL, report)) {
        return false;
    }
    if (!take_tiles(taking, input, grid)) {
        base_report_out_of_memory(report->findings, NULL);
        return false;
    }
    return true;
}

static bool take_picture(void *context, size_t input, struct writer_image *image, const struct writer_grid *grid,
                         const struct writer_reporter *report)
{
    struct taking *taking = context;
    taking->image = image;
    bool fine = take_opened(taking, input, image, grid, report);
    taking->image = NULL;
    return fine;
}

bool service_art_read(struct service_art *art, const struct workspace *workspace, const struct workspace_asset *asset,
                      struct base_findings *findings)
{
    struct taking taking = {.art = art, .rules = &asset->declaration.rules};
    art->first = calloc(SERVICE_COLOURS, sizeof *art->first);
    taking.seen = calloc(SERVICE_COLOURS, sizeof *taking.seen);
    bool fine = art->first != NULL && taking.seen != NULL;
    if (!fine) {
        base_report_out_of_memory(findings, NULL);
    }
    fine = fine && service_art_each(workspace, asset, take_picture, &taking, findings);
    free(taking.seen);
    return fine;
}

void service_art_free(struct service_art *art)
{
    free(art->pictures);
    free(art->tiles);
    free(art->colours);
    free(art->first);
    *art = (struct service_art){.pictures = NULL};
}
