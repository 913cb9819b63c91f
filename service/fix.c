#include "service/fix.h"

enum service_fix service_fix_of(const struct base_finding *finding)
{
    static const enum service_fix of_causes[DIAG_CAUSE_COUNT] = {
#define SERVICE_FIX(symbol, safe)
#define SERVICE_FIX_CAUSE(symbol, safe) [DIAG_CAUSE_##symbol] = (safe) ? SERVICE_FIX_SAFE : SERVICE_FIX_OFFERED,
#include "service/fixes.def"
#undef SERVICE_FIX_CAUSE
#undef SERVICE_FIX
    };
    static const enum service_fix of_diagnostics[DIAG_COUNT] = {
#define SERVICE_FIX(symbol, safe) [DIAG_##symbol] = (safe) ? SERVICE_FIX_SAFE : SERVICE_FIX_OFFERED,
#define SERVICE_FIX_CAUSE(symbol, safe)
#include "service/fixes.def"
#undef SERVICE_FIX_CAUSE
#undef SERVICE_FIX
    };
    return finding->cause != DIAG_CAUSE_NONE ? of_causes[finding->cause] : of_diagnostics[finding->diagnostic];
}
