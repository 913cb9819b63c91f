/* Numbers for people. */
#ifndef PRPACK_CLI_QUANTITY_H
#define PRPACK_CLI_QUANTITY_H

#include <stdint.h>

enum { PP_QUANTITY_SIZE = 32 };

/* "34,816". Independent of the locale. Returns buffer. */
const char *pp_quantity(uint64_t value, char buffer[PP_QUANTITY_SIZE]);

/* "1 asset", "2 assets". Returns buffer. */
const char *pp_quantity_of(uint64_t value, const char *singular, const char *plural, char *buffer, unsigned size);

#endif
