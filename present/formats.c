#include "present/formats.h"

#include <string.h>

static const struct present_format *const formats[] = {
#define PRESENT_FORMAT(symbol) &present_##symbol,
#include "present/registered.def"
#undef PRESENT_FORMAT
    NULL,
};

const struct present_format *present_format_at(size_t index)
{
    return formats[index];
}

bool present_format_shows(const struct present_format *format, const struct service_operation *operation)
{
    if (!format->for_checks || operation == NULL) {
        return !format->for_checks;
    }
    return operation->id == SERVICE_OPERATION_BUILD || operation->id == SERVICE_OPERATION_VERIFY ||
           operation->id == SERVICE_OPERATION_INSPECT || operation->id == SERVICE_OPERATION_DOCTOR;
}

const struct present_format *present_format_named(const char *name)
{
    for (size_t i = 0; formats[i] != NULL; i++) {
        if (strcmp(formats[i]->name, name) == 0) {
            return formats[i];
        }
    }
    return NULL;
}
