#include "service/status.h"

enum pp_status pp_status_of_findings(const struct pp_findings *findings)
{
    if (findings->out_of_memory || pp_findings_any(findings, PP_CLASS_E)) {
        return PP_STATUS_ENVIRONMENT;
    }
    if (pp_findings_any(findings, PP_CLASS_U)) {
        return PP_STATUS_USAGE;
    }
    return pp_findings_errors(findings) > 0 ? PP_STATUS_WRONG : PP_STATUS_WELL;
}

enum pp_status pp_status_of_report(const struct pp_report *report)
{
    enum pp_status status = pp_status_of_findings(&report->findings);
    if (status == PP_STATUS_WELL && report->conforms != PP_VERDICT_YES) {
        return report->conforms == PP_VERDICT_NO ? PP_STATUS_WRONG : PP_STATUS_ENVIRONMENT;
    }
    return status;
}

enum pp_status pp_status_worse(enum pp_status a, enum pp_status b)
{
    return a > b ? a : b;
}
