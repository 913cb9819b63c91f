#include "fuzz/report.h"

#include "base/utf8.h"

void fuzz_check_report(const struct pp_report *report, uint64_t largest)
{
    const struct pp_findings *findings = &report->findings;
    fuzz_check_findings(findings, largest);
    bool any = pp_findings_errors(findings) > 0;
    bool loads_fault = pp_findings_any(findings, PP_CLASS_L);
    FUZZ_CHECK(!loads_fault || report->loads == PP_VERDICT_NO);
    FUZZ_CHECK((report->conforms == PP_VERDICT_YES) == !any);
    FUZZ_CHECK(report->conforms != PP_VERDICT_YES || report->loads == PP_VERDICT_YES);
    FUZZ_CHECK(report->not_checked_count <= PP_NOT_CHECKED_MAX);
    for (size_t i = 0; i < report->not_checked_count; i++) {
        FUZZ_CHECK(report->not_checked[i] != NULL && report->not_checked[i][0] != '\0');
    }
    for (size_t i = 0; i < report->asset_count; i++) {
        uint32_t character = 0;
        struct pp_bytes name = pp_bytes_of_string(report->assets[i].name != NULL ? report->assets[i].name : "");
        FUZZ_CHECK(name.size == 0 || pp_utf8_decode(name, &character) > 0);
    }
    FUZZ_CHECK(report->checked.assets <= report->asset_count);
}
