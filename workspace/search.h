/* Which workspace a directory belongs to: docs/contracts/workspace.md, 1.5. */
#ifndef PRPACK_WORKSPACE_SEARCH_H
#define PRPACK_WORKSPACE_SEARCH_H

#include "base/text.h"

#include <stdbool.h>

enum workspace_search_end {
    WORKSPACE_SEARCH_NOTHING,
    WORKSPACE_SEARCH_FOUND,
    WORKSPACE_SEARCH_UNKNOWN, /* the registry could not be looked for: opening it says why */
    WORKSPACE_SEARCH_STRANGE  /* there is one above, but the search stopped before: another user owns a directory */
};

/* Looks for a workspace in the directory `from`, unless `above` is true, and in those above it, from the nearest on. Of
 * a path, the part that exists counts. Appends the path of the project directory to the empty
 * *project, unless nothing is found: `from`, followed by as many "/.." as needed, so it begins where `from` does, at
 * begin_fd (base/directory.h). It stays empty for begin_fd itself.
 *
 * Reads only. *project records whether memory ran out. */
enum workspace_search_end workspace_search(int begin_fd, const char *from, bool above, struct base_text *project);

#endif
