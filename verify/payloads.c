#include "verify/payloads.h"

#include "verify/workers.h"

#include "reader/layout.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

/* Every payload is read once, in pieces; neighbours that are small are read together. The hash of the whole file is one
 * sequential piece of work of its own: a worker streams the file for it while others hash payloads from the page cache. */
enum {
    PIECE = 1 << 18,     /* bytes read at once */
    ENTRIES_AT_ONCE = 64 /* that a worker takes */
};

_Static_assert((size_t)PP_GLYPH_STORED <= (size_t)PIECE, "a GLYPH payload is read in one piece");

struct work {
    struct pp_examination *examination;
    struct pp_payload_outcomes *outcomes;
    bool whole_wanted;

    atomic_bool whole_taken;
    atomic_size_t next_entry;
    atomic_uint_fast64_t done; /* bytes, for progress */
    uint64_t total;
    atomic_bool stop;
    pthread_mutex_t lock; /* of the two below */
    int problem;          /* of the lowest position that could not be read */
    uint64_t problem_at;
};

/* What one worker needs for itself. */
struct desk {
    struct work *work;
    bool shows_progress; /* in the calling thread alone */
    struct pp_hasher *hasher;
    uint8_t *piece;
    uint8_t *decoded;
};

/* ---- Reading ---- */

static void fail(struct work *work, uint64_t at, int problem)
{
    (void)pthread_mutex_lock(&work->lock);
    if (work->problem == 0 || at < work->problem_at) {
        work->problem = problem;
        work->problem_at = at;
    }
    (void)pthread_mutex_unlock(&work->lock);
    atomic_store(&work->stop, true);
}

static bool read_piece(struct desk *desk, uint64_t position, size_t size)
{
    struct work *work = desk->work;
    int problem = pp_input_read(&work->examination->input, position, desk->piece, size);
    if (problem != 0) {
        fail(work, position, problem);
        return false;
    }
    uint64_t done = atomic_fetch_add(&work->done, size) + size;
    const struct pp_verify_options *options = work->examination->options;
    if (desk->shows_progress && options->progress != NULL) {
        options->progress(options->progress_context, done, work->total);
    }
    return true;
}

/* Hashes [position, position + size) of the file; false when it cannot be read. */
static bool hash_range(struct desk *desk, uint64_t position, uint64_t size, struct pp_hash *hash)
{
    pp_hasher_reset(desk->hasher);
    while (size > 0) {
        size_t piece = size < PIECE ? (size_t)size : PIECE;
        if (atomic_load(&desk->work->stop) || !read_piece(desk, position, piece)) {
            return false;
        }
        pp_hasher_add(desk->hasher, pp_bytes_make(desk->piece, piece));
        position += piece;
        size -= piece;
    }
    *hash = pp_hasher_result(desk->hasher);
    return true;
}

/* ---- One payload ---- */

/* 2.1: palettes at and beyond the authored ones are zero. */
static void find_stray(const struct pp_known *known, struct pp_bytes payload, struct pp_payload_outcome *outcome)
{
    enum { PLANE = PP_GLYPH_STORED - PP_GLYPH_PALETTE_BYTES, PALETTE = PP_GLYPH_PALETTE_BYTES / PP_GLYPH_PALETTES };
    for (size_t at = PLANE + (size_t)known->bank_facts.glyph.palette_authored * PALETTE; at < payload.size; at++) {
        if (payload.data[at] != 0) {
            outcome->has_stray = true;
            outcome->stray_at = (uint16_t)at;
            return;
        }
    }
}

/* A payload that is in memory whole. */
static void judge_bytes(struct desk *desk, size_t index, struct pp_bytes payload, struct pp_hash hash)
{
    const struct pp_known *known = &desk->work->examination->entries[index];
    struct pp_payload_outcome *outcome = &desk->work->outcomes->entries[index];
    if (pp_known_is_bank(known, PP_BANK_GLYPH)) {
        if (pp_glyph_decode(payload, 0, desk->decoded, PP_GLYPH_DECODED)) {
            outcome->decoded = pp_hash_of(pp_bytes_make(desk->decoded, PP_GLYPH_DECODED));
            outcome->has_decoded = true;
        }
        if ((known->flags & PP_KNOWN_GLYPH) != 0) {
            find_stray(known, payload, outcome);
        }
    } else if ((known->flags & PP_KNOWN_BANK) != 0) {
        /* The samples of 2.2 and the bytes of 2.3 are stored as they are decoded. */
        outcome->decoded = hash;
        outcome->has_decoded = true;
    }
}

static void publish(struct desk *desk, size_t index, struct pp_hash hash)
{
    struct pp_report *report = desk->work->examination->report;
    if (index < report->asset_count) {
        report->assets[index].has_hash = true;
        report->assets[index].payload_hash = hash;
    }
}

static bool read_large(struct desk *desk, size_t index)
{
    const struct pp_known *known = &desk->work->examination->entries[index];
    struct pp_payload_outcome *outcome = &desk->work->outcomes->entries[index];
    struct pp_hash hash;
    if (!hash_range(desk, pp_payload_position(desk->work->examination, known), known->size, &hash)) {
        return false;
    }
    publish(desk, index, hash);
    /* Too large for a sheet: a GLYPH payload of this size has no decoded form. */
    outcome->has_decoded = (known->flags & PP_KNOWN_BANK) != 0 && known->bank != PP_BANK_GLYPH;
    outcome->decoded = hash;
    return true;
}

/* The entries from `first` on that stand back to back and fit one piece: how many, and their bytes together. */
static size_t run_length(const struct pp_examination *examination, size_t first, size_t end, size_t *bytes)
{
    const struct pp_known *entries = examination->entries;
    size_t next = first;
    *bytes = 0;
    while (next < end && (entries[next].flags & PP_KNOWN_READABLE) != 0 && entries[next].size <= PIECE - *bytes &&
           entries[next].offset == entries[first].offset + *bytes) {
        *bytes += (size_t)entries[next].size;
        next++;
    }
    return next - first;
}

static bool read_run(struct desk *desk, size_t first, size_t count, size_t bytes)
{
    const struct pp_examination *examination = desk->work->examination;
    if (!read_piece(desk, pp_payload_position(examination, &examination->entries[first]), bytes)) {
        return false;
    }
    size_t at = 0;
    for (size_t i = first; i < first + count; i++) {
        struct pp_bytes payload = pp_bytes_make(desk->piece + at, (size_t)examination->entries[i].size);
        struct pp_hash hash = pp_hash_of(payload);
        publish(desk, i, hash);
        judge_bytes(desk, i, payload, hash);
        at += payload.size;
    }
    return true;
}

static void read_entries(struct desk *desk, size_t first, size_t end)
{
    const struct pp_examination *examination = desk->work->examination;
    while (first < end && !atomic_load(&desk->work->stop)) {
        size_t bytes;
        size_t count = run_length(examination, first, end, &bytes);
        if (count > 0) {
            if (!read_run(desk, first, count, bytes)) {
                return;
            }
            first += count;
        } else {
            if ((examination->entries[first].flags & PP_KNOWN_READABLE) != 0 && !read_large(desk, first)) {
                return;
            }
            first++;
        }
    }
}

/* ---- Workers ---- */

static void share_out(struct desk *desk)
{
    struct work *work = desk->work;
    size_t count = work->examination->entry_count;
    if (work->whole_wanted && !atomic_exchange(&work->whole_taken, true)) {
        work->outcomes->has_whole = hash_range(desk, 0, work->examination->input.size, &work->outcomes->whole);
    }
    for (size_t first = atomic_fetch_add(&work->next_entry, ENTRIES_AT_ONCE);
         first < count && !atomic_load(&work->stop); first = atomic_fetch_add(&work->next_entry, ENTRIES_AT_ONCE)) {
        read_entries(desk, first, count - first < ENTRIES_AT_ONCE ? count : first + ENTRIES_AT_ONCE);
    }
}

static void work_at_desk(void *context, unsigned worker)
{
    struct work *work = context;
    struct desk desk = {
        .work = work,
        .shows_progress = worker == 0,
        .hasher = pp_hasher_create(),
        .piece = malloc(PIECE),
        .decoded = malloc(PP_GLYPH_DECODED),
    };
    if (desk.hasher != NULL && desk.piece != NULL && desk.decoded != NULL) {
        share_out(&desk);
    } else if (worker == 0) {
        fail(work, 0, ENOMEM);
    }
    pp_hasher_destroy(desk.hasher);
    free(desk.piece);
    free(desk.decoded);
}

/* ---- All of it ---- */

/* The bytes that are going to be read. */
static uint64_t total_of(const struct pp_examination *examination, bool whole)
{
    uint64_t total = whole ? examination->input.size : 0;
    for (size_t i = 0; i < examination->entry_count; i++) {
        total += (examination->entries[i].flags & PP_KNOWN_READABLE) != 0 ? examination->entries[i].size : 0;
    }
    return total;
}

/* A byte that was read twice counts once. */
static void count_bytes(struct pp_examination *examination, struct work *work)
{
    uint64_t done = atomic_load(&work->done);
    examination->report->checked.bytes +=
        work->outcomes->has_whole ? examination->input.size - examination->bytes_read : done;
}

void pp_examine_payloads(struct pp_examination *examination)
{
    struct pp_payload_outcomes outcomes = {.entries = NULL};
    const struct pp_recorded *record = examination->record;
    bool whole = record != NULL && record->pack_size == examination->input.size;
    struct work work = {
        .examination = examination,
        .outcomes = &outcomes,
        .whole_wanted = whole,
        .total = total_of(examination, whole),
        .lock = PTHREAD_MUTEX_INITIALIZER,
    };
    outcomes.entries = calloc(examination->entry_count + 1, sizeof *outcomes.entries);
    if (outcomes.entries == NULL) {
        pp_tell_no_memory(&examination->findings, examination->path);
        return;
    }
    if (whole || examination->entry_count > 0) {
        pp_workers_run(pp_workers_count(examination->options->jobs), work_at_desk, &work);
        count_bytes(examination, &work);
    }
    if (work.problem != 0) {
        pp_tell_problem(&examination->findings, examination->path, work.problem_at, work.problem);
        pp_report_not_checked(examination->report, "payloads: the file could not be read to its end");
    }
    pp_judge_payloads(examination, &outcomes);
    free(outcomes.entries);
}
