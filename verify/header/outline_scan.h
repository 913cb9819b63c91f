/* The fast way to make an outline: of a header as the packer writes it. */
#ifndef PRPACK_VERIFY_HEADER_OUTLINE_SCAN_H
#define PRPACK_VERIFY_HEADER_OUTLINE_SCAN_H

#include "verify/header/outline.h"

/* Fills the outline, which is empty but for its header, and sets is_canonical. False: the header is another one, or
 * memory ran out or the task was cancelled; then *stopped is true. What was added remains. */
bool verify_outline_scan(struct verify_outline *outline, bool *stopped);

#endif
