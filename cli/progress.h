/* Progress of long work, on the error stream: a line that renews itself on a terminal, a line every few seconds
 * elsewhere, JSON lines with --format json. Nothing in the first half second, nothing with --quiet. Each has the part
 * that is done, the rate since the work began, and the time that is left at that rate. */
#ifndef PRPACK_CLI_PROGRESS_H
#define PRPACK_CLI_PROGRESS_H

#include "cli/context.h"

#include <time.h>

struct cli_progress {
    FILE *stream;
    const char *work; /* "packing", "verifying"; static */
    bool enabled;
    bool json;
    bool terminal;
    bool shown; /* a line stands on the terminal */
    struct timespec started;
    struct timespec last;
};

struct cli_progress cli_progress_start(const struct cli_context *context, const char *work);
/* The work begins only now; there was other work before it, so that nobody has to wait for its first line. */
void cli_progress_restart(struct cli_progress *progress);
/* Tells how far the work is; total may be 0 when nobody knows. Called as often as one likes, from one thread at a
 * time. */
void cli_progress_update(struct cli_progress *progress, uint64_t done, uint64_t total);
/* Clears the terminal's line. */
void cli_progress_end(struct cli_progress *progress);

/* The services' callbacks; context is a struct cli_progress. */
void cli_progress_of_writing(void *context, uint64_t bytes_done, uint64_t bytes_total, size_t assets_done,
                             size_t assets_total);
void cli_progress_of_verifying(void *context, uint64_t bytes_done, uint64_t bytes_total);

#endif
