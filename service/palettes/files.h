/* The palette files of an asset: those that can be filled, and what is written.
 *
 * Threads: no shared state. */
#ifndef PRPACK_SERVICE_PALETTES_FILES_H
#define PRPACK_SERVICE_PALETTES_FILES_H

#include "service/palettes/painting.h"
#include "workspace/edit/palettes.h"

/* One declared palette file. */
struct service_palette_source {
    const char *path; /* of the declaration; NULL: it cannot be filled */
    uint8_t *data;
    size_t size;
    struct base_hash hash;
};

/* Zero-initialise. Too large for a thread's stack. */
struct service_palette_files {
    struct service_palette_source sources[SERVICE_PALETTES_MAX];
    bool fillable[SERVICE_PALETTES_MAX];
    struct workspace_palette_file written[SERVICE_PALETTES_MAX];
    size_t written_count;
};

/* Reads the declared files that have free entries, and finds out which of them can be filled: texts that are declared
 * once. False with the reason in findings. Free *files in either case. */
bool service_palette_files_read(struct service_palette_files *files, const struct workspace *workspace,
                                const struct workspace_asset *asset, const struct writer_palette_set *declared,
                                struct base_findings *findings);

/* Fills `written` with the files of a painting. False when memory ran out. */
bool service_palette_files_write(struct service_palette_files *files, const struct service_painting *painting);

void service_palette_files_free(struct service_palette_files *files);

#endif
