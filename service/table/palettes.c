/* The result of `palettes` as a table of members. */
#include "service/service.h"
#include "service/table/colour.h"
#include "service/table/plan_members.h"
#include "service/table/tables.h"

#define FOUND(field) SERVICE_AT(struct service_palette_found, field)
#define SPRITE(field) SERVICE_AT(struct service_painted_sprite, field)
#define PART(field) SERVICE_AT(struct service_conflict_part, field)
#define PART_HAS(field) SERVICE_IF(struct service_conflict_part, field)
#define RESULT(field) SERVICE_AT(struct service_palettes_result, field)
#define RESULT_HAS(field) SERVICE_IF(struct service_palettes_result, field)

/* ---- Palettes ---- */

static const char *const states[] = {
    [SERVICE_PALETTE_KEPT] = "kept",
    [SERVICE_PALETTE_FILLED] = "filled",
    [SERVICE_PALETTE_NEW] = "new",
    NULL,
};

static const void *rows_of_colours(const void *record, size_t *at, union service_row *space)
{
    const struct service_palette_found *found = record;
    (void)space;
    return *at < found->colour_count ? &found->colours[(*at)++] : NULL;
}

static const struct service_member found_members[] = {
    {.name = "index", .kind = SERVICE_KIND_COUNT, .most = 63, FOUND(index)},
    {.name = "path", .kind = SERVICE_KIND_STRING, .help = "Relative to the asset's directory.", FOUND(path)},
    {.name = "state", .kind = SERVICE_KIND_STRING, .words = states, .is_word = true, FOUND(state)},
    {.name = "added",
     .kind = SERVICE_KIND_COUNT,
     .help = "How many of the colours, at the end, the file does not have yet.",
     FOUND(added)},
    {.name = "colours",
     .kind = SERVICE_KIND_LIST,
     .help = "Entry by entry; entry 0 is not drawn.",
     .row = &service_row_colour,
     .rows = rows_of_colours},
};
static const struct service_table found_table = SERVICE_TABLE(found_members);
static const struct service_member found_row = {.kind = SERVICE_KIND_OBJECT, .table = &found_table};

static const void *rows_of_found(const void *record, size_t *at, union service_row *space)
{
    const struct service_palettes_result *result = record;
    (void)space;
    return *at < result->palette_count ? &result->palettes[(*at)++] : NULL;
}

/* ---- Sprites ---- */

static const struct service_member index_row = {
    .kind = SERVICE_KIND_COUNT, .most = 63, .storage = SERVICE_STORED_UNSIGNED, .size = sizeof(unsigned)};

static const void *rows_of_tiles(const void *record, size_t *at, union service_row *space)
{
    const struct service_painted_sprite *sprite = record;
    (void)space;
    return *at < sprite->tile_count ? &sprite->tiles[(*at)++] : NULL;
}

static const struct service_member sprite_members[] = {
    {.name = "path", .kind = SERVICE_KIND_STRING, .help = "Relative to the asset's directory.", SPRITE(path)},
    {.name = "palette",
     .kind = SERVICE_KIND_COUNT,
     .most = 63,
     .help = "Of all its tiles; null when they have different ones.",
     SPRITE(palette),
     SERVICE_IF(struct service_painted_sprite, one)},
    {.name = "palettes",
     .kind = SERVICE_KIND_LIST,
     .help = "Of each tile, row by row; empty when all tiles have the same one.",
     .row = &index_row,
     .rows = rows_of_tiles},
};
static const struct service_table sprite_table = SERVICE_TABLE(sprite_members);
static const struct service_member sprite_row = {.kind = SERVICE_KIND_OBJECT, .table = &sprite_table};

static const void *rows_of_sprites(const void *record, size_t *at, union service_row *space)
{
    const struct service_painted_sprites *sprites = record;
    (void)space;
    return *at < sprites->count ? &sprites->items[(*at)++] : NULL;
}

/* ---- Conflicts ---- */

static const struct service_member part_members[] = {
    {.name = "path",
     .kind = SERVICE_KIND_STRING,
     .help = "Of the sprite, relative to the asset's directory.",
     PART(path)},
    {.name = "tile",
     .kind = SERVICE_KIND_COUNT,
     .help = "Of the sprite, row by row from 0; null: all of the sprite.",
     PART(tile),
     PART_HAS(has_tile)},
    {.name = "x", .kind = SERVICE_KIND_COUNT, .help = "Of its first pixel in the picture.", PART(x)},
    {.name = "y", .kind = SERVICE_KIND_COUNT, PART(y)},
    {.name = "colours", .kind = SERVICE_KIND_COUNT, .help = "That it has.", PART(colours)},
    {.name = "excess",
     .kind = SERVICE_KIND_COUNT,
     .help = "With so many colours less it would fit, if all others stay as they are; null: not known.",
     PART(excess),
     PART_HAS(has_excess)},
};
static const struct service_table part_table = SERVICE_TABLE(part_members);
static const struct service_member part_row = {.kind = SERVICE_KIND_OBJECT, .table = &part_table};

static const void *rows_of_parts(const void *record, size_t *at, union service_row *space)
{
    const struct service_palettes_result *result = record;
    (void)space;
    return *at < result->part_count ? &result->parts[(*at)++] : NULL;
}

/* ---- The result ---- */

static const struct service_member palettes_members[] = {
    {.name = "file", .kind = SERVICE_KIND_STRING, .help = "The asset, as it was named.", RESULT(file)},
    {.name = "asset_id",
     .kind = SERVICE_KIND_INTEGER,
     .least = 1,
     .help = "Null, like root, when there is no such asset.",
     RESULT(asset_id),
     RESULT_HAS(known)},
    {.name = "root", .kind = SERVICE_KIND_STRING, .nullable = true, .help = "Relative to assets/.", RESULT(root)},
    SERVICE_MEMBER_DRY_RUN(RESULT(dry_run)),
    SERVICE_MEMBER_PLAN(RESULT(plan)),
    {.name = "algorithm", .kind = SERVICE_KIND_COUNT, .help = "The number of the search.", RESULT(algorithm)},
    {.name = "limit", .kind = SERVICE_KIND_COUNT, .help = "Palettes that the asset may have.", RESULT(limit)},
    {.name = "found",
     .kind = SERVICE_KIND_COUNT,
     .help = "Palettes that the asset has then; null when no solution was found.",
     RESULT(found),
     RESULT_HAS(done)},
    {.name = "bound",
     .kind = SERVICE_KIND_COUNT,
     .help = "No solution has fewer palettes, those that are declared included; null: not known.",
     RESULT(bound),
     RESULT_HAS(bounded)},
    {.name = "proven", .kind = SERVICE_KIND_BOOLEAN, .help = "found is the least number there is.", RESULT(proven)},
    {.name = "palettes",
     .kind = SERVICE_KIND_LIST,
     .help = "All palettes of the asset, in rising index.",
     .row = &found_row,
     .rows = rows_of_found},
    {.name = "sprites",
     .kind = SERVICE_KIND_LIST,
     .help = "What a build makes of each sprite with these palettes.",
     .row = &sprite_row,
     .rows = rows_of_sprites,
     RESULT(sprites)},
    {.name = "conflict",
     .kind = SERVICE_KIND_LIST,
     .help = "Tiles and sprites that do not fit; empty when all do.",
     .row = &part_row,
     .rows = rows_of_parts},
};
const struct service_table service_members_palettes = SERVICE_TABLE(palettes_members);
