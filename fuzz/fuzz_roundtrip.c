/* Bytes become a workspace, the workspace a build, and the build must give the workspace back: member by member and byte by
 * byte through the reader; written twice it has the same bytes; and the verifier finds nothing, sources included. */
#include "fuzz/build.h"
#include "fuzz/harness.h"
#include "fuzz/report.h"
#include "fuzz/scenario.h"
#include "fuzz/scratch.h"
#include "reader/pack.h"

#include "base/json.h"

#include <stdio.h>

/* The nth asset of the build set. */
static const struct scenario_asset *built(const struct scenario *scenario, size_t index)
{
    for (size_t i = 0; i < scenario->count; i++) {
        if (scenario->assets[i].included && index-- == 0) {
            return &scenario->assets[i];
        }
    }
    return NULL;
}

static void check_name(const struct pp_entry *entry, const struct scenario_asset *asset)
{
    struct naive_text value = {.data = NULL};
    naive_unescape(&value, entry->name);
    FUZZ_CHECK_BYTES(naive_text_bytes(&value), naive_text_bytes(&asset->name));
    naive_text_free(&value);
}

/* Of a raw format metadata is what was declared; of the others that and more. */
static void check_metadata(const struct pp_entry *entry, const struct scenario_asset *asset)
{
    struct naive_json packed;
    struct naive_json declared;
    struct naive_text canonical = {.data = NULL};
    struct pp_bytes text = naive_text_bytes(&asset->metadata);
    FUZZ_CHECK(naive_json_read(&packed, entry->metadata));
    FUZZ_CHECK(naive_json_read(&declared, text.size > 0 ? text : pp_bytes_of_string("{}")));
    naive_canonical(&declared, &declared.nodes[0], &canonical);
    if (asset->raw) {
        FUZZ_CHECK_BYTES(entry->metadata, naive_text_bytes(&canonical));
    } else {
        FUZZ_CHECK(packed.nodes[0].count >= declared.nodes[0].count);
        FUZZ_CHECK(naive_member(&packed, &packed.nodes[0], asset->bank == 0 ? "palette_authored" : "frames") != NULL);
    }
    naive_text_free(&canonical);
    naive_json_free(&packed);
    naive_json_free(&declared);
}

static void check_payload(const struct pp_pack *pack, size_t index, const struct scenario_asset *asset)
{
    struct pp_entry entry = pp_pack_entry(pack, index);
    struct pp_mapping mapping;
    FUZZ_CHECK(pp_pack_map(pack, index, &mapping, NULL));
    FUZZ_CHECK_U64(mapping.bytes.size, entry.size);
    if (asset->raw) {
        FUZZ_CHECK_BYTES(mapping.bytes, naive_text_bytes(&asset->source));
        FUZZ_CHECK_U64(entry.decoded_size, asset->decoded_size);
    }
    pp_pack_unmap(&mapping);
}

static void check_entries(const struct pp_pack *pack, const struct scenario *scenario)
{
    uint64_t offset = 0;
    size_t count = pp_pack_count(pack);
    for (size_t i = 0; i < count; i++) {
        const struct scenario_asset *asset = built(scenario, i);
        struct pp_entry entry = pp_pack_entry(pack, i);
        FUZZ_CHECK(asset != NULL);
        FUZZ_CHECK(entry.asset_id == asset->asset_id && (int)entry.bank == asset->bank);
        FUZZ_CHECK_U64(entry.offset, offset);
        check_name(&entry, asset);
        check_metadata(&entry, asset);
        check_payload(pack, i, asset);
        offset += entry.size;
    }
    FUZZ_CHECK(built(scenario, count) == NULL);
    FUZZ_CHECK_U64(pp_pack_prelude(pack)->payload_offset + offset, pp_pack_file_size(pack));
}

/* ---- Slots: the declared ones, then the lowest free one in rising asset_id ---- */

static void assign_slots(const struct scenario *scenario, int slots[SCENARIO_ASSETS])
{
    bool taken[3][16] = {{false}};
    for (size_t i = 0; i < scenario->count; i++) {
        const struct scenario_asset *asset = &scenario->assets[i];
        slots[i] = asset->included && asset->preload ? asset->slot : -1;
        if (slots[i] >= 0) {
            taken[asset->bank][slots[i]] = true;
        }
    }
    for (size_t i = 0; i < scenario->count; i++) {
        const struct scenario_asset *asset = &scenario->assets[i];
        if (asset->included && asset->preload && asset->slot < 0) {
            slots[i] = 0;
            while (taken[asset->bank][slots[i]]) {
                slots[i]++;
            }
            taken[asset->bank][slots[i]] = true;
        }
    }
}

/* In the order bank, then slot, and with nothing else. */
static void check_preload(const struct pp_pack *pack, const struct scenario *scenario)
{
    int slots[SCENARIO_ASSETS];
    size_t next = 0;
    assign_slots(scenario, slots);
    for (int place = 0; place < 3 * 16; place++) {
        for (size_t i = 0; i < scenario->count; i++) {
            if (scenario->assets[i].bank == place / 16 && slots[i] == place % 16) {
                struct pp_preload preload = pp_pack_preload(pack, next++);
                FUZZ_CHECK(preload.asset_id == scenario->assets[i].asset_id);
                FUZZ_CHECK_U64(preload.slot, slots[i]);
            }
        }
    }
    FUZZ_CHECK_U64(pp_pack_preload_count(pack), next);
}

static void check_pack(const struct build *build, const struct scenario *scenario)
{
    struct pp_error error;
    struct pp_pack *pack = pp_pack_open_bytes(naive_text_bytes(&build->files[BUILD_PACK]), NULL, &error);
    FUZZ_CHECK(pack != NULL);
    check_entries(pack, scenario);
    check_preload(pack, scenario);
    pp_pack_close(pack);
}

/* ---- The other judges ---- */

static void check_verified(void)
{
    struct pp_report report;
    char sources[256];
    (void)snprintf(sources, sizeof sources, "%s", scratch_path("project"));
    const struct pp_verify_options options = {.jobs = 1, .sources = sources};
    pp_verify_build(scratch_path("first"), &options, &report);
    fuzz_print_findings(&report.findings);
    FUZZ_CHECK(report.conforms == PP_VERDICT_YES && report.loads == PP_VERDICT_YES);
    FUZZ_CHECK(report.findings.count == 0);
    FUZZ_CHECK_U64(report.checked.companions, 3);
    fuzz_check_report(&report, UINT32_MAX);
    pp_report_free(&report);
}

static void check_same(const struct build *first, unsigned jobs)
{
    struct build second;
    struct pp_findings findings;
    pp_findings_init(&findings);
    FUZZ_CHECK(build_write("second", jobs, &findings));
    build_read(&second, "second");
    for (int i = 0; i < BUILD_FILES; i++) {
        FUZZ_CHECK_BYTES(naive_text_bytes(&second.files[i]), naive_text_bytes(&first->files[i]));
    }
    build_free(&second);
    pp_findings_free(&findings);
}

/* What is refused is refused for a reason, and one of the workspace's. */
static void check_refusal(const struct scenario *scenario, const struct pp_findings *findings)
{
    if (scenario->certain) {
        fuzz_print_findings(findings);
        fuzz_fail(__FILE__, __LINE__, "a workspace without a fault is packed");
    }
    FUZZ_CHECK(pp_findings_any(findings, PP_CLASS_W));
    FUZZ_CHECK(!pp_findings_any(findings, PP_CLASS_E));
    fuzz_check_findings(findings, UINT32_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pp_bytes input = pp_bytes_make(data, size);
    struct scenario scenario;
    struct pp_findings findings;
    struct build build;
    uint8_t way = fuzz_take_u8(&input);
    pp_findings_init(&findings);
    scenario_draw(&scenario, &input, way % 4 == 0);
    if (build_write("first", 1, &findings)) {
        FUZZ_CHECK(findings.count == 0);
        build_read(&build, "first");
        check_pack(&build, &scenario);
        check_verified();
        check_same(&build, 1U + way / 4U % 3U);
        build_free(&build);
    } else {
        check_refusal(&scenario, &findings);
    }
    pp_findings_free(&findings);
    scenario_free(&scenario);
    return 0;
}
