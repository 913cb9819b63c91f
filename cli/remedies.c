#include "cli/remedies.h"

#include "service/service.h"

#include <stddef.h>

static const struct {
    enum diag diagnostic;
    enum service_field field;
    const char *text;
} remedies[] = {
#define CLI_REMEDY(symbol, field, text) {DIAG_##symbol, SERVICE_FIELD_##field, text},
#include "cli/remedies.def"
#undef CLI_REMEDY
};

const char *cli_remedy(enum diag diagnostic, unsigned request_field)
{
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
