#include "present/progress.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

static const double quiet_seconds = 0.5;    /* work shorter than this shows nothing */
static const double terminal_seconds = 0.1; /* between renewals on a terminal */
static const double line_seconds = 3.0;     /* between lines elsewhere */
static const double json_seconds = 0.5;

static double seconds_since(const struct timespec *then)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) + (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

struct present_progress present_progress_begin(const struct present_output *output, const char *examining)
{
    struct present_progress progress = {
        .stream = output->err,
        .examining = examining,
        .enabled = !output->quiet,
        .json = output->json,
        .terminal = isatty(fileno(output->err)) == 1,
    };
    (void)clock_gettime(CLOCK_MONOTONIC, &progress.begun);
    progress.started = progress.begun;
    progress.last = progress.begun;
    return progress;
}

static bool is_due(const struct present_progress *progress)
{
    double pause = progress->json ? json_seconds : progress->terminal ? terminal_seconds : line_seconds;
    return progress->enabled && seconds_since(&progress->started) >= quiet_seconds &&
           seconds_since(&progress->last) >= pause;
}

static void print_line(const struct present_progress *progress, const char *work, double percent, double rate,
                       double remaining)
{
    (void)fprintf(progress->stream, "%s%s: %3.0f %%, %.0f MB/s, %.0f s left%s", progress->terminal ? "\r\033[K" : "",
                  work, percent, rate / 1e6, remaining, progress->terminal ? "" : "\n");
    (void)fflush(progress->stream);
}

/* A phase has a line, and a rate, of its own. */
static void enter(struct present_progress *progress, enum service_phase phase)
{
    if (phase != progress->phase) {
        present_progress_end(progress);
        progress->phase = phase;
        progress->last = progress->begun;
        (void)clock_gettime(CLOCK_MONOTONIC, &progress->started);
    }
}

static void show(struct present_progress *progress, uint64_t done, uint64_t total)
{
    const char *work = progress->phase == SERVICE_PHASE_PACK ? "packing" : progress->examining;
    double rate = (double)done / seconds_since(&progress->started);
    double remaining = rate > 0 ? (double)(total - done) / rate : 0;
    (void)clock_gettime(CLOCK_MONOTONIC, &progress->last);
    if (progress->json) {
        (void)fprintf(progress->stream,
                      "{\"progress\":\"%s\",\"bytes_done\":%" PRIu64 ",\"bytes_total\":%" PRIu64
                      ",\"bytes_per_second\":%.0f,\"seconds_left\":%.0f}\n",
                      work, done, total, rate, remaining);
    } else {
        print_line(progress, work, 100.0 * (double)done / (double)total, rate, remaining);
        progress->shown = progress->terminal;
    }
}

void present_progress_show(void *context, enum service_phase phase, uint64_t bytes_done, uint64_t bytes_total)
{
    struct present_progress *progress = context;
    enter(progress, phase);
    if (bytes_total > 0 && bytes_done <= bytes_total && is_due(progress)) {
        show(progress, bytes_done, bytes_total);
    }
}

void present_progress_end(struct present_progress *progress)
{
    if (progress->shown) {
        (void)fputs("\r\033[K", progress->stream);
        (void)fflush(progress->stream);
        progress->shown = false;
    }
}
