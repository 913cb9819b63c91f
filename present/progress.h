/* Progress of long work, on the error stream: a line that renews itself on a terminal, a line every few seconds
 * elsewhere, JSON lines where the output is JSON. Nothing in the first half second of a phase, nothing when the output
 * is quiet. Each line has the part that is done, the rate since the phase began, and the time left at that rate. While
 * the operation waits for a lock, a line says which process holds it; it stays. */
#ifndef PRPACK_PRESENT_PROGRESS_H
#define PRPACK_PRESENT_PROGRESS_H

#include "base/task.h"
#include "present/output.h"

struct present_progress {
    struct base_task *task; /* whose progress it is */
    FILE *stream;
    const char *examining; /* what BASE_PHASE_EXAMINING is called, such as "verifying"; static */
    enum base_phase phase;
    enum base_unit unit;
    uint64_t done; /* as told last */
    bool enabled;
    bool json;
    bool terminal;
    bool shown;      /* there is a line on the terminal */
    int64_t begun;   /* when the operation began, by the task's clock */
    int64_t started; /* when the phase began */
    int64_t last;    /* when a line was last written; in a new phase: begun, so that its first line is not late */
};

/* Shows the progress of the task until present_progress_end. *progress must stay where it is. */
void present_progress_begin(struct present_progress *progress, struct base_task *task,
                            const struct present_output *output, const char *examining);
/* Clears the terminal's line, for something else to be printed. */
void present_progress_clear(struct present_progress *progress);
/* Clears the terminal's line, for work that begins now. */
void present_progress_restart(struct present_progress *progress);
/* Clears the terminal's line. The task has no callbacks any more. */
void present_progress_end(struct present_progress *progress);

#endif
