#include "verify/companions/tiles.h"

#include "verify/core/findings.h"
#include "verify/core/format.h"
#include "verify/core/recorded_tiles.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { NUMBER_TEXT = 48 };

/* The tiles of one asset while they are checked. */
struct check {
    const struct verify_record *record;
    struct verify_sink *sink;
    const struct verify_entry *known;
    size_t asset;  /* index of the entry */
    size_t sprite; /* index of the element at hand */
    bool fits;     /* what was checked so far */
    /* Of each tile of the sheet: 1 + the index of the sprite that has it; 0: none. */
    uint16_t owners[VERIFY_SHEET_TILES_MAX];
};

/* ---- Findings ---- */

/* A fault of a value, whose pointer is `below` the asset. */
__attribute__((format(printf, 5, 6))) static void report_fault(struct check *check, const char *below,
                                                               struct json_token value, const char *expected,
                                                               const char *format, ...)
{
    const struct verify_record *record = check->record;
    struct base_findings *findings = &check->sink->findings;
    struct base_text pointer = BASE_TEXT_EMPTY;
    struct base_details details = {.expected = expected};
    va_list arguments;
    json_pointer_add_name(&pointer, "assets");
    json_pointer_add_index(&pointer, check->asset);
    base_text_add_string(&pointer, below);
    if (value.kind == JSON_NUMBER) {
        details.actual_bytes = json_token_bytes(record->text, value);
    }
    struct base_lines lines = base_lines_near(&record->lines, value.begin);
    details.place = (struct base_place){.file = record->path,
                                        BASE_AT_BYTE(value.begin, details.actual_bytes.size),
                                        .lines = &lines,
                                        .json_pointer = base_text_string(&pointer),
                                        .has_asset_id = (check->known->flags & VERIFY_ENTRY_HAS_ID) != 0,
                                        .asset_id = check->known->asset_id};
    va_start(arguments, format);
    base_reportv(findings, DIAG_TILES_MISMATCH, &details, format, arguments);
    va_end(arguments);
    base_text_release(&pointer, &findings->out_of_memory);
    check->fits = false;
}

/* A number of the element at hand: `name` is its member, or MEMBER/INDEX. */
static void report_number(struct check *check, const char *name, struct json_token value, uint32_t low, uint32_t high,
                          const char *message)
{
    char below[NUMBER_TEXT];
    char expected[NUMBER_TEXT];
    (void)snprintf(below, sizeof below, "/tiles/%zu/%s", check->sprite, name);
    (void)snprintf(expected, sizeof expected, "%" PRIu32 " to %" PRIu32, low, high);
    report_fault(check, below, value, expected, "%s", message);
}

/* ---- Sprites ---- */

/* Reads a number that has to lie in a range. */
static bool check_number(struct check *check, const char *name, struct json_token value, uint32_t low, uint32_t high,
                         const char *message, uint32_t *number)
{
    int64_t found;
    if (!json_token_integer(check->record->text, value, low, high, &found)) {
        report_number(check, name, value, low, high, message);
        return false;
    }
    *number = (uint32_t)found;
    return true;
}

static uint32_t tiles_across(const struct check *check)
{
    return PP_GLYPH_SIDE / (uint32_t)check->known->bank_facts.glyph.tile_size;
}

/* Where the sprite is, when all of it lies in the sheet. */
static bool check_place(struct check *check, const struct verify_recorded_sprite *sprite,
                        struct verify_tile_range *range)
{
    uint32_t tiles = tiles_across(check) * tiles_across(check);
    return check_number(check, "columns", sprite->columns, 1, tiles, "the sheet does not have room for so many columns",
                        &range->columns) &&
           check_number(check, "rows", sprite->rows, 1, tiles / range->columns,
                        "the sheet does not have room for so many rows", &range->rows) &&
           check_number(check, "tile", sprite->tile, 0, tiles - range->columns * range->rows,
                        "the tiles of the sprite do not lie in the sheet", &range->first);
}

/* Takes the tiles; the first one that another sprite has is a fault. */
static void check_owners(struct check *check, const struct verify_recorded_sprite *sprite,
                         const struct verify_tile_range *range)
{
    char below[NUMBER_TEXT];
    for (uint32_t tile = range->first; tile < range->first + range->columns * range->rows; tile++) {
        if (check->owners[tile] != 0) {
            (void)snprintf(below, sizeof below, "/tiles/%zu", check->sprite);
            report_fault(check, below, sprite->object, "tiles of its own",
                         "tile %" PRIu32 " has two sprites: elements %u and %zu of tiles", tile,
                         check->owners[tile] - 1U, check->sprite);
            return;
        }
        check->owners[tile] = (uint16_t)(check->sprite + 1);
    }
}

static bool check_palette(struct check *check, const char *name, struct json_token value, uint32_t *palette)
{
    return check_number(check, name, value, 0, check->known->bank_facts.glyph.palette_authored - 1U,
                        "the pack does not have the palette", palette);
}

/* One palette for each tile, and not the same one for all. */
static void check_palettes(struct check *check, struct json_token list, uint32_t tiles)
{
    char name[NUMBER_TEXT];
    struct json_walk walk;
    struct json_token value;
    uint32_t first = 0;
    uint32_t palette = 0;
    uint32_t count = 0;
    bool differ = false;
    json_walk_begin_inside(&walk, check->record->text, list);
    while (json_walk_element(&walk, &value)) {
        (void)snprintf(name, sizeof name, "palettes/%" PRIu32, count);
        if (!check_palette(check, name, value, &palette)) {
            return;
        }
        first = count == 0 ? palette : first;
        differ = differ || palette != first;
        count++;
    }
    (void)snprintf(name, sizeof name, "/tiles/%zu/palettes", check->sprite);
    if (count != tiles) {
        char expected[NUMBER_TEXT];
        (void)snprintf(expected, sizeof expected, "%" PRIu32 " palettes", tiles);
        report_fault(check, name, list, expected, "the sprite has %" PRIu32 " tiles and %" PRIu32 " palettes", tiles,
                     count);
    } else if (!differ) {
        report_fault(check, name, list, "the member palette", "all tiles of the sprite have one palette");
    }
}

static void check_sprite(struct check *check, const struct verify_recorded_sprite *sprite)
{
    struct verify_tile_range range = {.first = 0};
    uint32_t palette;
    if (!check_place(check, sprite, &range)) {
        return;
    }
    check_owners(check, sprite, &range);
    if (sprite->palettes.kind == JSON_ARRAY_BEGIN) {
        check_palettes(check, sprite->palettes, range.columns * range.rows);
    } else {
        (void)check_palette(check, "palette", sprite->palette, &palette);
    }
}

/* ---- Assets ---- */

static void check_asset(struct check *check)
{
    struct json_walk walk;
    struct verify_recorded_sprite sprite;
    memset(check->owners, 0, sizeof check->owners);
    verify_recorded_tiles_begin(&walk, check->record, check->asset);
    /* A sheet does not have more tiles, so a further sprite was reported. */
    for (check->sprite = 0; verify_recorded_tiles_next(&walk, &sprite) && check->sprite <= VERIFY_SHEET_TILES_MAX;
         check->sprite++) {
        check_sprite(check, &sprite);
    }
}

void verify_check_recorded_tiles(const struct verify_subject *subject, struct verify_facts *facts,
                                 struct verify_sink *sink)
{
    struct verify_record *record = facts->record;
    struct base_task *task = subject->options->task;
    struct check check = {.record = record, .sink = sink};
    if (record->version == 1) {
        verify_report_not_checked(sink, "tiles: asset_table_metadata.json is of version 1");
        return;
    }
    for (size_t i = 0; i < facts->entry_count && i < record->asset_count && !base_task_cancelled_in(task, i); i++) {
        check.known = &facts->entries[i];
        check.asset = i;
        check.fits = true;
        if (record->assets[i].tiles_at == 0 || (check.known->flags & VERIFY_ENTRY_HAS_BANK) == 0) {
            continue;
        }
        struct json_token tiles = {.kind = JSON_ARRAY_BEGIN, .begin = record->assets[i].tiles_at};
        if (check.known->bank != PP_BANK_GLYPH) {
            report_fault(&check, "/tiles", tiles, "no such member", "an asset of another bank than GLYPH has tiles");
        } else if ((check.known->flags & VERIFY_ENTRY_HAS_GLYPH) == 0) {
            verify_report_not_checked(sink, "tiles of assets with broken metadata or size");
        } else {
            check_asset(&check);
            record->assets[i].tiles_fit = check.fits;
        }
    }
}
