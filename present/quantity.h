/* Numbers for people. */
#ifndef PRPACK_PRESENT_QUANTITY_H
#define PRPACK_PRESENT_QUANTITY_H

#include <stdint.h>

enum { PRESENT_QUANTITY_SIZE = 32 };

/* "34,816". Independent of the locale. Returns buffer. */
const char *present_quantity(uint64_t value, char buffer[PRESENT_QUANTITY_SIZE]);

/* "1 asset", "2 assets". Returns buffer. */
const char *present_quantity_of(uint64_t value, const char *singular, const char *plural, char *buffer, unsigned size);

#endif
