/* The manifest of a cartridge against section 5 of the contract, read a second time. */
#include "verify/cartridge/manifest.h"
#include "fuzz/lib/report.h"
#include "fuzz/lib/scratch.h"
#include "fuzz/mutate/mutate.h"

#include <stdio.h>
#include <string.h>

enum { TAIL = 2 };

FUZZ_MUTATORS(TAIL, fuzz_mutate_json_or_bytes, fuzz_cross_json_or_bytes)

static const char *const listed[] = {"app_id",     "app_mode", "app_version", "capabilities", "cartridge_version",
                                     "entrypoint", "magic",    "title"};

static const struct naive_node *member(const struct naive_json *json, const char *key)
{
    return naive_member(json, &json->nodes[0], key);
}

static bool is_integer(const struct naive_json *json, const struct naive_node *node, uint64_t least, uint64_t most)
{
    if (node == NULL || node->kind != NAIVE_NUMBER) {
        return false;
    }
    struct naive_integer integer = naive_integer_of(json, node);
    bool fits = integer.integral && !integer.huge && integer.magnitude >= least && integer.magnitude <= most;
    return fits && (!integer.negative || integer.magnitude == 0);
}

static bool is_string(const struct naive_json *json, const struct naive_node *node, const char *value)
{
    return node != NULL && node->kind == NAIVE_STRING && (value == NULL || naive_is(naive_span(json, node), value));
}

/* True when capabilities are what they may be; tells whether one of them is `asset`. */
static bool capabilities_are_fine(const struct naive_json *json, bool *declares_asset)
{
    const struct naive_node *list = member(json, "capabilities");
    bool fine = list == NULL || list->kind == NAIVE_ARRAY;
    *declares_asset = false;
    for (size_t i = list != NULL && fine ? list->first : NAIVE_NONE; i != NAIVE_NONE; i = json->nodes[i].next) {
        fine = fine && json->nodes[i].kind == NAIVE_STRING;
        *declares_asset = *declares_asset || is_string(json, &json->nodes[i], "asset");
    }
    return fine;
}

static bool listed_keys_are_unique(const struct naive_json *json)
{
    for (size_t i = 0; i < sizeof listed / sizeof listed[0]; i++) {
        size_t holders = 0;
        for (size_t m = json->nodes[0].first; m != NAIVE_NONE; m = json->nodes[m].next) {
            holders += naive_is(naive_key(json, &json->nodes[m]), listed[i]) ? 1 : 0;
        }
        if (holders > 1) {
            return false;
        }
    }
    return true;
}

static bool entrypoint_is_fine(const struct naive_json *json)
{
    const struct naive_node *node = member(json, "entrypoint");
    return node == NULL || node->kind == NAIVE_STRING ||
           (node->kind == NAIVE_NUMBER && naive_integer_of(json, node).integral);
}

static bool is_mode(const struct naive_json *json, const struct naive_node *node)
{
    return is_string(json, node, "Game") || is_string(json, node, "System") || is_string(json, node, "game") ||
           is_string(json, node, "system");
}

static bool members_are_fine(const struct naive_json *json)
{
    bool asset = false;
    return is_string(json, member(json, "magic"), "PMTU") &&
           is_integer(json, member(json, "cartridge_version"), 1, 1) &&
           is_integer(json, member(json, "app_id"), 0, UINT32_MAX) && is_string(json, member(json, "title"), NULL) &&
           is_string(json, member(json, "app_version"), NULL) && is_mode(json, member(json, "app_mode")) &&
           capabilities_are_fine(json, &asset) && entrypoint_is_fine(json) && listed_keys_are_unique(json);
}

static void check_fields(const struct naive_json *json, const struct verify_report *report)
{
    bool asset = false;
    (void)capabilities_are_fine(json, &asset);
    FUZZ_CHECK(report->cartridge.declares_asset == asset);
    FUZZ_CHECK(report->cartridge.has_app_id == is_integer(json, member(json, "app_id"), 0, UINT32_MAX));
    FUZZ_CHECK(!report->cartridge.has_app_id ||
               report->cartridge.app_id == naive_integer_of(json, member(json, "app_id")).magnitude);
    FUZZ_CHECK((report->cartridge.title != NULL) == is_string(json, member(json, "title"), NULL));
}

static void check_manifest(struct base_bytes text, bool *fine)
{
    struct naive_json json;
    struct verify_report report = {.kind = VERIFY_REPORT_CARTRIDGE};
    struct verify_sink sink;
    verify_sink_init(&sink);
    verify_check_manifest("manifest.json", text, &sink, &report);
    bool read = naive_json_read(&json, text) && json.nodes[0].kind == NAIVE_OBJECT;
    *fine = read && members_are_fine(&json);
    FUZZ_CHECK((sink.findings.total[DIAG_CARTRIDGE_MANIFEST] == 0) == *fine);
    FUZZ_CHECK((base_findings_errors(&sink.findings) == 0) == *fine);
    fuzz_check_findings(&sink.findings, text.size);
    fuzz_check_lines(&sink.findings, text);
    if (read) {
        check_fields(&json, &report);
    }
    naive_json_free(&json);
    verify_sink_free(&sink);
    verify_report_free(&report);
}

/* The whole cartridge, from a directory; there is an assets.pa that does not load, or none. */
static void check_cartridge(struct base_bytes text, bool fine, bool pack)
{
    struct verify_report report;
    const struct verify_options options = {.jobs = 1};
    scratch_write("cartridge/manifest.json", text);
    if (pack) {
        scratch_write_string("cartridge/assets.pa", "ASPA and no more");
    } else {
        scratch_remove("cartridge/assets.pa");
    }
    verify_cartridge(scratch_path("cartridge"), &options, &report);
    bool loads = fine && !pack && !report.cartridge.declares_asset;
    FUZZ_CHECK(report.loads == (loads ? VERIFY_VERDICT_YES : VERIFY_VERDICT_NO));
    FUZZ_CHECK((report.findings.total[DIAG_CARTRIDGE_ASSET_MISSING] > 0) == report.cartridge.declares_asset);
    fuzz_check_findings(&report.findings, text.size + 32);
    verify_report_free(&report);
}

static void check_without_memory(struct base_bytes text, uint8_t allocation, bool fine)
{
    struct verify_report report = {.kind = VERIFY_REPORT_CARTRIDGE};
    struct verify_sink sink;
    verify_sink_init(&sink);
    fuzz_memory_fail(allocation);
    verify_check_manifest("manifest.json", text, &sink, &report);
    FUZZ_CHECK(fuzz_memory_failed() || (base_findings_errors(&sink.findings) == 0) == fine);
    FUZZ_CHECK(fine || sink.findings.total[DIAG_CARTRIDGE_MANIFEST] > 0 || sink.findings.out_of_memory ||
               sink.findings.total[DIAG_ENVIRONMENT_MEMORY] > 0);
    verify_sink_free(&sink);
    verify_report_free(&report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes input = base_bytes_make(data, size);
    uint8_t way = fuzz_take_u8(&input);
    uint8_t allocation = fuzz_take_u8(&input);
    struct base_bytes text = fuzz_guard(0, input);
    bool fine = false;
    fuzz_memory_begin();
    check_manifest(text, &fine);
    if (allocation > 0 && allocation < 64) {
        check_without_memory(text, allocation, fine);
    }
    FUZZ_CHECK(fuzz_memory_live() == 0);
    if (way % 16 == 1) {
        check_cartridge(text, fine, way / 16 % 2 == 0);
    }
    return 0;
}
