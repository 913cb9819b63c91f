#include "verify/report.h"

#include <stdlib.h>
#include <string.h>

void pp_report_begin(struct pp_report *report, const char *file)
{
    *report = (struct pp_report){.loads = PP_VERDICT_UNKNOWN, .conforms = PP_VERDICT_UNKNOWN};
    pp_findings_init(&report->findings);
    report->file = strdup(file);
    if (report->file == NULL) {
        pp_tell_no_memory(&report->findings, file);
    }
}

enum pp_verdict pp_verdict_of_loading(const struct pp_findings *findings, bool judged)
{
    if (pp_findings_any(findings, PP_CLASS_L)) {
        return PP_VERDICT_NO;
    }
    return judged ? PP_VERDICT_YES : PP_VERDICT_UNKNOWN;
}

void pp_report_end(struct pp_report *report)
{
    if (report->findings.out_of_memory && report->findings.total[PP_ENVIRONMENT_MEMORY] == 0) {
        pp_tell_no_memory(&report->findings, report->file);
    }
    if (report->loads == PP_VERDICT_NO || pp_findings_any(&report->findings, PP_CLASS_L) ||
        pp_findings_any(&report->findings, PP_CLASS_C)) {
        report->conforms = PP_VERDICT_NO;
    } else if (report->loads == PP_VERDICT_YES && !pp_findings_any(&report->findings, PP_CLASS_E)) {
        report->conforms = PP_VERDICT_YES;
    } else {
        report->conforms = PP_VERDICT_UNKNOWN;
    }
}

void pp_report_free(struct pp_report *report)
{
    pp_strings_free(&report->strings);
    free(report->assets);
    free(report->preload);
    free(report->cartridge.title);
    free(report->cartridge.app_version);
    free(report->cartridge.app_mode);
    free(report->file);
    pp_findings_free(&report->findings);
    *report = (struct pp_report){.file = NULL};
}
