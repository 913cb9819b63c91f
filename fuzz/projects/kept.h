/* What a build packed, kept so that the next one can copy its payloads. */
#ifndef PRPACK_FUZZ_PROJECTS_KEPT_H
#define PRPACK_FUZZ_PROJECTS_KEPT_H

#include "fuzz/projects/build.h"
#include "writer/warnings.h"
#include "writer/writer.h"

enum { KEPT_MOST = 64 };

struct kept {
    size_t count;
    struct writer_packed packed[KEPT_MOST];
    struct {
        struct base_content *inputs;
        char *metadata;
        char *pipeline;
        char *tiles;
        struct writer_warnings warnings;
    } owned[KEPT_MOST]; /* what `packed` points to */
    uint64_t payload_offset;
};

/* Packs "project" into "earlier" and keeps what was packed. The project must be without faults. */
void kept_make(struct kept *kept, unsigned jobs);
/* Packs "project" into a directory, with the payloads of "earlier" for those assets whose bit in `mask` is set, bit 0
 * again for the ninth. *stale: it failed because the earlier pack is not as it was. */
bool kept_write(const struct kept *kept, unsigned mask, const char *directory, unsigned jobs,
                struct base_findings *findings, bool *stale);
void kept_free(struct kept *kept);

#endif
