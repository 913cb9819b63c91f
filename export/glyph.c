#include "export/metadata.h"
#include "export/sheet.h"
#include "export/sprites.h"
#include "export/work.h"
#include "reader/decode.h"

#include <errno.h>
#include <stddef.h>

static const char format[] = "GLYPH/indexed_v1";
static const char raw_format[] = "GLYPH/raw_v1";
static const char *const computed[] = {"width", "height", "palette_count", "palette_authored", NULL};

static bool is_number(struct base_bytes metadata, const char *name, int64_t number)
{
    int64_t value;
    return export_metadata_integer(metadata, name, number, number, &value);
}

/* Whether the entry keeps the rules of its bank: assets-pa-v1.md 2.1. */
static bool read_glyph(const struct pp_entry *entry, uint32_t *palettes)
{
    struct base_bytes metadata = entry->metadata;
    int64_t authored;
    bool whole = is_number(metadata, "tile_size", 8) || is_number(metadata, "tile_size", 16) ||
                 is_number(metadata, "tile_size", 32);
    if (!whole || !is_number(metadata, "width", PP_GLYPH_SIDE) || !is_number(metadata, "height", PP_GLYPH_SIDE) ||
        !is_number(metadata, "palette_count", PP_GLYPH_PALETTES) ||
        !export_metadata_integer(metadata, "palette_authored", 1, PP_GLYPH_PALETTES, &authored)) {
        return false;
    }
    *palettes = (uint32_t)authored;
    return entry->size == PP_GLYPH_STORED && entry->decoded_size == PP_GLYPH_DECODED;
}

/* Gives asset.json and the palettes, if the asset.json is not too long. */
static int give_declared(struct export_work *work, const struct export_declaration *declaration, const char *needed,
                         bool *given)
{
    int problem = export_work_print(work, declaration, needed, given);
    if (problem != 0 || !*given) {
        return problem;
    }
    problem = export_work_give(work, format);
    return problem == 0 ? export_sheet_give_palettes(work->asset->sheet, declaration->palette_count, work->sink)
                        : problem;
}

/* The whole sheet as one sprite. */
static int give_sheet(struct export_work *work, uint32_t palettes, bool *given)
{
    static const struct export_sprite sprite = {.path = "sheet.png", .has_palette = true};
    struct export_declaration declaration = export_work_declare(work, format);
    declaration.sprites = &sprite;
    declaration.sprite_count = 1;
    declaration.palette_count = palettes;
    int problem = give_declared(work, &declaration, NULL, given);
    return problem == 0 && *given ? export_sheet_give_picture(work->asset->sheet, work->sink) : problem;
}

/* The sprites of the companion, if they give the sheet again. */
static int give_sprites(struct export_work *work, uint32_t palettes, bool *given)
{
    int64_t tile_size = 8;
    struct export_sprites sprites;
    (void)export_metadata_integer(work->asset->entry.metadata, "tile_size", 8, 32, &tile_size);
    const struct export_sheet sheet = {
        .payload = work->asset->sheet, .tile_size = (uint32_t)tile_size, .palettes = palettes};
    if (!export_sprites_read(&sprites, &sheet, work->asset->tiles, given)) {
        export_sprites_free(&sprites);
        return ENOMEM;
    }
    int problem = 0;
    if (*given) {
        struct export_declaration declaration = export_work_declare(work, format);
        declaration.sprites = sprites.items;
        declaration.sprite_count = sprites.count;
        declaration.palette_count = palettes;
        problem = give_declared(work, &declaration, sprites.banked ? "\"indices\":\"banked\"" : NULL, given);
        problem = problem == 0 && *given ? export_sprites_give(&sprites, work->sink) : problem;
    }
    export_sprites_free(&sprites);
    return problem;
}

/* The indexed form; *given is false when the asset.json would be too long. */
static int give_indexed(struct export_work *work, uint32_t palettes, bool *given)
{
    int problem = export_work_metadata(work, computed);
    if (problem == 0 && work->asset->tiles.size > 0) {
        problem = give_sprites(work, palettes, given);
    }
    return problem == 0 && !*given ? give_sheet(work, palettes, given) : problem;
}

int export_work_glyph(struct export_work *work)
{
    uint32_t palettes = 0;
    bool given = false;
    struct base_bytes sheet = work->asset->sheet;
    bool kept = read_glyph(&work->asset->entry, &palettes) && sheet.size == PP_GLYPH_STORED;
    work->outcome->inexact |= kept ? 0U : EXPORT_INEXACT_FORM;
    int problem = kept ? give_indexed(work, palettes, &given) : 0;
    if (problem != 0 || given) {
        return problem;
    }
    problem = export_work_raw(work, raw_format, "sheet.bin", &given);
    bool visible = given && sheet.size == PP_GLYPH_STORED;
    return problem == 0 && visible ? export_sheet_give_picture(sheet, work->sink) : problem;
}
