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

const struct present_format *present_format_named(const char *name)
{
    for (size_t i = 0; formats[i] != NULL; i++) {
        if (strcmp(formats[i]->name, name) == 0) {
            return formats[i];
        }
    }
    return NULL;
}
