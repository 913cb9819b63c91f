#include "writer/probe/glyph.h"

#include "base/text.h"
#include "writer/image/banked.h"
#include "writer/image/picture_size.h"
#include "writer/image/sheet.h"
#include "writer/plan/showing.h"
#include "writer/probe/metadata.h"

#include "workspace/path.h"

#include <stdio.h>
#include <stdlib.h>

enum { FILE_SHOWN = 60 };

static bool report_too_many(const struct writer_work *work)
{
    return writer_report_declaration(&work->subject, DIAG_PALETTE_INDEX, "/inputs/sprites", "at most 64", NULL,
                                     "the indexed sprites bring more than 64 different palettes");
}

/* Which indices the pixels of a sprite have. False when it cannot be decoded. */
static bool look_at_pixels(const struct writer_work *work, struct writer_png *png, bool used[WRITER_PNG_PALETTE_MAX],
                           struct writer_opened *opened)
{
    const struct writer_reporter *report = &opened->report;
    const struct workspace_declaration *declaration = &work->subject.asset->declaration;
    struct writer_image image = {.pixels = NULL};
    if (!writer_picture_check_size(png, declaration->tile_size, declaration->rules.pad, report)) {
        return false;
    }
    const struct writer_grid grid = writer_grid_of(png->width, png->height, declaration->tile_size);
    struct writer_showing showing;
    writer_showing_begin(&showing, work, opened);
    bool decoded = writer_png_decode(png, &image, &grid, report);
    if (decoded) {
        writer_indexed_uses(&image, used);
    }
    writer_showing_keep(&showing, &image);
    writer_showing_end(&showing);
    writer_image_free(&image);
    return decoded;
}

/* Adds the palette of an indexed sprite to those that were collected. *full is set when there is no room for it. Only
 * where opaque pixels may have index 0 are the pixels decoded here, too. */
static bool collect_palette(const struct writer_work *work, struct writer_png *png, bool *full,
                            struct writer_opened *opened)
{
    const struct workspace_declaration *declaration = &work->subject.asset->declaration;
    const struct writer_indexed indexed =
        writer_indexed_of(png->palette, png->palette_count, png->keyed, &declaration->rules);
    bool used[WRITER_PNG_PALETTE_MAX];
    struct writer_palette palette;
    uint32_t moved;
    bool may_move = writer_indexed_may_move(&indexed) && writer_is_tile_size(declaration->tile_size);
    if (may_move && !look_at_pixels(work, png, used, opened)) {
        return false;
    }
    /* What has no place is reported by encoding. */
    (void)writer_indexed_bring(&indexed, may_move ? used : NULL, &palette, &moved);
    palette.file = declaration->inputs[opened->report.input].path;
    switch (writer_palette_set_add(&work->planned->collected, &palette)) {
    case WRITER_PALETTE_ADDED:
    case WRITER_PALETTE_KNOWN:
        return true;
    case WRITER_PALETTE_NO_MEMORY:
        return writer_report_memory(work->subject.findings);
    case WRITER_PALETTE_NO_ROOM:
        break;
    }
    *full = true;
    return report_too_many(work);
}

/* A banked sprite has another palette k than an earlier one. */
static bool report_conflict(const struct writer_palette *there, const struct writer_palette *palette, uint32_t k,
                            const struct writer_reporter *report)
{
    uint32_t entry = 0;
    while (writer_rgb565(there->colours[entry]) == writer_rgb565(palette->colours[entry])) {
        entry++;
    }
    char expected[16];
    char actual[16];
    (void)snprintf(expected, sizeof expected, "#%06x", (unsigned)there->colours[entry]);
    (void)snprintf(actual, sizeof actual, "#%06x", (unsigned)palette->colours[entry]);
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_addf(&text, "colours %u to %u of the PNG are palette %u, which ", (unsigned)(k * WRITER_PALETTE_COLOURS),
                   (unsigned)(k * WRITER_PALETTE_COLOURS + palette->count - 1), (unsigned)k);
    base_text_add_printable(&text, base_bytes_of_string(there->file), FILE_SHOWN);
    base_text_addf(&text, " has, too, with another entry %u", (unsigned)entry);
    (void)writer_report(
        report, DIAG_PALETTE_INVALID,
        &(struct base_details){.expected = expected, .actual = actual, .cause = DIAG_CAUSE_PALETTE_BANKS_DIFFER}, "%s",
        base_text_string(&text));
    base_text_release(&text, &report->findings->out_of_memory);
    return false;
}

/* Adds the palettes of a banked sprite: those of several sprites are the same palettes. */
static bool collect_banks(const struct writer_work *work, const struct writer_png *png,
                          const struct writer_reporter *report)
{
    const struct workspace_declaration *declaration = &work->subject.asset->declaration;
    const struct writer_indexed indexed =
        writer_indexed_of(png->palette, png->palette_count, png->keyed, &declaration->rules);
    for (uint32_t k = 0; k * WRITER_PALETTE_COLOURS < png->palette_count; k++) {
        struct writer_palette palette = writer_banked_palette(&indexed, k);
        palette.file = declaration->inputs[report->input].path;
        switch (writer_palette_set_put(&work->planned->collected, k, &palette)) {
        case WRITER_PALETTE_ADDED:
        case WRITER_PALETTE_KNOWN:
            break;
        case WRITER_PALETTE_NO_MEMORY:
            return writer_report_memory(work->subject.findings);
        case WRITER_PALETTE_NO_ROOM:
            return report_conflict(&work->planned->collected.items[k], &palette, k, report);
        }
    }
    return true;
}

static bool collect(const struct writer_work *work, struct writer_png *png, bool *full, struct writer_opened *opened)
{
    if (!png->indexed || *full) {
        return true;
    }
    return work->subject.asset->declaration.rules.banked ? collect_banks(work, png, &opened->report)
                                                         : collect_palette(work, png, full, opened);
}

static bool probe_sprite(const struct writer_work *work, size_t input, bool *full)
{
    struct writer_opened opened;
    struct writer_png png = {.png = NULL};
    bool was_full = *full;
    bool fine = writer_input_open(work, input, &opened) && writer_png_open(&png, &opened.source, &opened.report) &&
                collect(work, &png, full, &opened);
    if (!fine && *full == was_full) {
        (void)writer_input_mark_faulty(&opened);
    }
    writer_png_close(&png);
    writer_input_close(&opened);
    return fine;
}

/* Without declared palettes those of the indexed sprites are taken. */
static bool probe_sprites(const struct writer_work *work)
{
    const struct workspace_declaration *declaration = &work->subject.asset->declaration;
    bool fine = true;
    bool full = false;
    for (size_t i = 0; i < declaration->input_count; i++) {
        if (declaration->inputs[i].role == WORKSPACE_ROLE_SPRITES) {
            fine = probe_sprite(work, i, &full) && fine;
        }
    }
    work->planned->palette_authored = work->planned->collected.authored;
    /* What a faulty sprite would have brought is not known. */
    work->planned->palettes_faulty = !fine;
    return fine;
}

/* One more than the highest index; each index is there once. */
static bool probe_declared_palettes(const struct writer_work *work)
{
    const struct workspace_declaration *declaration = &work->subject.asset->declaration;
    bool seen[WRITER_PALETTES] = {false};
    bool fine = true;
    for (size_t i = 0; i < declaration->palette_count; i++) {
        uint32_t index = declaration->palettes[i].index;
        if (index >= WRITER_PALETTES || seen[index]) {
            fine = writer_report_declaration(&work->subject, DIAG_PALETTE_INDEX, "/inputs/palettes",
                                             "0 to 63, each once", writer_decimal(index).text,
                                             "palette index %u cannot be had", (unsigned)index);
            continue;
        }
        seen[index] = true;
        if (index + 1 > work->planned->palette_authored) {
            work->planned->palette_authored = index + 1;
        }
    }
    work->planned->palettes_faulty = !fine;
    return fine;
}

static bool check_tile_size(const struct writer_work *work)
{
    uint32_t size = work->subject.asset->declaration.tile_size;
    return writer_is_tile_size(size) ||
           writer_report_declaration(&work->subject, DIAG_DECLARATION_VALUE, "/output/metadata/tile_size",
                                     WRITER_TILE_SIZES_TEXT, writer_decimal(size).text, "no sheet has such tiles");
}

/* Every palette that a sprite names is one that the asset has. Declared ones were checked with the declaration. */
static bool check_named_palettes(const struct writer_work *work)
{
    const struct workspace_declaration *declaration = &work->subject.asset->declaration;
    size_t number = 0;
    bool fine = true;
    for (size_t i = 0; i < declaration->input_count; i++) {
        const struct workspace_input *input = &declaration->inputs[i];
        if (input->role != WORKSPACE_ROLE_SPRITES) {
            continue;
        }
        if (input->has_palette && input->palette >= work->planned->palette_authored) {
            char pointer[64];
            char expected[32];
            (void)snprintf(pointer, sizeof pointer, "/inputs/sprites/%zu/palette", number);
            (void)snprintf(expected, sizeof expected, "0 to %u", (unsigned)work->planned->palette_authored - 1);
            fine = writer_report_declaration(
                &work->subject, DIAG_PALETTE_INDEX, pointer, expected, writer_decimal(input->palette).text,
                "the sprites bring no palette with the index %u", (unsigned)input->palette);
        }
        number++;
    }
    return fine;
}

/* The palette files of the root are the line that is missing in asset.json. */
static bool report_no_palette(const struct writer_work *work)
{
    const struct workspace *workspace = work->subject.workspace;
    const char *root = work->subject.asset->record->root;
    struct base_text files = BASE_TEXT_EMPTY;
    workspace_list_palette_files(workspace, root, &files);
    char *shown = workspace_assets_path(workspace->assets_path, root, NULL);
    bool undeclared = files.size > 0;
    (void)writer_report_declaration_cause(
        &work->subject, DIAG_PALETTE_MISSING, "/inputs",
        undeclared ? DIAG_CAUSE_PALETTES_UNDECLARED : DIAG_CAUSE_PALETTES_NONE,
        undeclared ? base_text_string(&files) : shown, "%s",
        undeclared ? "no palette is declared, but palette files are there"
                   : "no palette is declared, and no sprite is an indexed PNG that brings one");
    work->subject.findings->out_of_memory = work->subject.findings->out_of_memory || shown == NULL;
    base_text_release(&files, &work->subject.findings->out_of_memory);
    free(shown);
    return false;
}

bool writer_probe_glyph(const struct writer_work *work)
{
    const struct workspace_declaration *declaration = &work->subject.asset->declaration;
    struct writer_planned *planned = work->planned;
    bool fine = declaration->has_palettes ? probe_declared_palettes(work) : probe_sprites(work);
    if (fine && planned->palette_authored == 0) {
        planned->palettes_faulty = true;
        fine = report_no_palette(work);
    }
    if (fine && !check_named_palettes(work)) {
        planned->palettes_faulty = true;
        fine = false;
    }
    planned->size = WRITER_GLYPH_SIZE;
    planned->decoded_size = WRITER_GLYPH_DECODED_SIZE;
    struct writer_members members = {.count = 0};
    if (check_tile_size(work)) {
        writer_members_add(&members, "tile_size", declaration->tile_size);
    } else {
        fine = false;
    }
    writer_members_add(&members, "width", WRITER_SHEET_WIDTH);
    writer_members_add(&members, "height", WRITER_SHEET_HEIGHT);
    writer_members_add(&members, "palette_count", WRITER_PALETTES);
    if (fine) {
        writer_members_add(&members, "palette_authored", planned->palette_authored);
    }
    return writer_metadata_print(work, &members) && fine;
}
