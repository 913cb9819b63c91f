#include "writer/encode/glyph.h"

#include "base/hash.h"
#include "writer/encode/candidates.h"
#include "writer/encode/tiles.h"
#include "writer/image/draw.h"
#include "writer/image/palette_file.h"
#include "writer/image/picture_size.h"
#include "writer/image/sheet.h"
#include "writer/plan/showing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTER_SIZE = 64 };

/* One asset. Too large for a thread's stack. */
struct glyph {
    const struct writer_work *work;
    struct writer_sheet sheet; /* holders are numbers of inputs, from 1 */
    struct writer_palette_set declared;
    struct writer_drawing drawing;
    struct writer_tile_palettes palettes;                    /* of the present sprite */
    struct base_text *records;                               /* of each input: its element of `tiles` */
    uint64_t wanted;                                         /* tiles of all sprites */
    size_t homeless;                                         /* 1 + the first sprite that finds no room; 0: none */
    uint32_t homeless_tiles;                                 /* that it has */
    uint32_t homeless_room;                                  /* tiles in a row that were free for it */
    struct writer_packed_tile tiles[WRITER_SHEET_TILES_MAX]; /* filled for subject.sheets */
    uint8_t stored[WRITER_GLYPH_SIZE];
    uint8_t decoded[WRITER_GLYPH_DECODED_SIZE];
};

static bool read_palette(const struct writer_work *work, const struct workspace_palette_input *input,
                         struct glyph *glyph)
{
    struct writer_opened opened;
    struct writer_palette *palette = &glyph->declared.items[input->index];
    bool fine = writer_input_open(work, input->input, &opened) &&
                writer_palette_read(&opened.source, palette, &opened.report) && writer_input_finish(&opened);
    palette->file = work->subject.asset->declaration.inputs[input->input].path;
    writer_input_close(&opened);
    return fine;
}

/* Reads every declared palette to its index. */
static bool read_palettes(const struct writer_work *work, struct glyph *glyph)
{
    const struct workspace_declaration *declaration = &work->subject.asset->declaration;
    if (!writer_palette_set_reserve(&glyph->declared, work->planned->palette_authored)) {
        return writer_report_memory(work->subject.findings);
    }
    bool fine = true;
    for (size_t i = 0; i < declaration->palette_count; i++) {
        /* An index that cannot be had was reported. */
        bool usable = declaration->palettes[i].index < glyph->declared.authored;
        fine = usable && read_palette(work, &declaration->palettes[i], glyph) && fine;
    }
    return fine;
}

/* ---- Places ---- */

/* Where a sprite stands in the declaration; member is "" or "/tile". */
static void point_at_sprite(char pointer[POINTER_SIZE], const struct workspace_declaration *declaration, size_t sprite,
                            const char *member)
{
    size_t number = 0;
    for (size_t i = 0; i < sprite; i++) {
        number += declaration->inputs[i].role == WORKSPACE_ROLE_SPRITES;
    }
    (void)snprintf(pointer, POINTER_SIZE, "/inputs/sprites/%zu%s", number, member);
}

/* "hero.png" (tiles 4 to 7) */
static void name_tiles(struct base_text *text, const char *path, uint32_t first, uint32_t count)
{
    base_text_add_quoted(text, base_bytes_of_string(path), 60);
    base_text_addf(text, count > 1 ? " (tiles %u to %u)" : " (tile %u)", (unsigned)first,
                   (unsigned)(first + count - 1));
}

/* The tile that a sprite asks for cannot be had. */
static bool report_place(const struct glyph *glyph, size_t sprite, uint32_t count, uint32_t holder, uint32_t clash)
{
    const struct workspace_declaration *declaration = &glyph->work->subject.asset->declaration;
    uint32_t tile = declaration->inputs[sprite].tile;
    uint32_t capacity = writer_sheet_capacity(&glyph->sheet);
    char pointer[POINTER_SIZE];
    point_at_sprite(pointer, declaration, sprite, "/tile");
    if (holder == 0) {
        return writer_report_declaration(
            &glyph->work->subject, DIAG_SHEET_FULL, pointer,
            writer_decimal(count <= capacity ? capacity - count : 0).text, writer_decimal(tile).text,
            "the sprite has %u tiles; from tile %u on it reaches past the end of the sheet, "
            "which has %u",
            (unsigned)count, (unsigned)tile, (unsigned)capacity);
    }
    struct base_text names = BASE_TEXT_EMPTY;
    uint32_t first = writer_sheet_first_of(&glyph->sheet, holder);
    name_tiles(&names, declaration->inputs[holder - 1].path, first, writer_sheet_count_of(&glyph->sheet, holder));
    base_text_add_string(&names, " and ");
    name_tiles(&names, declaration->inputs[sprite].path, tile, count);
    (void)writer_report_declaration(&glyph->work->subject, DIAG_TILE_CLASH, pointer, NULL, writer_decimal(tile).text,
                                    "the sprites %s both want tile %u", base_text_string(&names), (unsigned)clash);
    base_text_release(&names, &glyph->work->subject.findings->out_of_memory);
    return false;
}

/* Finds the tiles of a sprite. False when it has none. */
static bool place_sprite(struct glyph *glyph, size_t sprite, const struct writer_grid *grid, uint32_t *tile)
{
    const struct workspace_input *input = &glyph->work->subject.asset->declaration.inputs[sprite];
    uint32_t count = grid->columns * grid->rows;
    glyph->wanted += count;
    if (input->has_tile) {
        uint32_t clash = UINT32_MAX;
        uint32_t holder = writer_sheet_holder(&glyph->sheet, input->tile, count, &clash);
        *tile = input->tile;
        if (clash != UINT32_MAX) {
            return report_place(glyph, sprite, count, holder, clash);
        }
    } else if (!writer_sheet_find(&glyph->sheet, count, tile)) {
        if (glyph->homeless == 0) {
            glyph->homeless = sprite + 1;
            glyph->homeless_tiles = count;
            glyph->homeless_room = writer_sheet_room(&glyph->sheet);
        }
        return false;
    }
    writer_sheet_take(&glyph->sheet, *tile, count, (uint32_t)sprite + 1);
    return true;
}

/* Reports that the sprites have found no room. */
static bool check_room(const struct glyph *glyph)
{
    const struct writer_subject *subject = &glyph->work->subject;
    uint32_t capacity = writer_sheet_capacity(&glyph->sheet);
    unsigned size = (unsigned)glyph->sheet.tile_size;
    if (glyph->homeless == 0) {
        return true;
    }
    if (glyph->wanted > capacity) {
        return writer_report_declaration(subject, DIAG_SHEET_FULL, "/inputs/sprites", writer_decimal(capacity).text,
                                         writer_decimal(glyph->wanted).text,
                                         "the sprites have %" PRIu64 " tiles; a sheet has room for %u of %u x %u",
                                         glyph->wanted, (unsigned)capacity, size, size);
    }
    char pointer[POINTER_SIZE];
    point_at_sprite(pointer, &subject->asset->declaration, glyph->homeless - 1, "");
    return writer_report_declaration(subject, DIAG_SHEET_FULL, pointer, writer_decimal(glyph->homeless_room).text,
                                     writer_decimal(glyph->homeless_tiles).text,
                                     "the sprite has %u tiles; between the sprites with a fixed tile at most %u are "
                                     "free one after the other",
                                     (unsigned)glyph->homeless_tiles, (unsigned)glyph->homeless_room);
}

/* ---- Sprites ---- */

/* Notes where the tiles of a sprite come from. */
static void note_tiles(struct glyph *glyph, size_t sprite, uint32_t first, const struct writer_grid *grid)
{
    uint32_t size = glyph->sheet.tile_size;
    for (uint32_t i = 0; i < grid->columns * grid->rows; i++) {
        glyph->tiles[first + i] = (struct writer_packed_tile){
            .drawn = true,
            .input = sprite,
            .number = i,
            .x = i % grid->columns * size,
            .y = i / grid->columns * size,
            .palette = glyph->palettes.apart ? glyph->palettes.tiles[i] : glyph->palettes.palette,
        };
    }
}

/* Decodes a sprite whose size fits, draws it, and stores it where it belongs. */
static bool draw_sprite(struct glyph *glyph, size_t sprite, struct writer_opened *opened, struct writer_png *png)
{
    const struct workspace_declaration *declaration = &glyph->work->subject.asset->declaration;
    const struct writer_grid grid = writer_grid_of(png->width, png->height, glyph->sheet.tile_size);
    struct writer_image image = {.pixels = NULL};
    uint32_t tile = 0;
    bool placed = place_sprite(glyph, sprite, &grid, &tile);
    struct writer_showing showing;
    writer_showing_begin(&showing, glyph->work, opened);
    bool fine = writer_png_decode(png, &image, &grid, &opened->report) && writer_input_finish(opened);
    writer_showing_keep(&showing, &image);
    if (fine) {
        struct writer_candidates candidates = {.count = 0};
        if (glyph->drawing.palettes != NULL) {
            candidates = writer_candidates_of(declaration, sprite, glyph->drawing.palettes);
        }
        fine = writer_draw(&glyph->drawing, &image, &grid, &candidates, &glyph->palettes, &opened->report);
    }
    writer_showing_end(&showing);
    if (fine && placed) {
        writer_sheet_draw(&glyph->sheet, tile, &grid, image.pixels);
        note_tiles(glyph, sprite, tile, &grid);
        writer_tiles_print(&glyph->records[sprite], declaration->inputs[sprite].path, tile, &grid, &glyph->palettes);
    }
    writer_image_free(&image);
    return fine && placed;
}

static bool add_sprite(struct glyph *glyph, size_t sprite)
{
    struct writer_opened opened;
    struct writer_png png = {.png = NULL};
    if (glyph->work->planned->inputs[sprite].faulty) {
        return false; /* reported by probing */
    }
    bool fine = writer_input_open(glyph->work, sprite, &opened) &&
                writer_png_open(&png, &opened.source, &opened.report) &&
                writer_picture_check_size(&png, glyph->sheet.tile_size, glyph->drawing.rules.pad, &opened.report) &&
                draw_sprite(glyph, sprite, &opened, &png);
    writer_png_close(&png);
    writer_input_close(&opened);
    return fine;
}

/* Sprites with a tile of their own come first, so that the others find what is free. */
static bool add_sprites(struct glyph *glyph)
{
    const struct workspace_declaration *declaration = &glyph->work->subject.asset->declaration;
    bool fine = true;
    for (unsigned pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < declaration->input_count; i++) {
            const struct workspace_input *input = &declaration->inputs[i];
            if (input->role == WORKSPACE_ROLE_SPRITES && input->has_tile == (pass == 0)) {
                fine = add_sprite(glyph, i) && fine;
            }
        }
    }
    return check_room(glyph) && fine;
}

/* Takes over what was printed of each sprite, in list order. */
static bool take_tiles(struct glyph *glyph)
{
    struct writer_planned *planned = glyph->work->planned;
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add_char(&text, '[');
    for (size_t i = 0; i < planned->asset->declaration.input_count; i++) {
        const struct base_text *record = &glyph->records[i];
        base_text_add_string(&text, text.size > 1 && record->size > 0 ? "," : "");
        base_text_add(&text, base_text_bytes(record));
        text.out_of_memory = text.out_of_memory || record->out_of_memory;
    }
    base_text_add_char(&text, ']');
    planned->tiles = base_text_take(&text);
    return planned->tiles != NULL || writer_report_memory(glyph->work->subject.findings);
}

static void show_sheet(const struct glyph *glyph, const struct writer_palette_set *palettes)
{
    const struct writer_subject *subject = &glyph->work->subject;
    uint32_t entries[WRITER_PALETTES] = {0};
    for (uint32_t i = 0; i < palettes->authored; i++) {
        entries[i] = palettes->items[i].count;
    }
    const struct writer_packed_sheet sheet = {
        .asset = subject->asset,
        .tile_size = glyph->sheet.tile_size,
        .across = glyph->sheet.across,
        .indices = glyph->sheet.indices,
        .tiles = glyph->tiles,
        .entries = entries,
        .palette_count = palettes->authored,
    };
    subject->sheets->show(subject->sheets->context, &sheet);
}

static bool write_sheet(const struct writer_region *region, struct glyph *glyph,
                        const struct writer_palette_set *palettes)
{
    const struct writer_work *work = glyph->work;
    if (work->subject.sheets != NULL) {
        show_sheet(glyph, palettes);
    }
    writer_sheet_store(&glyph->sheet, palettes, glyph->stored);
    writer_sheet_unpack(glyph->stored, glyph->decoded);
    struct base_bytes stored = base_bytes_make(glyph->stored, sizeof glyph->stored);
    work->planned->payload_hash = base_hash_of(stored);
    work->planned->decoded_hash = base_hash_of(base_bytes_make(glyph->decoded, sizeof glyph->decoded));
    struct writer_payload payload = writer_payload_begin(region, work);
    return writer_payload_write(&payload, stored) && writer_payload_complete(&payload);
}

static bool encode(struct glyph *glyph, const struct writer_region *region)
{
    const struct writer_work *work = glyph->work;
    const struct workspace_declaration *declaration = &work->subject.asset->declaration;
    const struct writer_palette_set *palettes =
        declaration->has_palettes ? &glyph->declared : &work->planned->collected;
    bool palettes_fine = (!declaration->has_palettes || read_palettes(work, glyph)) && !work->planned->palettes_faulty;
    glyph->drawing = (struct writer_drawing){.rules = declaration->rules,
                                             .palettes = palettes_fine ? palettes : NULL,
                                             .declared = declaration->has_palettes};
    uint64_t errors = base_findings_errors(work->subject.findings);
    bool fine = add_sprites(glyph) && palettes_fine;
    writer_colours_destroy(glyph->drawing.colours);
    return fine && base_findings_errors(work->subject.findings) == errors && take_tiles(glyph) &&
           write_sheet(region, glyph, palettes);
}

bool writer_encode_glyph(const struct writer_work *work, const struct writer_region *region)
{
    size_t inputs = work->subject.asset->declaration.input_count;
    struct glyph *glyph = malloc(sizeof *glyph);
    if (glyph == NULL) {
        return writer_report_memory(work->subject.findings);
    }
    if (!writer_sheet_init(&glyph->sheet, work->subject.asset->declaration.tile_size)) {
        free(glyph);
        return false; /* reported by probing */
    }
    glyph->work = work;
    glyph->declared = WRITER_PALETTE_SET_EMPTY;
    glyph->wanted = 0;
    glyph->homeless = 0;
    memset(glyph->tiles, 0, sizeof glyph->tiles);
    glyph->records = calloc(inputs + 1, sizeof *glyph->records);
    bool fine = glyph->records != NULL ? encode(glyph, region) : writer_report_memory(work->subject.findings);
    for (size_t i = 0; glyph->records != NULL && i < inputs; i++) {
        base_text_free(&glyph->records[i]);
    }
    free(glyph->records);
    writer_palette_set_free(&glyph->declared);
    free(glyph);
    return fine;
}
