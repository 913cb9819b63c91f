/* Which formats there are: present/registered.def. */
#ifndef PRPACK_PRESENT_FORMATS_H
#define PRPACK_PRESENT_FORMATS_H

#include "present/sink.h"

/* The formats in their order; NULL after the last. The first is for people. */
const struct present_format *present_format_at(size_t index);
/* Whether a format can show answers of an operation; of NULL: whether it can show those of every operation. */
bool present_format_shows(const struct present_format *format, const struct service_operation *operation);
/* NULL when there is no format of that name. */
const struct present_format *present_format_named(const char *name);

#endif
