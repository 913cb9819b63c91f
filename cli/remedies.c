#include "cli/remedies.h"

#include "service/service.h"

#include <stddef.h>

static const struct {
    enum diag diagnostic;
    enum service_field field;
    const char *text;
} remedies[] = {
#define CLI_REMEDY(symbol, field, text) {DIAG_##symbol, SERVICE_FIELD_##field, text},
#define CLI_CAUSE(symbol, text)
#include "cli/remedies.def"
#undef CLI_CAUSE
#undef CLI_REMEDY
};

static const char *const of_causes[DIAG_CAUSE_COUNT] = {
#define CLI_REMEDY(symbol, field, text)
#define CLI_CAUSE(symbol, text) [DIAG_CAUSE_##symbol] = (text),
#include "cli/remedies.def"
#undef CLI_CAUSE
#undef CLI_REMEDY
};

const char *cli_remedy(enum diag diagnostic, enum diag_cause cause, unsigned request_field)
{
    if (cause != DIAG_CAUSE_NONE) {
        return of_causes[cause];
    }
    const char *general = NULL;
    for (size_t i = 0; i < sizeof remedies / sizeof remedies[0]; i++) {
        if (remedies[i].diagnostic != diagnostic) {
            continue;
        }
        if (remedies[i].field == request_field) {
            return remedies[i].text;
        }
        if (remedies[i].field == SERVICE_FIELD_NONE) {
            general = remedies[i].text;
        }
    }
    return general;
}

const char *cli_fix(enum diag diagnostic, enum diag_cause cause)
{
    static const char *const fixes_of_causes[DIAG_CAUSE_COUNT] = {
#define CLI_FIX(symbol, command)
#define CLI_FIX_CAUSE(symbol, command) [DIAG_CAUSE_##symbol] = (command),
#include "cli/fixes.def"
#undef CLI_FIX_CAUSE
#undef CLI_FIX
    };
    static const char *const fixes[DIAG_COUNT] = {
#define CLI_FIX(symbol, command) [DIAG_##symbol] = (command),
#define CLI_FIX_CAUSE(symbol, command)
#include "cli/fixes.def"
#undef CLI_FIX_CAUSE
#undef CLI_FIX
    };
    return cause != DIAG_CAUSE_NONE ? fixes_of_causes[cause] : fixes[diagnostic];
}
