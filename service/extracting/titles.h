/* What the assets of a pack are called: by its companion, or else by their ids and names (docs/contracts/extract.md 2).
 *
 * Threads: one at a time. */
#ifndef PRPACK_SERVICE_EXTRACTING_TITLES_H
#define PRPACK_SERVICE_EXTRACTING_TITLES_H

#include "export/names.h"
#include "service/extracting/companion.h"

struct service_extract_titles {
    const struct service_extract_source *source;
    const struct service_extract_companion *companion;
};

/* One asset. */
struct service_extract_title {
    char uuid[EXPORT_UUID_SIZE];
    char *root;                 /* free() it */
    struct base_bytes pipeline; /* of the companion, as it is in its text; or empty */
    struct base_bytes tiles;    /* likewise */
};

/* The title of the entry, whose id is above 0. False when memory ran out. */
bool service_extract_title(const struct service_extract_titles *titles, size_t entry,
                           struct service_extract_title *title);

/* The name of an entry as a C string (free() it); NULL when memory ran out. */
char *service_extract_name(const struct service_extract_titles *titles, size_t entry);

#endif
