#include "writer/encode/raw.h"

#include "base/hash.h"
#include "writer/image/sheet.h"
#include "writer/plan/input.h"

#include <stdlib.h>
#include <string.h>

/* Copies the source in pieces that end where the pack's own pieces end. */
static bool copy(struct writer_opened *opened, struct writer_payload *payload)
{
    uint64_t rest = opened->source.file.size;
    void *memory = NULL;
    if (posix_memalign(&memory, WRITER_OUT_ALIGNMENT, rest < WRITER_OUT_PIECE ? (size_t)rest + 1 : WRITER_OUT_PIECE) !=
        0) {
        return writer_report_memory(opened->report.findings);
    }
    uint8_t *piece = memory;
    bool fine = true;
    while (fine && rest > 0) {
        size_t size = WRITER_OUT_PIECE - (size_t)(writer_payload_position(payload) % WRITER_OUT_PIECE);
        size_t count = writer_source_read(&opened->source, piece, size < rest ? size : (size_t)rest);
        if (count == 0) {
            break; /* a failed read, which finishing the input reports */
        }
        rest -= count;
        fine = writer_payload_write(payload, base_bytes_make(piece, count));
    }
    free(piece);
    return fine;
}

/* 2.1: palettes that are not authored are zero. */
static bool check_unused_palettes(const struct writer_work *work, const uint8_t *stored,
                                  const struct writer_reporter *report)
{
    uint32_t authored = work->planned->palette_authored;
    for (size_t i = WRITER_GLYPH_PLANE_BYTES + authored * WRITER_PALETTE_BYTES; i < WRITER_GLYPH_SIZE; i++) {
        if (stored[i] != 0) {
            return writer_report(report, DIAG_DECLARATION_VALUE,
                                 &(struct base_details){.place = {BASE_AT_BYTE(i, 1)},
                                                        .expected = "0",
                                                        .actual = writer_decimal(stored[i]).text},
                                 "palette %zu is not all zero, but palette_authored is %u",
                                 (i - WRITER_GLYPH_PLANE_BYTES) / WRITER_PALETTE_BYTES, (unsigned)authored);
        }
    }
    return true;
}

/* A raw sheet is small, and its decoded form is another one than the stored. */
static bool copy_glyph(const struct writer_work *work, struct writer_opened *opened, struct writer_payload *payload)
{
    uint8_t *stored = malloc(WRITER_GLYPH_SIZE + WRITER_GLYPH_DECODED_SIZE);
    if (stored == NULL) {
        return writer_report_memory(opened->report.findings);
    }
    uint8_t *decoded = stored + WRITER_GLYPH_SIZE;
    bool fine = true;
    if (writer_source_read(&opened->source, stored, WRITER_GLYPH_SIZE) == WRITER_GLYPH_SIZE) {
        writer_sheet_unpack(stored, decoded);
        work->planned->decoded_hash = base_hash_of(base_bytes_make(decoded, WRITER_GLYPH_DECODED_SIZE));
        fine = check_unused_palettes(work, stored, &opened->report) &&
               writer_payload_write(payload, base_bytes_make(stored, WRITER_GLYPH_SIZE));
    }
    free(stored);
    return fine;
}

bool writer_encode_raw(const struct writer_work *work, const struct writer_region *region)
{
    struct writer_opened opened;
    bool glyph = work->subject.asset->declaration.type == WORKSPACE_ASSET_GLYPH;
    if (work->planned->faulty || (region->pack == NULL && !glyph)) {
        return false; /* nothing is left to check in the source */
    }
    struct writer_payload payload = writer_payload_begin(region, work);
    bool fine = writer_input_open(work, 0, &opened) &&
                (glyph ? copy_glyph(work, &opened, &payload) : copy(&opened, &payload)) &&
                writer_input_finish(&opened) && writer_payload_complete(&payload);
    if (fine) {
        work->planned->payload_hash = opened.facts->seen->hash;
        if (!glyph) {
            work->planned->decoded_hash = opened.facts->seen->hash;
        }
    }
    writer_input_close(&opened);
    return fine;
}
