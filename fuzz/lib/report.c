#include "fuzz/lib/report.h"

#include "base/utf8.h"

void fuzz_check_report(const struct verify_report *report, uint64_t largest)
{
    const struct base_findings *findings = &report->findings;
    fuzz_check_findings(findings, largest);
    bool any = base_findings_errors(findings) > 0;
    bool any_of_the_pack = base_findings_errors(findings) > findings->errors[DIAG_CLASS_W];
    bool loads_fault = base_findings_any(findings, DIAG_CLASS_L);
    FUZZ_CHECK(!loads_fault || report->loads == VERIFY_VERDICT_NO);
    FUZZ_CHECK((report->conforms == VERIFY_VERDICT_YES) == !any_of_the_pack);
    FUZZ_CHECK(report->matches != VERIFY_VERDICT_YES || !any);
    FUZZ_CHECK(report->conforms != VERIFY_VERDICT_YES || report->loads == VERIFY_VERDICT_YES);
    FUZZ_CHECK(report->not_checked_count <= VERIFY_NOT_CHECKED_MAX);
    for (size_t i = 0; i < report->not_checked_count; i++) {
        FUZZ_CHECK(report->not_checked[i] != NULL && report->not_checked[i][0] != '\0');
    }
    for (size_t i = 0; i < report->asset_count; i++) {
        uint32_t character = 0;
        struct base_bytes name = base_bytes_of_string(report->assets[i].name != NULL ? report->assets[i].name : "");
        FUZZ_CHECK(name.size == 0 || base_utf8_decode(name, &character) > 0);
    }
    FUZZ_CHECK(report->checked.assets <= report->asset_count);
}
