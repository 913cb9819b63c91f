#include "service/table/colour.h"

#include <stdint.h>
#include <stdio.h>

static bool get_colour(const void *record, struct service_value *value)
{
    (void)snprintf(value->space, sizeof value->space, "#%06x", (unsigned)*(const uint32_t *)record);
    value->string = value->space;
    return true;
}

const struct service_member service_row_colour = {
    .kind = SERVICE_KIND_STRING, .pattern = "^#[0-9a-f]{6}$", .get = get_colour};
