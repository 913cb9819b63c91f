/* Makes an outline: the fast way first, and the general way where the fast one gives up. */
#ifndef PRPACK_VERIFY_HEADER_OUTLINE_MAKE_H
#define PRPACK_VERIFY_HEADER_OUTLINE_MAKE_H

#include "verify/header/outline.h"

/* Makes the outline of a header, which the caller keeps. False: memory ran out or the task was cancelled, and the
 * outline is empty. The caller frees it in both cases. */
bool verify_outline_make(struct verify_outline *outline, struct base_bytes header, struct base_task *task);

#endif
