/* The asset_table_metadata.json beside a pack: docs/contracts/extract.md 4. Threads: one at a time. */
#ifndef PRPACK_SERVICE_EXTRACTING_COMPANION_H
#define PRPACK_SERVICE_EXTRACTING_COMPANION_H

#include "service/extracting/source.h"
#include "service/recorded.h"

/* What it says of one entry of the pack. */
struct service_extract_record {
    char *root;
    char *uuid;
    struct base_bytes pipeline; /* JSON of an object, in the text of the document; or empty */
    struct base_bytes tiles;    /* likewise, of an array */
};

struct service_extract_companion {
    struct service_recorded document;
    struct service_extract_record *records; /* one per entry; NULL: there is no companion that can be used */
    size_t count;
};

/* Looks for the companion, and reads it. One that cannot be used is a warning. False when the task was cancelled, or it
 * could not be read, with the reason in findings. Free it in any case. */
bool service_extract_companion_read(struct service_extract_companion *companion, struct base_task *task,
                                    const struct service_extract_source *source, struct base_findings *findings);
void service_extract_companion_free(struct service_extract_companion *companion);

#endif
