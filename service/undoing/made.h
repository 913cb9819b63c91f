/* Files that the operation made, and files that it deleted because an earlier one had made them. */
#ifndef PRPACK_SERVICE_UNDOING_MADE_H
#define PRPACK_SERVICE_UNDOING_MADE_H

#include "service/undoing/undoing.h"

/* Plans that a file which the operation made is deleted. One that was changed since stays, with a warning. False with
 * the reason reported. */
bool service_undoing_delete(struct service_undoing *undoing, const struct service_past_file *file, const char *root);

/* Plans that a file which the operation deleted is written again, into the root of a record as it will be. Likewise. */
bool service_undoing_write_again(struct service_undoing *undoing, const struct service_past_file *file,
                                 const struct workspace_record *record);

#endif
