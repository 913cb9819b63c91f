#include "verify/sources/asset.h"

#include "verify/sources/compare_declaration.h"
#include "verify/sources/compare_metadata.h"
#include "verify/sources/compare_raw.h"
#include "verify/sources/compare_record.h"
#include "verify/sources/compare_sheet.h"
#include "verify/sources/compare_sound.h"
#include "verify/sources/compare_tiles.h"
#include "verify/sources/inputs.h"

/* ---- Content ---- */

static void compare_content(const struct verify_source_asset *asset, struct verify_declared *declared,
                            const struct verify_source_seen *source)
{
    const struct verify_entry *known = asset->known;
    struct verify_computed computed = {.palette_authored = 0};
    bool readable = (known->flags & VERIFY_ENTRY_IS_READABLE) != 0;
    bool is_glyph = declared->format == VERIFY_SOURCE_GLYPH;
    bool is_sound = declared->format == VERIFY_SOURCE_SOUND;
    if ((is_glyph && (known->flags & VERIFY_ENTRY_HAS_GLYPH) == 0) ||
        (is_sound && (known->flags & VERIFY_ENTRY_HAS_SOUND) == 0)) {
        verify_report_not_checked(asset->sink, "sources of assets with broken metadata or size");
        return;
    }
    if (!readable) {
        verify_report_not_checked(asset->sink, "sources of assets without a slice inside the file");
        return;
    }
    if (is_glyph) {
        computed.palette_authored = verify_compare_sheet(asset, declared);
    } else if (is_sound) {
        verify_compare_sound(asset, declared, &computed);
    } else {
        verify_compare_raw(asset, declared->inputs[declared->first_source].path, source);
        if (verify_entry_is_bank(known, PP_BANK_GLYPH)) { /* of another bank it is a fault without sources */
            verify_compare_no_tiles(asset);
        }
    }
    if (!is_glyph || computed.palette_authored > 0) {
        /* Another size than that of the source was reported; the pack's own one counts from there on. */
        verify_compare_metadata(asset, declared, &computed, known->size);
    }
}

/* A source that was written to between its two readings does not give back the payload, and that is not a fault of the
 * pack: what was found is reported only when the inputs are still what is recorded. */
static void compare_steady_content(const struct verify_source_asset *asset, struct verify_declared *declared,
                                   const struct verify_source_seen *source)
{
    struct verify_source_asset own = *asset;
    struct verify_sink found;
    struct verify_source_seen again;
    verify_sink_init(&found);
    own.sink = &found;
    compare_content(&own, declared, source);
    if (base_findings_errors(&found.findings) > 0 && !verify_compare_inputs(asset, declared, &again)) {
        base_findings_free(&found.findings);
    }
    verify_sink_move(asset->sink, &found);
}

/* ---- The asset ---- */

static void summarise(struct verify_declared *declared, const struct verify_entry *packed,
                      struct verify_summary *summary)
{
    *summary = (struct verify_summary){
        .valid = true,
        .name = declared->name,
        .name_at = verify_document_place_of(&declared->document, declared->name_value),
        .preload_at = verify_document_place_of(&declared->document, declared->preload_value),
        .slot_at = verify_document_place_of(&declared->document, declared->slot_value),
        .packed = packed,
        .bank = (uint8_t)declared->bank,
        .preload = declared->preload,
        .has_slot = declared->has_slot,
        .slot = (uint8_t)declared->slot,
    };
    declared->name = NULL;
}

static void compare_with_set(const struct verify_source_asset *asset, struct verify_declared *declared)
{
    struct verify_source_seen source = {.size = 0};
    bool same_bank = declared == NULL || verify_compare_declaration(asset, declared);
    bool same_inputs = verify_compare_inputs(asset, declared, &source);
    if (declared != NULL && same_bank && same_inputs) {
        compare_steady_content(asset, declared, &source);
    }
}

void verify_compare_asset(const struct verify_source_asset *asset, struct verify_summary *summary)
{
    struct verify_declared declared;
    struct base_task *task = asset->subject->options->task;
    bool valid =
        verify_declared_read(&declared, asset->record, asset->root_fd, asset->root_path, task, &asset->sink->findings);
    asset->sink->checked.bytes += declared.document.text.size;
    bool packed = asset->known != NULL && verify_compare_record(asset);
    if (packed) {
        compare_with_set(asset, valid ? &declared : NULL);
    }
    if (valid) {
        summarise(&declared, packed ? asset->known : NULL, summary);
    }
    verify_declared_free(&declared);
}
