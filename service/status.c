#include "service/status.h"

enum service_status service_status_of_findings(const struct base_findings *findings)
{
    if (findings->total[DIAG_CANCELLED] > 0) {
        return SERVICE_STATUS_CANCELLED;
    }
    if (findings->out_of_memory || base_findings_any(findings, DIAG_CLASS_E)) {
        return SERVICE_STATUS_ENVIRONMENT;
    }
    if (base_findings_any(findings, DIAG_CLASS_U)) {
        return SERVICE_STATUS_USAGE;
    }
    return base_findings_errors(findings) > 0 ? SERVICE_STATUS_WRONG : SERVICE_STATUS_WELL;
}

enum service_status service_status_worse(enum service_status a, enum service_status b)
{
    return a > b ? a : b;
}
