/* The verifier against the contract read a second time: of a pack alone it must find every rule that is broken, and no
 * other. The tail of the input lets an allocation fail. */
#include "fuzz/lib/report.h"
#include "fuzz/mutate/mutate.h"
#include "fuzz/oracle/pack.h"

#include <stdio.h>

enum { TAIL = 2, BASE_MEMORY = 8 << 20, MEMORY_PER_BYTE = 512 };

FUZZ_MUTATORS(TAIL, fuzz_mutate_pack, fuzz_cross_pack)

static void verify(struct base_bytes pack, struct verify_report *report)
{
    const struct verify_build_bytes build = {.assets_pa = pack};
    const struct verify_options options = {.no_companions = true, .jobs = 1};
    verify_bytes(&build, &options, report);
}

static void complain(const char *what, enum diag diagnostic)
{
    (void)fprintf(stderr, "%s: %s\n", what, diag_facts(diagnostic)->id);
    fuzz_fail(__FILE__, __LINE__, "the verifier finds what the contract says");
}

/* The same ids, the same classes, the same verdicts. */
static void check_findings(const struct oracle *oracle, const struct verify_report *report)
{
    for (int id = DIAG_NONE + 1; id < DIAG_COUNT; id++) {
        bool found = report->findings.total[id] > 0;
        if (found != oracle_has(oracle, (enum diag)id)) {
            complain(found ? "found, not expected" : "expected, not found", (enum diag)id);
        }
    }
    bool loads = !oracle_has_class(oracle, DIAG_CLASS_L);
    bool conforms = loads && !oracle_has_class(oracle, DIAG_CLASS_C);
    FUZZ_CHECK(report->loads == (loads ? VERIFY_VERDICT_YES : VERIFY_VERDICT_NO));
    FUZZ_CHECK(report->conforms == (conforms ? VERIFY_VERDICT_YES : VERIFY_VERDICT_NO));
}

/* Without memory at some place, nothing is said to be better than it is. */
static void check_without_memory(struct base_bytes pack, const struct verify_report *full, uint16_t allocation)
{
    struct verify_report report;
    fuzz_memory_fail(allocation);
    verify(pack, &report);
    bool failed = fuzz_memory_failed();
    FUZZ_CHECK(report.conforms != VERIFY_VERDICT_YES || full->conforms == VERIFY_VERDICT_YES);
    FUZZ_CHECK(report.loads != VERIFY_VERDICT_YES || full->loads == VERIFY_VERDICT_YES);
    FUZZ_CHECK(report.loads != VERIFY_VERDICT_NO || full->loads == VERIFY_VERDICT_NO);
    FUZZ_CHECK(report.findings.total[DIAG_INTERNAL] == 0);
    FUZZ_CHECK(failed || report.loads == full->loads);
    verify_report_free(&report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes input = base_bytes_make(data, size);
    uint16_t allocation = fuzz_take_u16(&input);
    struct base_bytes pack = fuzz_guard(0, input);
    struct verify_report report;
    struct oracle oracle;
    oracle_check_pack(&oracle, pack);
    fuzz_memory_begin();
    verify(pack, &report);
    FUZZ_CHECK(fuzz_memory_peak() <= BASE_MEMORY + MEMORY_PER_BYTE * size);
    fuzz_check_report(&report, pack.size);
    check_findings(&oracle, &report);
    if (allocation > 0 && allocation < 256) {
        check_without_memory(pack, &report, allocation);
    }
    verify_report_free(&report);
    FUZZ_CHECK(fuzz_memory_live() == 0);
    oracle_free(&oracle);
    return 0;
}
