#include "writer/plan/slots.h"

#include "writer/report.h"

static void take(struct writer_slots *slots, const struct workspace_asset *asset, uint32_t slot)
{
    slots->holder[asset->declaration.type][slot] = asset;
    slots->count++;
}

static void take_declared(struct writer_slots *slots, const struct writer_subject *subject)
{
    const struct workspace_asset *asset = subject->asset;
    uint32_t slot = asset->declaration.slot;
    const char *bank = workspace_asset_bank_name(asset->declaration.type);
    if (slot >= WRITER_SLOTS) {
        (void)writer_report_declaration(subject, DIAG_DECLARATION_VALUE, "/preload/slot", WRITER_SLOTS_TEXT,
                                        writer_decimal(slot).text, "there is no such slot");
        return;
    }
    const struct workspace_asset *holder = slots->holder[asset->declaration.type][slot];
    if (holder != NULL) {
        (void)writer_report_declaration(subject, DIAG_SLOT_CLASH, "/preload/slot", NULL, writer_decimal(slot).text,
                                        "slot %u of %s is taken by asset %d", (unsigned)slot, bank,
                                        (int)holder->record->asset_id);
        return;
    }
    take(slots, asset, slot);
}

/* The lowest free slot of a bank, or WRITER_SLOTS. */
static uint32_t lowest_free(const struct writer_slots *slots, enum workspace_asset_type type)
{
    uint32_t slot = 0;
    while (slot < WRITER_SLOTS && slots->holder[type][slot] != NULL) {
        slot++;
    }
    return slot;
}

static void report_exhausted(const struct writer_subject *first, size_t preloaded)
{
    (void)writer_report_declaration(first, DIAG_SLOT_EXHAUSTED, "/preload", "at most 16",
                                    writer_decimal(preloaded).text, "%zu assets of %s are preloaded, %d fit", preloaded,
                                    workspace_asset_bank_name(first->asset->declaration.type), WRITER_SLOTS);
}

static size_t count_preloaded(const struct workspace *workspace, enum workspace_asset_type type)
{
    size_t count = 0;
    for (size_t i = 0; i < workspace->asset_count; i++) {
        const struct workspace_declaration *declaration = &workspace->assets[i].declaration;
        count += declaration->preload && declaration->type == type;
    }
    return count;
}

void writer_slots_assign(struct writer_slots *slots, const struct workspace *workspace, struct base_findings *findings)
{
    *slots = (struct writer_slots){.count = 0};
    for (size_t i = 0; i < workspace->asset_count; i++) {
        const struct workspace_asset *asset = &workspace->assets[i];
        if (asset->declaration.preload && asset->declaration.has_slot) {
            take_declared(slots,
                          &(struct writer_subject){.workspace = workspace, .asset = asset, .findings = findings});
        }
    }
    bool exhausted[WRITER_BANKS] = {false};
    for (size_t i = 0; i < workspace->asset_count; i++) {
        const struct workspace_asset *asset = &workspace->assets[i];
        enum workspace_asset_type type = asset->declaration.type;
        if (!asset->declaration.preload || asset->declaration.has_slot || exhausted[type]) {
            continue;
        }
        uint32_t slot = lowest_free(slots, type);
        if (slot < WRITER_SLOTS) {
            take(slots, asset, slot);
            continue;
        }
        exhausted[type] = true;
        report_exhausted(&(struct writer_subject){.workspace = workspace, .asset = asset, .findings = findings},
                         count_preloaded(workspace, type));
    }
}
