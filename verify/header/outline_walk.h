/* The general way to make an outline: of any text, by its tokens. */
#ifndef PRPACK_VERIFY_HEADER_OUTLINE_WALK_H
#define PRPACK_VERIFY_HEADER_OUTLINE_WALK_H

#include "verify/header/outline.h"

/* Fills the outline, which is empty but for its header. False: memory ran out or the task was cancelled; what was added
 * remains. */
bool verify_outline_walk(struct verify_outline *outline);

#endif
