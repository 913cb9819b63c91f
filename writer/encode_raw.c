#include "writer/encode.h"
#include "writer/input.h"
#include "writer/sheet.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 4096 /* copying into whole pages is faster */ };

/* Copies the source in pieces that end where the pack's own pieces end. */
static bool copy(struct pp_opened *opened, struct pp_payload *payload)
{
    uint64_t rest = opened->source.file.size;
    void *memory = NULL;
    if (posix_memalign(&memory, PAGE, rest < PP_OUT_PIECE ? (size_t)rest + 1 : PP_OUT_PIECE) != 0) {
        return pp_writer_report_memory(opened->report.findings);
    }
    uint8_t *piece = memory;
    bool fine = true;
    while (fine && rest > 0) {
        size_t size = PP_OUT_PIECE - (size_t)(pp_writer_payload_position(payload) % PP_OUT_PIECE);
        size_t count = pp_writer_source_read(&opened->source, piece, size < rest ? size : (size_t)rest);
        if (count == 0) {
            break; /* a failed read, which finishing the input reports */
        }
        rest -= count;
        fine = pp_writer_payload_write(payload, pp_bytes_make(piece, count));
    }
    free(piece);
    return fine;
}

/* 2.1: palettes that are not authored are zero. */
static bool judge_unused_palettes(const struct pp_work *work, const uint8_t *stored, const struct pp_report *report)
{
    uint32_t authored = work->planned->palette_authored;
    for (size_t i = PP_LAYOUT_GLYPH_PLANE_BYTES + authored * PP_LAYOUT_PALETTE_BYTES; i < PP_LAYOUT_GLYPH_SIZE; i++) {
        if (stored[i] != 0) {
            return pp_writer_report(report, PP_DECLARATION_VALUE, (int64_t)i, "0", pp_writer_decimal(stored[i]).text,
                                    "palette %zu is not all zero, but palette_authored is %u",
                                    (i - PP_LAYOUT_GLYPH_PLANE_BYTES) / PP_LAYOUT_PALETTE_BYTES, (unsigned)authored);
        }
    }
    return true;
}

/* A raw sheet is small, and its decoded form is another one than the stored. */
static bool copy_glyph(const struct pp_work *work, struct pp_opened *opened, struct pp_payload *payload)
{
    uint8_t *stored = malloc(PP_LAYOUT_GLYPH_SIZE + PP_LAYOUT_GLYPH_DECODED_SIZE);
    if (stored == NULL) {
        return pp_writer_report_memory(opened->report.findings);
    }
    uint8_t *decoded = stored + PP_LAYOUT_GLYPH_SIZE;
    bool fine = true;
    if (pp_writer_source_read(&opened->source, stored, PP_LAYOUT_GLYPH_SIZE) == PP_LAYOUT_GLYPH_SIZE) {
        pp_writer_sheet_unpack(stored, decoded);
        work->planned->decoded_hash = pp_hash_of(pp_bytes_make(decoded, PP_LAYOUT_GLYPH_DECODED_SIZE));
        fine = judge_unused_palettes(work, stored, &opened->report) &&
               pp_writer_payload_write(payload, pp_bytes_make(stored, PP_LAYOUT_GLYPH_SIZE));
    }
    free(stored);
    return fine;
}

bool pp_writer_encode_raw(const struct pp_work *work, const struct pp_region *region)
{
    struct pp_opened opened;
    bool glyph = work->subject.asset->declaration.type == PP_ASSET_GLYPH;
    if (work->planned->faulty || (region->pack == NULL && !glyph)) {
        return false; /* nothing inside the source is left to judge */
    }
    struct pp_payload payload = pp_writer_payload_begin(region, work);
    bool fine = pp_writer_input_open(work, 0, &opened) &&
                (glyph ? copy_glyph(work, &opened, &payload) : copy(&opened, &payload)) &&
                pp_writer_input_finish(&opened) && pp_writer_payload_complete(&payload);
    if (fine) {
        work->planned->payload_hash = opened.facts->seen->hash;
        if (!glyph) {
            work->planned->decoded_hash = opened.facts->seen->hash;
        }
    }
    pp_writer_input_close(&opened);
    return fine;
}
