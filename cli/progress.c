#include "cli/progress.h"

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

struct cli_progress cli_progress_start(const struct cli_context *context, const char *work)
{
    struct cli_progress progress = {
        .stream = context->err,
        .work = work,
        .enabled = !context->quiet,
        .json = context->json,
        .terminal = isatty(fileno(context->err)) == 1,
    };
    (void)clock_gettime(CLOCK_MONOTONIC, &progress.started);
    progress.last = progress.started;
    return progress;
}

void cli_progress_restart(struct cli_progress *progress)
{
    (void)clock_gettime(CLOCK_MONOTONIC, &progress->started);
}

static bool is_due(const struct cli_progress *progress)
{
    double pause = progress->json ? json_seconds : progress->terminal ? terminal_seconds : line_seconds;
    return progress->enabled && seconds_since(&progress->started) >= quiet_seconds &&
           seconds_since(&progress->last) >= pause;
}

static void tell_person(const struct cli_progress *progress, double percent, double rate, double remaining)
{
    (void)fprintf(progress->stream, "%s%s: %3.0f %%, %.0f MB/s, %.0f s left%s", progress->terminal ? "\r\033[K" : "",
                  progress->work, percent, rate / 1e6, remaining, progress->terminal ? "" : "\n");
    (void)fflush(progress->stream);
}

void cli_progress_update(struct cli_progress *progress, uint64_t done, uint64_t total)
{
    if (total == 0 || done > total || !is_due(progress)) {
        return;
    }
    double elapsed = seconds_since(&progress->started);
    double rate = (double)done / elapsed;
    double remaining = rate > 0 ? (double)(total - done) / rate : 0;
    (void)clock_gettime(CLOCK_MONOTONIC, &progress->last);
    if (progress->json) {
        (void)fprintf(progress->stream,
                      "{\"progress\":\"%s\",\"bytes_done\":%" PRIu64 ",\"bytes_total\":%" PRIu64
                      ",\"bytes_per_second\":%.0f,\"seconds_left\":%.0f}\n",
                      progress->work, done, total, rate, remaining);
    } else {
        tell_person(progress, 100.0 * (double)done / (double)total, rate, remaining);
        progress->shown = progress->terminal;
    }
}

void cli_progress_end(struct cli_progress *progress)
{
    if (progress->shown) {
        (void)fputs("\r\033[K", progress->stream);
        (void)fflush(progress->stream);
        progress->shown = false;
    }
}

void cli_progress_of_writing(void *context, uint64_t bytes_done, uint64_t bytes_total, size_t assets_done,
                             size_t assets_total)
{
    (void)assets_done;
    (void)assets_total;
    cli_progress_update(context, bytes_done, bytes_total);
}

void cli_progress_of_verifying(void *context, uint64_t bytes_done, uint64_t bytes_total)
{
    cli_progress_update(context, bytes_done, bytes_total);
}
