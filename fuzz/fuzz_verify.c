/* The verifier against the contract read a second time: of a pack alone it must find every rule that is broken, and no other.
 * The tail of the input lets an allocation fail. */
#include "fuzz/mutate.h"
#include "fuzz/oracle.h"
#include "fuzz/report.h"

#include <stdio.h>

enum { TAIL = 2, BASE_MEMORY = 8 << 20, MEMORY_PER_BYTE = 512 };

FUZZ_MUTATORS(TAIL, fuzz_mutate_pack, fuzz_cross_pack)

static void verify(struct pp_bytes pack, struct pp_report *report)
{
    const struct pp_build_bytes build = {.assets_pa = pack};
    const struct pp_verify_options options = {.no_companions = true, .jobs = 1};
    pp_verify_bytes(&build, &options, report);
}

static void complain(const char *what, enum pp_diagnostic diagnostic)
{
    (void)fprintf(stderr, "%s: %s\n", what, pp_diagnostic_facts(diagnostic)->id);
    fuzz_fail(__FILE__, __LINE__, "the verifier finds what the contract says");
}

/* The same ids, the same classes, the same verdicts. */
static void check_findings(const struct oracle *oracle, const struct pp_report *report)
{
    for (int id = PP_FINE + 1; id < PP_DIAGNOSTIC_COUNT; id++) {
        bool found = report->findings.total[id] > 0;
        if (found != oracle_has(oracle, (enum pp_diagnostic)id)) {
            complain(found ? "found, not expected" : "expected, not found", (enum pp_diagnostic)id);
        }
    }
    bool loads = !oracle_has_class(oracle, PP_CLASS_L);
    bool conforms = loads && !oracle_has_class(oracle, PP_CLASS_C);
    FUZZ_CHECK(report->loads == (loads ? PP_VERDICT_YES : PP_VERDICT_NO));
    FUZZ_CHECK(report->conforms == (conforms ? PP_VERDICT_YES : PP_VERDICT_NO));
}

/* Without memory at some place, nothing is said to be better than it is. */
static void check_starved(struct pp_bytes pack, const struct pp_report *full, uint16_t allocation)
{
    struct pp_report report;
    fuzz_memory_fail(allocation);
    verify(pack, &report);
    bool failed = fuzz_memory_failed();
    FUZZ_CHECK(report.conforms != PP_VERDICT_YES || full->conforms == PP_VERDICT_YES);
    FUZZ_CHECK(report.loads != PP_VERDICT_YES || full->loads == PP_VERDICT_YES);
    FUZZ_CHECK(report.loads != PP_VERDICT_NO || full->loads == PP_VERDICT_NO);
    FUZZ_CHECK(report.findings.total[PP_INTERNAL] == 0);
    FUZZ_CHECK(failed || report.loads == full->loads);
    pp_report_free(&report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pp_bytes input = pp_bytes_make(data, size);
    uint16_t allocation = fuzz_take_u16(&input);
    struct pp_bytes pack = fuzz_guard(0, input);
    struct pp_report report;
    struct oracle oracle;
    oracle_judge_pack(&oracle, pack);
    fuzz_memory_begin();
    verify(pack, &report);
    FUZZ_CHECK(fuzz_memory_peak() <= BASE_MEMORY + MEMORY_PER_BYTE * size);
    fuzz_check_report(&report, pack.size);
    check_findings(&oracle, &report);
    if (allocation > 0 && allocation < 256) {
        check_starved(pack, &report, allocation);
    }
    pp_report_free(&report);
    FUZZ_CHECK(fuzz_memory_live() == 0);
    oracle_free(&oracle);
    return 0;
}
