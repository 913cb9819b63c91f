/* Progress of long work, on the error stream: a line that renews itself on a terminal, a line every few seconds
 * elsewhere, JSON lines where the output is JSON. Nothing in the first half second of a phase, nothing when the output
 * is quiet. Each line has the part that is done, the rate since the phase began, and the time left at that rate. */
#ifndef PRPACK_PRESENT_PROGRESS_H
#define PRPACK_PRESENT_PROGRESS_H

#include "present/output.h"
#include "service/progress.h"

#include <time.h>

struct present_progress {
    FILE *stream;
    const char *examining; /* what SERVICE_PHASE_EXAMINE is called, such as "verifying"; static */
    enum service_phase phase;
    bool enabled;
    bool json;
    bool terminal;
    bool shown;              /* there is a line on the terminal */
    struct timespec begun;   /* when the operation began */
    struct timespec started; /* when the phase began */
    struct timespec last; /* when a line was last written; in a new phase: begun, so that its first line is not late */
};

struct present_progress present_progress_begin(const struct present_output *output, const char *examining);
/* A service_progress_callback; context is the struct present_progress. Writes a line when one is due. */
void present_progress_show(void *context, enum service_phase phase, uint64_t bytes_done, uint64_t bytes_total);
/* Clears the terminal's line. */
void present_progress_end(struct present_progress *progress);

#endif
