#include "writer/slots.h"

#include "writer/report.h"

static void take(struct pp_slots *slots, const struct pp_asset *asset, uint32_t slot)
{
    slots->holder[asset->declaration.type][slot] = asset;
    slots->count++;
}

static void take_declared(struct pp_slots *slots, const struct pp_subject *subject)
{
    const struct pp_asset *asset = subject->asset;
    uint32_t slot = asset->declaration.slot;
    const char *bank = pp_asset_bank_name(asset->declaration.type);
    if (slot >= PP_LAYOUT_SLOTS) {
        (void)pp_writer_report_declaration(subject, PP_DECLARATION_VALUE, "/preload/slot", "0 to 15",
                                           pp_writer_decimal(slot).text, "there is no such slot");
        return;
    }
    const struct pp_asset *holder = slots->holder[asset->declaration.type][slot];
    if (holder != NULL) {
        (void)pp_writer_report_declaration(subject, PP_SLOT_CLASH, "/preload/slot", NULL, pp_writer_decimal(slot).text,
                                           "slot %u of %s is taken by asset %d", (unsigned)slot, bank,
                                           (int)holder->record->asset_id);
        return;
    }
    take(slots, asset, slot);
}

/* The lowest free slot of a bank, or PP_LAYOUT_SLOTS. */
static uint32_t lowest_free(const struct pp_slots *slots, enum pp_asset_type type)
{
    uint32_t slot = 0;
    while (slot < PP_LAYOUT_SLOTS && slots->holder[type][slot] != NULL) {
        slot++;
    }
    return slot;
}

static void report_exhausted(const struct pp_subject *first, size_t preloaded)
{
    (void)pp_writer_report_declaration(first, PP_SLOT_EXHAUSTED, "/preload", "at most 16",
                                       pp_writer_decimal(preloaded).text, "%zu assets of %s are preloaded, 16 fit",
                                       preloaded, pp_asset_bank_name(first->asset->declaration.type));
}

static size_t count_preloaded(const struct pp_workspace *workspace, enum pp_asset_type type)
{
    size_t count = 0;
    for (size_t i = 0; i < workspace->asset_count; i++) {
        const struct pp_declaration *declaration = &workspace->assets[i].declaration;
        count += declaration->preload && declaration->type == type;
    }
    return count;
}

void pp_writer_slots_assign(struct pp_slots *slots, const struct pp_workspace *workspace, struct pp_findings *findings)
{
    *slots = (struct pp_slots){.count = 0};
    for (size_t i = 0; i < workspace->asset_count; i++) {
        const struct pp_asset *asset = &workspace->assets[i];
        if (asset->declaration.preload && asset->declaration.has_slot) {
            take_declared(slots, &(struct pp_subject){workspace, asset, findings});
        }
    }
    bool exhausted[PP_LAYOUT_BANKS] = {false};
    for (size_t i = 0; i < workspace->asset_count; i++) {
        const struct pp_asset *asset = &workspace->assets[i];
        enum pp_asset_type type = asset->declaration.type;
        if (!asset->declaration.preload || asset->declaration.has_slot || exhausted[type]) {
            continue;
        }
        uint32_t slot = lowest_free(slots, type);
        if (slot < PP_LAYOUT_SLOTS) {
            take(slots, asset, slot);
            continue;
        }
        exhausted[type] = true;
        report_exhausted(&(struct pp_subject){workspace, asset, findings}, count_preloaded(workspace, type));
    }
}
