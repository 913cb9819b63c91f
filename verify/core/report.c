#include "verify/core/report.h"

#include <stdlib.h>
#include <string.h>

void verify_report_begin(struct verify_report *report, const char *file)
{
    *report = (struct verify_report){.loads = VERIFY_VERDICT_UNKNOWN, .conforms = VERIFY_VERDICT_UNKNOWN};
    base_findings_init(&report->findings);
    report->file = strdup(file);
    if (report->file == NULL) {
        base_report_out_of_memory(&report->findings, file);
    }
}

enum verify_verdict verify_verdict_of_loading(const struct base_findings *findings, bool judged)
{
    if (base_findings_any(findings, DIAG_CLASS_L)) {
        return VERIFY_VERDICT_NO;
    }
    return judged ? VERIFY_VERDICT_YES : VERIFY_VERDICT_UNKNOWN;
}

void verify_report_end(struct verify_report *report)
{
    if (report->findings.out_of_memory && report->findings.total[DIAG_ENVIRONMENT_MEMORY] == 0) {
        base_report_out_of_memory(&report->findings, report->file);
    }
    if (report->loads == VERIFY_VERDICT_NO || base_findings_any(&report->findings, DIAG_CLASS_L) ||
        base_findings_any(&report->findings, DIAG_CLASS_C)) {
        report->conforms = VERIFY_VERDICT_NO;
    } else if (report->loads == VERIFY_VERDICT_YES && !base_findings_any(&report->findings, DIAG_CLASS_E)) {
        report->conforms = VERIFY_VERDICT_YES;
    } else {
        report->conforms = VERIFY_VERDICT_UNKNOWN;
    }
}

void verify_report_free(struct verify_report *report)
{
    verify_strings_free(&report->strings);
    free(report->assets);
    free(report->preload);
    free(report->cartridge.title);
    free(report->cartridge.app_version);
    free(report->cartridge.app_mode);
    free(report->file);
    base_findings_free(&report->findings);
    *report = (struct verify_report){.file = NULL};
}
