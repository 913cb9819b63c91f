/* Whether a number has a nearest double, decided on its digits.
 *
 * No floating-point arithmetic, no locale, no limit to the length of the number. Threads: no shared state. */
#ifndef PRPACK_JSON_DOUBLE_H
#define PRPACK_JSON_DOUBLE_H

#include "base/bytes.h"

/* Whether the double that is nearest to a number, ties to even, is finite. `number` is the span of a NUMBER token. */
bool json_fits_double(struct base_bytes number);

#endif
