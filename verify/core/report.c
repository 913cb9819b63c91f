#include "verify/core/report.h"

#include <stdlib.h>

void verify_report_free(struct verify_report *report)
{
    base_strings_free(&report->strings);
    free(report->assets);
    free(report->preload);
    free(report->cartridge.title);
    free(report->cartridge.app_version);
    free(report->cartridge.app_mode);
    free(report->file);
    base_findings_free(&report->findings);
    *report = (struct verify_report){.file = NULL};
}
