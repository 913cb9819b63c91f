#include "writer/encode.h"
#include "writer/input.h"
#include "writer/palette_file.h"
#include "writer/sheet.h"

#include <stdlib.h>
#include <string.h>

/* Too large for a thread's stack. */
struct glyph {
    struct pp_sheet sheet;
    struct pp_palette_set declared;
    uint8_t stored[PP_LAYOUT_GLYPH_SIZE];
    uint8_t decoded[PP_LAYOUT_GLYPH_DECODED_SIZE];
};

static bool read_palette(const struct pp_work *work, const struct pp_palette_input *input, struct glyph *glyph)
{
    struct pp_opened opened;
    bool fine = pp_writer_input_open(work, input->input, &opened) &&
                pp_writer_palette_read(&opened.source, &glyph->declared.items[input->index], &opened.report) &&
                pp_writer_input_finish(&opened);
    pp_writer_input_close(&opened);
    return fine;
}

/* Reads every declared palette to its index. */
static bool read_palettes(const struct pp_work *work, struct glyph *glyph)
{
    const struct pp_declaration *declaration = &work->subject.asset->declaration;
    if (!pp_writer_palette_set_reserve(&glyph->declared, work->planned->palette_authored)) {
        return pp_writer_report_memory(work->subject.findings);
    }
    bool fine = true;
    for (size_t i = 0; i < declaration->palette_count; i++) {
        /* An index that cannot be had was reported. */
        bool usable = declaration->palettes[i].index < glyph->declared.authored;
        fine = usable && read_palette(work, &declaration->palettes[i], glyph) && fine;
    }
    return fine;
}

/* How the colours of an image become indices. */
static enum pp_colouring colouring_of(const struct pp_work *work, const struct pp_image *image, bool palettes_fine)
{
    if (!work->subject.asset->declaration.has_palettes && image->indexed) {
        return PP_COLOURS_KEPT;
    }
    return palettes_fine ? PP_COLOURS_MATCHED : PP_COLOURS_UNJUDGED;
}

static bool cut_sprite(const struct pp_work *work, struct pp_opened *opened, struct glyph *glyph,
                       const struct pp_palette_set *palettes, bool palettes_fine)
{
    struct pp_png png;
    struct pp_image image = {.pixels = NULL};
    bool fine = pp_writer_png_open(&png, &opened->source, &opened->report) &&
                pp_writer_sheet_judge_size(glyph->sheet.tile_size, png.width, png.height, &opened->report) &&
                pp_writer_png_decode(&png, &image, &opened->report) && pp_writer_input_finish(opened);
    if (fine) {
        pp_writer_sheet_add(&glyph->sheet, &image, colouring_of(work, &image, palettes_fine), palettes,
                            &opened->report);
    }
    pp_writer_image_free(&image);
    pp_writer_png_close(&png);
    return fine;
}

static bool add_sprites(const struct pp_work *work, struct glyph *glyph, const struct pp_palette_set *palettes,
                        bool palettes_fine)
{
    const struct pp_declaration *declaration = &work->subject.asset->declaration;
    bool fine = true;
    for (size_t i = 0; i < declaration->input_count; i++) {
        if (strcmp(declaration->inputs[i].role, "sprites") != 0) {
            continue;
        }
        if (work->planned->inputs[i].faulty) {
            fine = false; /* reported by probing */
            continue;
        }
        struct pp_opened opened;
        fine =
            pp_writer_input_open(work, i, &opened) && cut_sprite(work, &opened, glyph, palettes, palettes_fine) && fine;
        pp_writer_input_close(&opened);
    }
    return fine;
}

static bool judge_room(const struct pp_work *work, const struct pp_sheet *sheet)
{
    uint32_t capacity = pp_writer_sheet_capacity(sheet);
    if (sheet->tiles <= capacity) {
        return true;
    }
    return pp_writer_report_declaration(&work->subject, PP_SHEET_FULL, "/inputs/sprites",
                                        pp_writer_decimal(capacity).text, pp_writer_decimal(sheet->tiles).text,
                                        "the sprites have %s tiles; a sheet has room for %s of %u x %u",
                                        pp_writer_decimal(sheet->tiles).text, pp_writer_decimal(capacity).text,
                                        (unsigned)sheet->tile_size, (unsigned)sheet->tile_size);
}

static bool write_sheet(const struct pp_work *work, const struct pp_region *region, struct glyph *glyph,
                        const struct pp_palette_set *palettes)
{
    pp_writer_sheet_store(&glyph->sheet, palettes, glyph->stored);
    pp_writer_sheet_unpack(glyph->stored, glyph->decoded);
    struct pp_bytes stored = pp_bytes_make(glyph->stored, sizeof glyph->stored);
    work->planned->payload_hash = pp_hash_of(stored);
    work->planned->decoded_hash = pp_hash_of(pp_bytes_make(glyph->decoded, sizeof glyph->decoded));
    struct pp_payload payload = pp_writer_payload_begin(region, work);
    return pp_writer_payload_write(&payload, stored) && pp_writer_payload_complete(&payload);
}

bool pp_writer_encode_glyph(const struct pp_work *work, const struct pp_region *region)
{
    struct glyph *glyph = malloc(sizeof *glyph);
    if (glyph == NULL) {
        return pp_writer_report_memory(work->subject.findings);
    }
    if (!pp_writer_sheet_init(&glyph->sheet, work->subject.asset->declaration.tile_size)) {
        free(glyph);
        return false; /* reported by probing */
    }
    glyph->declared = PP_PALETTE_SET_EMPTY;
    bool has_palettes = work->subject.asset->declaration.has_palettes;
    const struct pp_palette_set *palettes = has_palettes ? &glyph->declared : &work->planned->collected;
    bool palettes_fine = (!has_palettes || read_palettes(work, glyph)) && !work->planned->palettes_faulty;
    uint64_t errors = pp_findings_errors(work->subject.findings);
    bool fine = add_sprites(work, glyph, palettes, palettes_fine);
    fine = judge_room(work, &glyph->sheet) && fine;
    fine = fine && palettes_fine && pp_findings_errors(work->subject.findings) == errors;
    fine = fine && write_sheet(work, region, glyph, palettes);
    pp_writer_palette_set_free(&glyph->declared);
    free(glyph);
    return fine;
}
