/* Numbers for people. */
#ifndef PRPACK_PRESENT_QUANTITY_H
#define PRPACK_PRESENT_QUANTITY_H

#include <stdint.h>

enum { PRESENT_QUANTITY_SIZE = 32 };

/* "34,816". Independent of the locale. Returns buffer. */
const char *present_quantity(uint64_t value, char buffer[PRESENT_QUANTITY_SIZE]);

/* "1 asset", "2 assets". Returns buffer. */
const char *present_quantity_of(uint64_t value, const char *singular, const char *plural, char *buffer, unsigned size);

/* "512 bytes", "1.2 MiB". Rounded down to a tenth. Returns buffer. */
const char *present_size(uint64_t bytes, char buffer[PRESENT_QUANTITY_SIZE]);

/* "34 ms", "2.1 s". Rounded down likewise. Returns buffer. */
const char *present_duration(int64_t nanoseconds, char buffer[PRESENT_QUANTITY_SIZE]);

#endif
