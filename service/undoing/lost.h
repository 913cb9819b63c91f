/* Operations that nothing can take back any more. */
#ifndef PRPACK_SERVICE_UNDOING_LOST_H
#define PRPACK_SERVICE_UNDOING_LOST_H

#include "service/undoing/undoing.h"

/* Why the operation that `past` is of cannot be undone, now or later: nothing that it did can be taken back, or its
 * files are not in the quarantine any more. A static text; NULL: it may be undone. A place that cannot be read is not
 * lost. */
const char *service_undoing_loss(const struct service_undoing *undoing);

#endif
