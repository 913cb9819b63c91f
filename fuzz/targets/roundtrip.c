/* Bytes become a workspace, the workspace a build, and the build must give the workspace back: member by member and
 * byte by byte through the reader; written twice, and taken apart and built again, it has the same bytes; and the
 * verifier finds nothing, sources included. */
#include "fuzz/lib/harness.h"
#include "fuzz/lib/report.h"
#include "fuzz/lib/scratch.h"
#include "fuzz/projects/build.h"
#include "fuzz/projects/companions.h"
#include "fuzz/projects/extracted.h"
#include "fuzz/projects/scenario.h"
#include "reader/pack.h"

#include "json/tokenizer.h"

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
    struct fuzz_text value = {.data = NULL};
    naive_unescape(&value, entry->name);
    FUZZ_CHECK_BYTES(fuzz_text_bytes(&value), fuzz_text_bytes(&asset->name));
    fuzz_text_free(&value);
}

/* Of a raw format metadata is what was declared; of the others that and more. */
static void check_metadata(const struct pp_entry *entry, const struct scenario_asset *asset)
{
    struct naive_json packed;
    struct naive_json declared;
    struct fuzz_text canonical = {.data = NULL};
    struct base_bytes text = fuzz_text_bytes(&asset->metadata);
    FUZZ_CHECK(naive_json_read(&packed, entry->metadata));
    FUZZ_CHECK(naive_json_read(&declared, text.size > 0 ? text : base_bytes_of_string("{}")));
    naive_canonical(&declared, &declared.nodes[0], &canonical);
    if (asset->raw) {
        FUZZ_CHECK_BYTES(entry->metadata, fuzz_text_bytes(&canonical));
    } else {
        FUZZ_CHECK(packed.nodes[0].count >= declared.nodes[0].count);
        FUZZ_CHECK(naive_member(&packed, &packed.nodes[0], asset->bank == 0 ? "palette_authored" : "frames") != NULL);
    }
    fuzz_text_free(&canonical);
    naive_json_free(&packed);
    naive_json_free(&declared);
}

static void check_payload(const struct pp_pack *pack, size_t index, const struct scenario_asset *asset)
{
    struct pp_entry entry = pp_pack_entry(pack, index);
    struct base_mapping mapping;
    FUZZ_CHECK(pp_pack_map(pack, index, &mapping, NULL));
    FUZZ_CHECK_U64(mapping.bytes.size, entry.size);
    if (asset->raw) {
        FUZZ_CHECK_BYTES(mapping.bytes, fuzz_text_bytes(&asset->source));
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
    struct pp_pack *pack = pp_pack_open_bytes(fuzz_text_bytes(&build->files[BUILD_PACK]), NULL, &error);
    FUZZ_CHECK(pack != NULL);
    check_entries(pack, scenario);
    check_preload(pack, scenario);
    pp_pack_close(pack);
}

/* ---- The other checkers ---- */

static void verify(struct verify_report *report)
{
    char sources[256];
    (void)snprintf(sources, sizeof sources, "%s", scratch_path("project"));
    const struct verify_options options = {.jobs = 1, .sources = sources};
    verify_build(scratch_path("first"), &options, report);
}

static void check_verified(void)
{
    struct verify_report report;
    verify(&report);
    fuzz_print_findings(&report.findings);
    FUZZ_CHECK(report.conforms == VERIFY_VERDICT_YES && report.loads == VERIFY_VERDICT_YES);
    FUZZ_CHECK(report.findings.count == 0 && report.matches == VERIFY_VERDICT_YES);
    FUZZ_CHECK_U64(report.checked.companions, 3);
    fuzz_check_report(&report, UINT32_MAX);
    verify_report_free(&report);
}

static void check_same_bytes(const struct build *first, const char *directory)
{
    struct build second;
    build_read(&second, directory);
    for (int i = 0; i < BUILD_FILES; i++) {
        FUZZ_CHECK_BYTES(fuzz_text_bytes(&second.files[i]), fuzz_text_bytes(&first->files[i]));
    }
    build_free(&second);
}

static void check_written_twice(const struct build *first, unsigned jobs)
{
    struct base_findings findings;
    base_findings_init(&findings);
    FUZZ_CHECK(build_write("second", jobs, &findings));
    check_same_bytes(first, "second");
    base_findings_free(&findings);
}

/* Taken apart, with its companion or without, and built again the pack is the same. */
static void check_taken_apart(const struct build *first, bool alone)
{
    struct service_extract_result result;
    struct base_findings findings;
    base_findings_init(&findings);
    scratch_remove("alone");
    scratch_remove("taken");
    scratch_write("alone/assets.pa", fuzz_text_bytes(&first->files[BUILD_PACK]));
    FUZZ_CHECK(extracted_write(alone ? "alone/assets.pa" : "first", "taken", &result, &findings));
    FUZZ_CHECK(result.conforms == SERVICE_VERDICT_YES && base_findings_errors(&findings) == 0);
    FUZZ_CHECK(build_write_from("taken", "second", 1, &findings));
    struct fuzz_text again = scratch_read("second/assets.pa");
    FUZZ_CHECK_BYTES(fuzz_text_bytes(&again), fuzz_text_bytes(&first->files[BUILD_PACK]));
    fuzz_text_free(&again);
    service_extract_result_free(&result);
    base_findings_free(&findings);
}

/* ---- Changes after the build ---- */

static const struct scenario_asset *asset_with_source(const struct scenario *scenario, unsigned which, size_t *index)
{
    for (size_t i = 0; i < scenario->count; i++) {
        size_t at = (which + i) % scenario->count;
        const struct scenario_asset *asset = &scenario->assets[at];
        if (asset->included && asset->raw && asset->source.size > 0) {
            *index = at;
            return asset;
        }
    }
    return NULL;
}

/* A source of a raw asset is not the one that was packed. */
static void change_source(const struct scenario *scenario, struct base_bytes *input)
{
    size_t index = 0;
    const struct scenario_asset *asset = asset_with_source(scenario, fuzz_take_u8(input), &index);
    if (asset == NULL) {
        return;
    }
    struct fuzz_text changed = {.data = NULL};
    struct verify_report report;
    char path[64];
    fuzz_text_add(&changed, asset->source.data, asset->source.size);
    changed.data[fuzz_take_u16(input) % changed.size] ^= 1;
    (void)snprintf(path, sizeof path, "project/assets/a%zu/source", index);
    uint8_t way = fuzz_take_u8(input);
    scratch_remove(path);
    if (way % 4 != 0) {
        changed.size -= way % 4U == 1 ? 1 : 0;
        scratch_write(path, fuzz_text_bytes(&changed));
    }
    verify(&report);
    FUZZ_CHECK(report.findings.total[DIAG_SOURCE_CHANGED] > 0 && report.conforms == VERIFY_VERDICT_NO);
    FUZZ_CHECK(report.loads == VERIFY_VERDICT_YES);
    verify_report_free(&report);
    fuzz_text_free(&changed);
}

/* A payload is not the one of its source, and every hash says that it is. */
static void change_payload(struct build *build, struct base_bytes *input)
{
    struct fuzz_text *pack = &build->files[BUILD_PACK];
    size_t payloads = pack->size - (size_t)base_load_le64(pack->data + 12);
    if (payloads == 0) {
        return;
    }
    struct verify_report report;
    pack->data[pack->size - 1 - fuzz_take_u32(input) % payloads] ^= 1;
    companions_repair_hashes(build->files);
    build_put(build, "first");
    verify(&report);
    fuzz_check_report(&report, UINT32_MAX);
    FUZZ_CHECK(report.findings.total[DIAG_HASH_MISMATCH] == 0);
    verify_report_free(&report);
}

/* asset.json is not the one that was packed: another name, another preload, or none at all. */
static void change_declaration(const struct scenario *scenario, struct base_bytes *input)
{
    static const char *const texts[] = {"{}",
                                        "[1]",
                                        "{\"name\":1}",
                                        "",
                                        "{\"schema_version\":1,\"name\":\"other\"}",
                                        "{\"output\":{\"format\":\"SCENE/raw_v1\"},\"inputs\":{\"sources\":[\"a\"]}}"};
    size_t index = 0;
    if (asset_with_source(scenario, fuzz_take_u8(input), &index) != NULL) {
        struct verify_report report;
        char path[64];
        (void)snprintf(path, sizeof path, "project/assets/a%zu/asset.json", index);
        scratch_write_string(path, texts[fuzz_take_below(input, 6)]);
        verify(&report);
        FUZZ_CHECK(report.matches == VERIFY_VERDICT_NO);
        fuzz_check_report(&report, UINT32_MAX);
        verify_report_free(&report);
    }
}

static void change(struct build *build, const struct scenario *scenario, struct base_bytes *input)
{
    switch (fuzz_take_below(input, 4)) {
    case 1:
        change_source(scenario, input);
        break;
    case 2:
        change_payload(build, input);
        break;
    case 3:
        change_declaration(scenario, input);
        break;
    default:
        break;
    }
}

/* ---- Faults of the environment ---- */

struct environment {
    uint16_t nth;
    enum { ALL_WELL, NO_MEMORY, CALL_FAILS } kind;
    enum fuzz_call_fault fault;
};

static struct environment environment_of(struct base_bytes *input)
{
    uint8_t choice = fuzz_take_u8(input);
    struct environment environment = {.nth = (uint16_t)(1 + fuzz_take_u16(input) % 1024), .kind = ALL_WELL};
    if (choice >= 0xC0) {
        environment.kind = NO_MEMORY;
    } else if (choice >= 0x60) {
        environment.kind = CALL_FAILS;
        environment.fault = (enum fuzz_call_fault)(choice % FUZZ_CALL_FAULTS);
    }
    return environment;
}

static void arm_fault(const struct environment *environment)
{
    fuzz_memory_fail(environment->kind == NO_MEMORY ? environment->nth : 0);
    fuzz_call_fail(environment->kind == CALL_FAILS ? environment->nth : 0, environment->fault);
}

/* Whether something failed that may be told. */
static bool fault_happened(const struct environment *environment)
{
    bool memory = fuzz_memory_failed();
    bool call = fuzz_call_failed();
    return memory || (call && environment->fault != FUZZ_CALL_INTERRUPT && environment->fault != FUZZ_CALL_SHORT);
}

/* Written once more while something fails: the same bytes, or a refusal that says why. */
static void check_writing_with_fault(const struct build *first, const struct environment *environment)
{
    struct base_findings findings;
    base_findings_init(&findings);
    fuzz_memory_begin();
    arm_fault(environment);
    bool written = build_write("second", 1, &findings);
    bool told = fault_happened(environment);
    FUZZ_CHECK(written || told);
    FUZZ_CHECK(written == (base_findings_errors(&findings) == 0 && !findings.out_of_memory));
    FUZZ_CHECK(findings.total[DIAG_INTERNAL] == 0);
    if (written) {
        check_same_bytes(first, "second");
    }
    base_findings_free(&findings);
    FUZZ_CHECK(fuzz_memory_live() == 0);
}

/* Verified once more while something fails: never a verdict that is wrong. */
static void check_verifying_with_fault(const struct environment *environment)
{
    struct verify_report report;
    fuzz_memory_begin();
    arm_fault(environment);
    verify(&report);
    bool told = fault_happened(environment);
    FUZZ_CHECK(report.loads != VERIFY_VERDICT_NO || (told && environment->fault == FUZZ_CALL_END));
    FUZZ_CHECK(told || report.conforms == VERIFY_VERDICT_YES);
    FUZZ_CHECK(report.findings.total[DIAG_INTERNAL] == 0);
    verify_report_free(&report);
    FUZZ_CHECK(fuzz_memory_live() == 0);
}

/* ---- The target ---- */

/* What is refused is refused for a reason, and one of the workspace's. */
static void check_refusal(const struct scenario *scenario, const struct base_findings *findings)
{
    if (scenario->certain) {
        fuzz_print_findings(findings);
        fuzz_fail(__FILE__, __LINE__, "a workspace without a fault is packed");
    }
    FUZZ_CHECK(base_findings_any(findings, DIAG_CLASS_W));
    FUZZ_CHECK(!base_findings_any(findings, DIAG_CLASS_E));
    fuzz_check_findings(findings, UINT32_MAX);
}

static void check_build(struct build *build, const struct scenario *scenario, struct base_bytes *input, uint8_t way)
{
    struct environment environment = environment_of(input);
    FUZZ_CHECK(!scenario->wrong);
    build_read(build, "first");
    check_pack(build, scenario);
    check_verified();
    check_written_twice(build, 1U + way / 4U % 3U);
    check_taken_apart(build, way % 2 == 0);
    if (environment.kind != ALL_WELL) {
        check_writing_with_fault(build, &environment);
        check_verifying_with_fault(&environment);
    }
    change(build, scenario, input);
    build_free(build);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes input = base_bytes_make(data, size);
    struct scenario scenario;
    struct base_findings findings;
    struct build build;
    uint8_t way = fuzz_take_u8(&input);
    base_findings_init(&findings);
    scenario_draw(&scenario, &input, way % 4 == 0, way >= 0x80);
    if (build_write("first", 1, &findings)) {
        FUZZ_CHECK(findings.count == 0);
        check_build(&build, &scenario, &input, way);
    } else {
        check_refusal(&scenario, &findings);
    }
    base_findings_free(&findings);
    scenario_free(&scenario);
    return 0;
}
