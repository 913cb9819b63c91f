#include "writer/encode/glyph.h"

#include "base/hash.h"
#include "writer/image/palette_file.h"
#include "writer/image/sheet.h"
#include "writer/plan/input.h"

#include <stdlib.h>

/* Too large for a thread's stack. */
struct glyph {
    struct writer_sheet sheet;
    struct writer_palette_set declared;
    uint8_t stored[WRITER_GLYPH_SIZE];
    uint8_t decoded[WRITER_GLYPH_DECODED_SIZE];
};

static bool read_palette(const struct writer_work *work, const struct workspace_palette_input *input,
                         struct glyph *glyph)
{
    struct writer_opened opened;
    bool fine = writer_input_open(work, input->input, &opened) &&
                writer_palette_read(&opened.source, &glyph->declared.items[input->index], &opened.report) &&
                writer_input_finish(&opened);
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

/* How the colours of an image become indices. */
static enum writer_colouring colouring_of(const struct writer_work *work, const struct writer_image *image,
                                          bool palettes_fine)
{
    if (!work->subject.asset->declaration.has_palettes && image->indexed) {
        return WRITER_COLOURS_KEPT;
    }
    return palettes_fine ? WRITER_COLOURS_MATCHED : WRITER_COLOURS_UNJUDGED;
}

static bool cut_sprite(const struct writer_work *work, struct writer_opened *opened, struct glyph *glyph,
                       const struct writer_palette_set *palettes, bool palettes_fine)
{
    struct writer_png png;
    struct writer_image image = {.pixels = NULL};
    bool fine = writer_png_open(&png, &opened->source, &opened->report) &&
                writer_sheet_check_size(glyph->sheet.tile_size, png.width, png.height, &opened->report) &&
                writer_png_decode(&png, &image, &opened->report) && writer_input_finish(opened);
    if (fine) {
        writer_sheet_add(&glyph->sheet, &image, colouring_of(work, &image, palettes_fine), palettes, &opened->report);
    }
    writer_image_free(&image);
    writer_png_close(&png);
    return fine;
}

static bool add_sprites(const struct writer_work *work, struct glyph *glyph, const struct writer_palette_set *palettes,
                        bool palettes_fine)
{
    const struct workspace_declaration *declaration = &work->subject.asset->declaration;
    bool fine = true;
    for (size_t i = 0; i < declaration->input_count; i++) {
        if (declaration->inputs[i].role != WORKSPACE_ROLE_SPRITES) {
            continue;
        }
        if (work->planned->inputs[i].faulty) {
            fine = false; /* reported by probing */
            continue;
        }
        struct writer_opened opened;
        fine = writer_input_open(work, i, &opened) && cut_sprite(work, &opened, glyph, palettes, palettes_fine) && fine;
        writer_input_close(&opened);
    }
    return fine;
}

static bool check_room(const struct writer_work *work, const struct writer_sheet *sheet)
{
    uint32_t capacity = writer_sheet_capacity(sheet);
    if (sheet->tiles <= capacity) {
        return true;
    }
    return writer_report_declaration(&work->subject, DIAG_SHEET_FULL, "/inputs/sprites", writer_decimal(capacity).text,
                                     writer_decimal(sheet->tiles).text,
                                     "the sprites have %s tiles; a sheet has room for %s of %u x %u",
                                     writer_decimal(sheet->tiles).text, writer_decimal(capacity).text,
                                     (unsigned)sheet->tile_size, (unsigned)sheet->tile_size);
}

static bool write_sheet(const struct writer_work *work, const struct writer_region *region, struct glyph *glyph,
                        const struct writer_palette_set *palettes)
{
    writer_sheet_store(&glyph->sheet, palettes, glyph->stored);
    writer_sheet_unpack(glyph->stored, glyph->decoded);
    struct base_bytes stored = base_bytes_make(glyph->stored, sizeof glyph->stored);
    work->planned->payload_hash = base_hash_of(stored);
    work->planned->decoded_hash = base_hash_of(base_bytes_make(glyph->decoded, sizeof glyph->decoded));
    struct writer_payload payload = writer_payload_begin(region, work);
    return writer_payload_write(&payload, stored) && writer_payload_complete(&payload);
}

bool writer_encode_glyph(const struct writer_work *work, const struct writer_region *region)
{
    struct glyph *glyph = malloc(sizeof *glyph);
    if (glyph == NULL) {
        return writer_report_memory(work->subject.findings);
    }
    if (!writer_sheet_init(&glyph->sheet, work->subject.asset->declaration.tile_size)) {
        free(glyph);
        return false; /* reported by probing */
    }
    glyph->declared = WRITER_PALETTE_SET_EMPTY;
    bool has_palettes = work->subject.asset->declaration.has_palettes;
    const struct writer_palette_set *palettes = has_palettes ? &glyph->declared : &work->planned->collected;
    bool palettes_fine = (!has_palettes || read_palettes(work, glyph)) && !work->planned->palettes_faulty;
    uint64_t errors = base_findings_errors(work->subject.findings);
    bool fine = add_sprites(work, glyph, palettes, palettes_fine);
    fine = check_room(work, &glyph->sheet) && fine;
    fine = fine && palettes_fine && base_findings_errors(work->subject.findings) == errors;
    fine = fine && write_sheet(work, region, glyph, palettes);
    writer_palette_set_free(&glyph->declared);
    free(glyph);
    return fine;
}
