#include "export/metadata.h"
#include "export/sheet.h"
#include "export/work.h"
#include "reader/decode.h"

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

/* The whole sheet as one sprite; *given is false when the asset.json would be too long. */
static int give_sheet(struct export_work *work, uint32_t palettes, bool *given)
{
    static const struct export_sprite sprite = {.path = "sheet.png", .has_palette = true};
    struct base_bytes sheet = work->asset->sheet;
    int problem = export_work_metadata(work, computed);
    if (problem != 0) {
        return problem;
    }
    struct export_declaration declaration = export_work_declare(work, format);
    declaration.sprites = &sprite;
    declaration.sprite_count = 1;
    declaration.palette_count = palettes;
    problem = export_work_print(work, &declaration, given);
    if (problem != 0 || !*given) {
        return problem;
    }
    problem = export_work_give(work, format);
    problem = problem == 0 ? export_sheet_give_palettes(sheet, palettes, work->sink) : problem;
    return problem == 0 ? export_sheet_give_picture(sheet, work->sink) : problem;
}

int export_work_glyph(struct export_work *work)
{
    uint32_t palettes = 0;
    bool given = false;
    struct base_bytes sheet = work->asset->sheet;
    bool kept = read_glyph(&work->asset->entry, &palettes) && sheet.size == PP_GLYPH_STORED;
    work->outcome->inexact |= kept ? 0U : EXPORT_INEXACT_FORM;
    int problem = kept ? give_sheet(work, palettes, &given) : 0;
    if (problem != 0 || given) {
        return problem;
    }
    problem = export_work_raw(work, raw_format, "sheet.bin", &given);
    bool visible = given && sheet.size == PP_GLYPH_STORED;
    return problem == 0 && visible ? export_sheet_give_picture(sheet, work->sink) : problem;
}
