#include "writer/plan/slots.h"

#include "tests/writer/kit.h"

static void add(struct kit *kit, int32_t asset_id, enum workspace_asset_type type, int slot)
{
    static const char *const roots[] = {"a", "b", "c", "d", "e", "f"};
    struct workspace_asset *asset = kit_add(kit, asset_id, roots[asset_id % 6], type, WORKSPACE_FORMAT_RAW, "{}");
    if (slot != -2) {
        kit_preload(asset, slot);
    }
}

static int32_t holder(const struct writer_slots *slots, enum workspace_asset_type type, unsigned slot)
{
    const struct workspace_asset *asset = slots->holder[type][slot];
    return asset != NULL ? asset->record->asset_id : 0;
}

UNIT_TEST(explicit_slots_come_first)
{
    struct kit kit;
    struct writer_slots slots;
    kit_begin(&kit);
    add(&kit, 1, WORKSPACE_ASSET_GLYPH, -1);
    add(&kit, 2, WORKSPACE_ASSET_GLYPH, 0);
    add(&kit, 3, WORKSPACE_ASSET_GLYPH, -1);
    add(&kit, 4, WORKSPACE_ASSET_GLYPH, 2);
    add(&kit, 5, WORKSPACE_ASSET_GLYPH, -2);
    add(&kit, 6, WORKSPACE_ASSET_GLYPH, -1);
    writer_slots_assign(&slots, &kit.workspace, &kit.findings);
    CHECK_U64(kit.findings.count, 0);
    CHECK_U64(slots.count, 5);
    CHECK_U64(holder(&slots, WORKSPACE_ASSET_GLYPH, 0), 2);
    CHECK_U64(holder(&slots, WORKSPACE_ASSET_GLYPH, 1), 1);
    CHECK_U64(holder(&slots, WORKSPACE_ASSET_GLYPH, 2), 4);
    CHECK_U64(holder(&slots, WORKSPACE_ASSET_GLYPH, 3), 3);
    CHECK_U64(holder(&slots, WORKSPACE_ASSET_GLYPH, 4), 6);
    CHECK_U64(holder(&slots, WORKSPACE_ASSET_GLYPH, 5), 0);
    kit_end(&kit);
}

UNIT_TEST(each_bank_has_slots_of_its_own)
{
    struct kit kit;
    struct writer_slots slots;
    kit_begin(&kit);
    add(&kit, 1, WORKSPACE_ASSET_SCENE, 5);
    add(&kit, 2, WORKSPACE_ASSET_SOUND, 5);
    add(&kit, 3, WORKSPACE_ASSET_GLYPH, 5);
    add(&kit, 4, WORKSPACE_ASSET_SOUND, -1);
    writer_slots_assign(&slots, &kit.workspace, &kit.findings);
    CHECK_U64(kit.findings.count, 0);
    CHECK_U64(holder(&slots, WORKSPACE_ASSET_SCENE, 5), 1);
    CHECK_U64(holder(&slots, WORKSPACE_ASSET_SOUND, 5), 2);
    CHECK_U64(holder(&slots, WORKSPACE_ASSET_GLYPH, 5), 3);
    CHECK_U64(holder(&slots, WORKSPACE_ASSET_SOUND, 0), 4);
    kit_end(&kit);
}

UNIT_TEST(a_clash_names_both_assets)
{
    struct kit kit;
    struct writer_slots slots;
    kit_begin(&kit);
    add(&kit, 3, WORKSPACE_ASSET_SOUND, 15);
    add(&kit, 4, WORKSPACE_ASSET_SOUND, 15);
    add(&kit, 5, WORKSPACE_ASSET_SOUND, 15);
    writer_slots_assign(&slots, &kit.workspace, &kit.findings);
    CHECK_U64(kit.findings.count, 2);
    CHECK_FINDING(&kit.findings, 0, DIAG_SLOT_CLASH, "assets/e/asset.json", -1,
                  "slot 15 of SOUNDS is taken by asset 3");
    CHECK_FINDING(&kit.findings, 1, DIAG_SLOT_CLASH, "assets/f/asset.json", -1,
                  "slot 15 of SOUNDS is taken by asset 3");
    CHECK_STRING(kit.findings.items[0].place.json_pointer, "/preload/slot");
    CHECK_U64(kit.findings.items[0].place.asset_id, 4);
    CHECK_U64(kit.findings.items[1].place.asset_id, 5);
    CHECK_U64(holder(&slots, WORKSPACE_ASSET_SOUND, 15), 3);
    kit_end(&kit);
}

UNIT_TEST(a_bank_has_sixteen_slots)
{
    struct kit kit;
    struct writer_slots slots;
    kit_begin(&kit);
    for (int32_t id = 1; id <= 16; id++) {
        add(&kit, id, WORKSPACE_ASSET_SCENE, -1);
    }
    add(&kit, 17, WORKSPACE_ASSET_GLYPH, -1);
    writer_slots_assign(&slots, &kit.workspace, &kit.findings);
    CHECK_U64(kit.findings.count, 0);
    CHECK_U64(holder(&slots, WORKSPACE_ASSET_SCENE, 15), 16);
    add(&kit, 18, WORKSPACE_ASSET_SCENE, -1);
    add(&kit, 19, WORKSPACE_ASSET_SCENE, -1);
    writer_slots_assign(&slots, &kit.workspace, &kit.findings);
    CHECK_U64(kit.findings.count, 1);
    CHECK_FINDING(&kit.findings, 0, DIAG_SLOT_EXHAUSTED, "assets/a/asset.json", -1,
                  "18 assets of SCENE are preloaded, 16 fit");
    CHECK_U64(kit.findings.items[0].place.asset_id, 18);
    kit_end(&kit);
}

UNIT_TEST(there_is_no_slot_beyond_fifteen)
{
    struct kit kit;
    struct writer_slots slots;
    kit_begin(&kit);
    add(&kit, 1, WORKSPACE_ASSET_GLYPH, 16);
    writer_slots_assign(&slots, &kit.workspace, &kit.findings);
    CHECK_U64(kit.findings.count, 1);
    CHECK_FINDING(&kit.findings, 0, DIAG_DECLARATION_VALUE, "assets/b/asset.json", -1, "there is no such slot");
    CHECK_U64(slots.count, 0);
    kit_end(&kit);
}
