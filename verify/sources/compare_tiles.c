#include "verify/sources/compare_tiles.h"

#include "verify/core/recorded_tiles.h"
#include "verify/sources/source.h"

#include <stdio.h>
#include <string.h>

enum { TEXT = 64 };

/* One element while it is compared. */
struct element {
    const struct verify_sheet *sheet;
    const struct verify_sprite *sprite;
    size_t number;
    struct verify_recorded_sprite recorded;
};

static void report(const struct element *element, const char *member, struct json_token value, const char *expected,
                   const char *what)
{
    char below[TEXT];
    char message[TEXT * 6];
    (void)snprintf(below, sizeof below, "/tiles/%zu/%s", element->number, member);
    (void)snprintf(message, sizeof message, "the recorded %s of %.200s is not the one that the workspace gives", what,
                   element->sprite->declared->path);
    verify_report_recorded(element->sheet->asset, DIAG_TILES_MISMATCH, value, below, expected, message);
}

static bool compare_number(const struct element *element, const char *member, struct json_token value,
                           uint32_t expected, const char *what)
{
    uint64_t number = UINT64_MAX;
    char shown[TEXT];
    if (json_token_unsigned(element->sheet->asset->facts->record->text, value, &number) && number == expected) {
        return true;
    }
    (void)snprintf(shown, sizeof shown, "%u", (unsigned)expected);
    report(element, member, value, shown, what);
    return false;
}

/* A list of palettes. That it is a list where all are equal is a fault without sources. */
static void compare_list(const struct element *element)
{
    struct json_walk walk;
    struct json_token value;
    char member[TEXT];
    char what[TEXT];
    uint32_t tiles = verify_sprite_tiles(element->sheet, element->sprite);
    uint32_t of = 0;
    json_walk_begin_inside(&walk, element->sheet->asset->facts->record->text, element->recorded.palettes);
    while (json_walk_element(&walk, &value)) {
        (void)snprintf(member, sizeof member, "palettes/%u", (unsigned)of);
        (void)snprintf(what, sizeof what, "palette of tile %u", (unsigned)(element->sprite->first_tile + of));
        if (of == tiles || !compare_number(element, member, value, element->sprite->palettes[of], what)) {
            return;
        }
        of++;
    }
}

static bool has_one_palette(const struct element *element)
{
    const uint8_t *palettes = element->sprite->palettes;
    uint32_t tiles = verify_sprite_tiles(element->sheet, element->sprite);
    return tiles < 2 || memcmp(palettes, palettes + 1, tiles - 1) == 0;
}

static void compare_palettes(const struct element *element)
{
    if (element->recorded.palettes.kind == JSON_ARRAY_BEGIN) {
        compare_list(element);
    } else if (has_one_palette(element)) {
        (void)compare_number(element, "palette", element->recorded.palette, element->sprite->palettes[0], "palette");
    } else {
        report(element, "palette", element->recorded.palette, "palettes, one for each tile", "palette");
    }
}

static void compare_element(const struct element *element)
{
    const struct verify_sheet *sheet = element->sheet;
    const struct verify_recorded_sprite *recorded = &element->recorded;
    const char *path = element->sprite->declared->path;
    uint32_t columns = verify_sprite_columns(sheet, element->sprite);
    if (!json_token_is(sheet->asset->facts->record->text, recorded->path, path)) {
        report(element, "path", recorded->path, path, "path");
        return;
    }
    if (compare_number(element, "tile", recorded->tile, element->sprite->first_tile, "tile") &&
        compare_number(element, "columns", recorded->columns, columns, "number of columns") &&
        compare_number(element, "rows", recorded->rows, verify_sprite_tiles(sheet, element->sprite) / columns,
                       "number of rows")) {
        compare_palettes(element);
    }
}

void verify_compare_tiles(const struct verify_sheet *sheet)
{
    const struct verify_source_asset *asset = sheet->asset;
    const struct verify_record *record = asset->facts->record;
    struct json_token list = {.kind = JSON_ARRAY_BEGIN, .begin = record->assets[asset->index].tiles_at};
    struct element element = {.sheet = sheet};
    struct json_walk walk;
    if (record->version == 1) {
        return;
    }
    if (list.begin == 0) {
        verify_report_recorded(asset, DIAG_TILES_MISMATCH, asset->recorded, "", "tiles",
                               "the tiles of the sprites are not recorded");
        return;
    }
    verify_recorded_tiles_begin(&walk, record, asset->index);
    for (; verify_recorded_tiles_next(&walk, &element.recorded); element.number++) {
        if (element.number == sheet->count) {
            verify_report_recorded(asset, DIAG_TILES_MISMATCH, list, "/tiles", NULL,
                                   "more sprites are recorded than the declaration has");
            return;
        }
        element.sprite = &sheet->sprites[element.number];
        compare_element(&element);
    }
    if (element.number < sheet->count) {
        verify_report_recorded(asset, DIAG_TILES_MISMATCH, list, "/tiles",
                               sheet->sprites[element.number].declared->path,
                               "a sprite of the declaration is not recorded");
    }
}

void verify_compare_no_tiles(const struct verify_source_asset *asset)
{
    struct json_token list = {.kind = JSON_ARRAY_BEGIN, .begin = asset->facts->record->assets[asset->index].tiles_at};
    if (list.begin != 0) {
        verify_report_recorded(asset, DIAG_TILES_MISMATCH, list, "/tiles", "no such member",
                               "tiles are recorded, and the format of the asset has none");
    }
}
