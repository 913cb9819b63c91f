/* A row of lists of colours. */
#ifndef PRPACK_SERVICE_TABLE_COLOUR_H
#define PRPACK_SERVICE_TABLE_COLOUR_H

#include "service/table/member.h"

/* "#rrggbb" of a uint32_t 0xrrggbb. */
extern const struct service_member service_row_colour;

#endif
