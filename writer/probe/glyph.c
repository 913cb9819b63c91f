#include "writer/probe/glyph.h"

#include "writer/image/png.h"
#include "writer/plan/input.h"
#include "writer/probe/metadata.h"

/* Adds the palette of an indexed sprite to those that were collected. */
static bool collect_palette(const struct writer_work *work, const struct writer_png *png)
{
    struct writer_palette palette = {.count = png->palette_count};
    if (palette.count > WRITER_PALETTE_COLOURS) {
        palette.count = WRITER_PALETTE_COLOURS; /* no pixel may use the rest: encoding checks that */
    }
    for (uint32_t i = 0; i < palette.count; i++) {
        palette.colours[i] = png->palette[i] & 0xFFFFFF;
    }
    switch (writer_palette_set_add(&work->planned->collected, &palette)) {
    case WRITER_PALETTE_ADDED:
    case WRITER_PALETTE_KNOWN:
        return true;
    case WRITER_PALETTE_NO_MEMORY:
        return writer_report_memory(work->subject.findings);
    case WRITER_PALETTE_NO_ROOM:
        break;
    }
    return writer_report_declaration(&work->subject, DIAG_PALETTE_INDEX, "/inputs/sprites", "at most 64", NULL,
                                     "the indexed sprites bring more than 64 different palettes");
}

static bool probe_sprite(const struct writer_work *work, size_t input, bool *full)
{
    struct writer_opened opened;
    struct writer_png png = {.png = NULL};
    bool fine = writer_input_open(work, input, &opened) &&
                (writer_png_open(&png, &opened.source, &opened.report) || writer_input_mark_faulty(&opened));
    if (fine && png.indexed && !*full && !collect_palette(work, &png)) {
        *full = true;
        fine = false;
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

bool writer_probe_glyph(const struct writer_work *work)
{
    const struct workspace_declaration *declaration = &work->subject.asset->declaration;
    struct writer_planned *planned = work->planned;
    bool fine = declaration->has_palettes ? probe_declared_palettes(work) : probe_sprites(work);
    if (fine && planned->palette_authored == 0) {
        planned->palettes_faulty = true;
        fine = writer_report_declaration(&work->subject, DIAG_PALETTE_MISSING, "/inputs", NULL, NULL,
                                         "no palette is declared, and no sprite is an indexed PNG that brings one");
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
