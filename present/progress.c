#include "present/progress.h"

#include "present/phase.h"
#include "json/emit.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

static const double quiet_seconds = 0.5;    /* work shorter than this shows nothing */
static const double terminal_seconds = 0.1; /* between renewals on a terminal */
static const double line_seconds = 3.0;     /* between lines elsewhere */
static const double json_seconds = 0.5;

static double seconds_since(const struct present_progress *progress, int64_t then)
{
    return (double)(base_task_now(progress->task) - then) / 1e9;
}

static bool is_due(const struct present_progress *progress)
{
    double pause = progress->json ? json_seconds : progress->terminal ? terminal_seconds : line_seconds;
    return progress->enabled && seconds_since(progress, progress->started) >= quiet_seconds &&
           seconds_since(progress, progress->last) >= pause;
}

/* ---- Words ---- */

static const char *name_of_phase(const struct present_progress *progress)
{
    return progress->phase == BASE_PHASE_EXAMINING ? progress->examining : present_phase_name(progress->phase);
}

/* ---- Lines ---- */

struct line {
    const struct base_progress *seen;
    double rate;      /* units per second since the phase began */
    double remaining; /* seconds */
};

static void print_text(const struct present_progress *progress, const struct line *line)
{
    bool bytes = line->seen->unit == BASE_UNIT_BYTES;
    (void)fprintf(progress->stream, "%s%s: %3.0f %%, %.0f %s/s, %.0f s left%s", progress->terminal ? "\r\033[K" : "",
                  name_of_phase(progress), 100.0 * (double)line->seen->done / (double)line->seen->total,
                  bytes ? line->rate / 1e6 : line->rate, bytes ? "MB" : present_unit_name(line->seen->unit),
                  line->remaining, progress->terminal ? "" : "\n");
    (void)fflush(progress->stream);
}

static void print_json(const struct present_progress *progress, const struct line *line)
{
    const char *unit = present_unit_name(line->seen->unit);
    (void)fprintf(progress->stream,
                  "{\"progress\":\"%s\",\"%s_done\":%" PRIu64 ",\"%s_total\":%" PRIu64
                  ",\"%s_per_second\":%.0f,\"seconds_left\":%.0f}\n",
                  name_of_phase(progress), unit, line->seen->done, unit, line->seen->total, unit, line->rate,
                  line->remaining);
}

void present_progress_clear(struct present_progress *progress)
{
    if (progress->shown) {
        (void)fputs("\r\033[K", progress->stream);
        (void)fflush(progress->stream);
        progress->shown = false;
    }
}

/* A phase has a line, and a rate, of its own. In one phase several things may be done, one after the other. Then what
 * is done falls, or has another unit, and the rate is that of the new thing. */
static void enter(struct present_progress *progress, const struct base_progress *seen)
{
    bool is_new = seen->phase != progress->phase;
    if (is_new || seen->unit != progress->unit || seen->done < progress->done) {
        present_progress_clear(progress);
        progress->last = is_new ? progress->begun : progress->last;
        progress->started = base_task_now(progress->task);
    }
    progress->phase = seen->phase;
    progress->unit = seen->unit;
    progress->done = seen->done;
}

static void print_line(struct present_progress *progress, const struct base_progress *seen)
{
    double rate = (double)seen->done / seconds_since(progress, progress->started);
    const struct line line = {
        .seen = seen, .rate = rate, .remaining = rate > 0 ? (double)(seen->total - seen->done) / rate : 0};
    progress->last = base_task_now(progress->task);
    if (progress->json) {
        print_json(progress, &line);
    } else {
        print_text(progress, &line);
        progress->shown = progress->terminal;
    }
}

/* A base_progress_callback. */
static void show(void *context, const struct base_progress *seen)
{
    struct present_progress *progress = context;
    enter(progress, seen);
    if (seen->total > 0 && seen->done <= seen->total && is_due(progress)) {
        print_line(progress, seen);
    }
}

/* ---- Waiting ---- */

static void add_waiting_json(struct base_text *text, const struct base_waiting *waiting)
{
    struct json_emit emit = json_emit_make(text);
    json_emit_object(&emit);
    json_emit_key(&emit, "waiting");
    json_emit_string(&emit, waiting->file);
    json_emit_key(&emit, "process");
    if (waiting->process > 0) {
        json_emit_i64(&emit, waiting->process);
    } else {
        json_emit_null(&emit);
    }
    json_emit_key(&emit, "name");
    json_emit_string(&emit, waiting->name);
    json_emit_object_end(&emit);
}

static void add_waiting_text(struct base_text *text, const struct base_waiting *waiting)
{
    base_text_add_string(text, "waiting: ");
    if (waiting->process > 0) {
        base_text_addf(text, "process %" PRId64 " (", waiting->process);
        base_text_add_printable(text, base_bytes_of_string(waiting->name != NULL ? waiting->name : "?"), 64);
        base_text_add_string(text, ")");
    } else {
        base_text_add_string(text, "another process");
    }
    base_text_add_string(text, " has locked ");
    base_text_add_printable(text, base_bytes_of_string(waiting->file), 4096);
    base_text_add_string(text, "; Ctrl-C stops waiting");
}

/* A base_waiting_callback. Writes a line that stays. */
static void show_waiting(void *context, const struct base_waiting *waiting)
{
    struct present_progress *progress = context;
    struct base_text text = BASE_TEXT_EMPTY;
    if (!progress->enabled) {
        return;
    }
    present_progress_clear(progress);
    if (progress->json) {
        add_waiting_json(&text, waiting);
    } else {
        add_waiting_text(&text, waiting);
    }
    if (!base_text_out_of_memory(&text)) {
        (void)fprintf(progress->stream, "%s\n", base_text_string(&text));
        (void)fflush(progress->stream);
    }
    base_text_free(&text);
}

void present_progress_restart(struct present_progress *progress)
{
    present_progress_clear(progress);
    progress->phase = BASE_PHASE_PACKING;
    progress->done = 0;
    progress->begun = base_task_now(progress->task);
    progress->started = progress->begun;
    progress->last = progress->begun;
}

void present_progress_begin(struct present_progress *progress, struct base_task *task,
                            const struct present_output *output, const char *examining)
{
    *progress = (struct present_progress){
        .task = task,
        .stream = output->err,
        .examining = examining,
        .enabled = !output->quiet,
        .json = output->json,
        .terminal = isatty(fileno(output->err)) == 1,
    };
    present_progress_restart(progress);
    task->progress = show;
    task->waiting = show_waiting;
    task->progress_context = progress;
}

void present_progress_end(struct present_progress *progress)
{
    present_progress_clear(progress);
    progress->task->progress = NULL;
    progress->task->waiting = NULL;
}
