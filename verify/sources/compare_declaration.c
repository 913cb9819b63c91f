#include "verify/sources/compare_declaration.h"

#include "verify/core/format.h"
#include "verify/sources/compare_object.h"

static const struct base_bytes nothing = {.data = NULL};

static const struct verify_preload *find_preload(const struct verify_source_asset *asset)
{
    const struct verify_facts *facts = asset->facts;
    for (size_t i = 0; i < facts->preload_count; i++) {
        if (facts->preloads[i].has_asset_id && facts->preloads[i].asset_id == asset->record->asset_id) {
            return &facts->preloads[i];
        }
    }
    return NULL;
}

/* Whether the asset is preloaded, and the slot that is declared; between.h has the others. More preloads than slots are
 * another finding: they are not searched for every asset. */
static void compare_preload(const struct verify_source_asset *asset, struct verify_declared *declared)
{
    if (asset->facts->preload_count > VERIFY_SLOTS_OF_ALL_BANKS) {
        return;
    }
    const struct verify_preload *found = find_preload(asset);
    if (declared->preload != (found != NULL)) {
        verify_document_report(&declared->document, DIAG_SOURCE_MISMATCH, declared->preload_value.begin, NULL, nothing,
                               declared->preload ? "asset.json asks for a preload that the pack does not have"
                                                 : "the pack preloads the asset, and asset.json does not ask for it");
    } else if (found != NULL && declared->has_slot && found->has_slot && found->slot != declared->slot) {
        verify_document_report(&declared->document, DIAG_SOURCE_MISMATCH, declared->slot_value.begin, NULL, nothing,
                               "the pack preloads the asset into another slot than asset.json declares");
    }
}

static void compare_pipeline(const struct verify_source_asset *asset, const struct verify_declared *declared)
{
    struct base_bytes text = asset->facts->record->text;
    struct json_token recorded = json_object_member(text, asset->recorded, "pipeline");
    bool is_recorded = verify_is_present(recorded);
    if (is_recorded && verify_is_present(declared->pipeline)) {
        const struct verify_object_place place = {
            .below = "/pipeline",
            .object = recorded,
            .diagnostic = DIAG_PIPELINE_MISMATCH,
            .missing = "the recorded pipeline lacks a member that asset.json declares",
            .added = "the recorded pipeline has a member that asset.json does not declare",
            .other = "the recorded pipeline has another value than asset.json declares",
        };
        verify_compare_object(asset, &place, json_span(declared->document.text, declared->pipeline));
    } else if (is_recorded) {
        verify_report_recorded(asset, DIAG_PIPELINE_MISMATCH, recorded, "/pipeline", NULL,
                               "a pipeline is recorded, and asset.json declares none");
    } else if (verify_is_present(declared->pipeline)) {
        verify_report_recorded(asset, DIAG_PIPELINE_MISMATCH, asset->recorded, "", "pipeline",
                               "the pipeline that asset.json declares is not recorded");
    }
}

bool verify_compare_declaration(const struct verify_source_asset *asset, struct verify_declared *declared)
{
    compare_preload(asset, declared);
    compare_pipeline(asset, declared);
    if ((asset->known->flags & VERIFY_ENTRY_HAS_BANK) == 0 || verify_entry_is_bank(asset->known, declared->bank)) {
        return true;
    }
    verify_document_report(&declared->document, DIAG_SOURCE_CHANGED, declared->type_value.begin, NULL, nothing,
                           "asset.json declares another bank than the pack has");
    return false;
}
