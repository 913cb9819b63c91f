#include "writer/input.h"
#include "writer/metadata.h"
#include "writer/png_image.h"
#include "writer/probe.h"

#include <string.h>

/* Adds the palette of an indexed sprite to those that were collected. */
static bool collect_palette(const struct pp_work *work, const struct pp_png *png)
{
    struct pp_palette palette = {.count = png->palette_count};
    if (palette.count > PP_LAYOUT_PALETTE_COLOURS) {
        palette.count = PP_LAYOUT_PALETTE_COLOURS; /* no pixel may use the rest: judged when pixels are there */
    }
    for (uint32_t i = 0; i < palette.count; i++) {
        palette.colours[i] = png->palette[i] & 0xFFFFFF;
    }
    switch (pp_writer_palette_set_add(&work->planned->collected, &palette)) {
    case PP_PALETTE_ADDED:
    case PP_PALETTE_KNOWN:
        return true;
    case PP_PALETTE_NO_MEMORY:
        return pp_writer_report_memory(work->subject.findings);
    case PP_PALETTE_NO_ROOM:
        break;
    }
    return pp_writer_report_declaration(&work->subject, PP_PALETTE_INDEX, "/inputs/sprites", "at most 64", NULL,
                                        "the indexed sprites bring more than 64 different palettes");
}

static bool probe_sprite(const struct pp_work *work, size_t input, bool *full)
{
    struct pp_opened opened;
    struct pp_png png = {.png = NULL};
    bool fine = pp_writer_input_open(work, input, &opened) &&
                (pp_writer_png_open(&png, &opened.source, &opened.report) || pp_writer_input_spoil(&opened));
    if (fine && png.indexed && !*full && !collect_palette(work, &png)) {
        *full = true;
        fine = false;
    }
    pp_writer_png_close(&png);
    pp_writer_input_close(&opened);
    return fine;
}

/* Without declared palettes those of the indexed sprites are taken. */
static bool probe_sprites(const struct pp_work *work)
{
    const struct pp_declaration *declaration = &work->subject.asset->declaration;
    bool fine = true;
    bool full = false;
    for (size_t i = 0; i < declaration->input_count; i++) {
        if (strcmp(declaration->inputs[i].role, "sprites") == 0) {
            fine = probe_sprite(work, i, &full) && fine;
        }
    }
    work->planned->palette_authored = work->planned->collected.authored;
    /* What a faulty sprite would have brought is not known. */
    work->planned->palettes_faulty = !fine;
    return fine;
}

/* One more than the highest index; each index stands once. */
static bool probe_declared_palettes(const struct pp_work *work)
{
    const struct pp_declaration *declaration = &work->subject.asset->declaration;
    bool seen[PP_LAYOUT_PALETTES] = {false};
    bool fine = true;
    for (size_t i = 0; i < declaration->palette_count; i++) {
        uint32_t index = declaration->palettes[i].index;
        if (index >= PP_LAYOUT_PALETTES || seen[index]) {
            fine = pp_writer_report_declaration(&work->subject, PP_PALETTE_INDEX, "/inputs/palettes",
                                                "0 to 63, each once", pp_writer_decimal(index).text,
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

static bool judge_tile_size(const struct pp_work *work)
{
    uint32_t size = work->subject.asset->declaration.tile_size;
    return size == 8 || size == 16 || size == 32 ||
           pp_writer_report_declaration(&work->subject, PP_DECLARATION_VALUE, "/output/metadata/tile_size",
                                        "8, 16 or 32", pp_writer_decimal(size).text, "no sheet has such tiles");
}

bool pp_writer_probe_glyph(const struct pp_work *work)
{
    const struct pp_declaration *declaration = &work->subject.asset->declaration;
    struct pp_planned *planned = work->planned;
    bool fine = declaration->has_palettes ? probe_declared_palettes(work) : probe_sprites(work);
    if (fine && planned->palette_authored == 0) {
        planned->palettes_faulty = true;
        fine = pp_writer_report_declaration(&work->subject, PP_PALETTE_MISSING, "/inputs", NULL, NULL,
                                            "no palette is declared, and no sprite is an indexed PNG that brings one");
    }
    planned->size = PP_LAYOUT_GLYPH_SIZE;
    planned->decoded_size = PP_LAYOUT_GLYPH_DECODED_SIZE;
    struct pp_members members = {.count = 0};
    if (judge_tile_size(work)) {
        pp_writer_members_add(&members, "tile_size", declaration->tile_size);
    } else {
        fine = false;
    }
    pp_writer_members_add(&members, "width", PP_LAYOUT_SHEET_WIDTH);
    pp_writer_members_add(&members, "height", PP_LAYOUT_SHEET_HEIGHT);
    pp_writer_members_add(&members, "palette_count", PP_LAYOUT_PALETTES);
    if (fine) {
        pp_writer_members_add(&members, "palette_authored", planned->palette_authored);
    }
    return pp_writer_metadata_print(work, &members) && fine;
}
