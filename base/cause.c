#include "base/cause.h"

static const struct diag_cause_facts causes[DIAG_CAUSE_COUNT] = {
#define DIAG_CAUSE(symbol, diagnostic, when, remedy) [DIAG_CAUSE_##symbol] = {DIAG_##diagnostic, when, remedy},
#include "base/causes.def"
#undef DIAG_CAUSE
};

const struct diag_cause_facts *diag_cause_facts(enum diag_cause cause)
{
    return &causes[cause];
}
