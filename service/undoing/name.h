/* What an asset is called that an undo is about. */
#ifndef PRPACK_SERVICE_UNDOING_NAME_H
#define PRPACK_SERVICE_UNDOING_NAME_H

#include "service/undoing/undoing.h"

/* The name in the asset.json at the root of a record, in *name, which the caller frees; NULL: the declaration is not
 * accepted. False when memory ran out, which is reported. */
bool service_undoing_read_name(const struct service_undoing *undoing, const struct workspace_record *record,
                               char **name);

#endif
