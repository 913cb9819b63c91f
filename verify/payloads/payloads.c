#include "verify/payloads/payloads.h"

#include "base/workers.h"
#include "reader/decode.h"
#include "verify/core/findings.h"
#include "verify/payloads/chunks.h"
#include "verify/payloads/results.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

/* Workers take the chunks of the file in turn: read one, and work out everything that depends on its bytes alone. What
 * depends on order, the hashes of the file and of payloads that are larger than a chunk, is then put together chunk by
 * chunk by whoever has just finished the next one in line; nobody waits for that. */
enum {
    TILE = 16384,   /* bytes summed at once for one stream: they are still in the nearest cache for the other */
    SLOTS_EACH = 2, /* of a worker, which is that far ahead of the slowest at most */
    PAGE = 4096,    /* copying into whole pages is faster */
    SUMS = VERIFY_CHUNK_MAX / BASE_HASH_BLOCK * BASE_HASH_SUMS
};

_Static_assert((size_t)PP_GLYPH_STORED <= (size_t)VERIFY_CHUNK_MAX, "a GLYPH payload is read in one piece");
_Static_assert(PP_GLYPH_STORED <= UINT16_MAX, "a position in a GLYPH payload fits stray_at");

/* A chunk in work, or finished and waiting for those before it. */
struct slot {
    struct verify_chunk chunk;
    uint64_t number; /* of the chunk */
    struct share *owner;
    uint8_t *bytes;
    uint64_t *whole_sums;
    uint64_t *part_sums;
};

/* The slots of one worker: only that one fills them, so that they stay in its processor's own cache. */
struct share {
    struct slot slots[SLOTS_EACH];
    struct slot *idle[SLOTS_EACH]; /* a stack */
    size_t idle_count;
};

struct work {
    const struct verify_subject *subject;
    const struct verify_facts *facts; /* each worker writes payloads of its own */
    bool whole_wanted;
    struct verify_whole_file whole_file;
    bool *aside;
    uint64_t total;

    atomic_uint_fast64_t done; /* bytes, for progress */
    atomic_bool stop;

    pthread_mutex_t lock; /* of all below */
    pthread_cond_t freed;
    struct verify_chunk_walk walk;
    struct share *shares; /* of each worker */
    size_t slot_count;    /* of all */
    struct slot **line;   /* chunk number n, once finished, stands at n mod slot_count */
    uint64_t taken;       /* chunks */
    uint64_t joined;      /* chunks whose hashes are put together */
    bool joining;         /* somebody is at it, and holds the two hashers */
    struct base_hasher *whole;
    struct base_hasher *part;
    int problem; /* of the lowest position that could not be read */
    uint64_t problem_at;
};

/* What one worker needs for itself. */
struct desk {
    struct work *work;
    bool shows_progress; /* in the calling thread alone */
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
    atomic_store(&work->stop, true);
    (void)pthread_cond_broadcast(&work->freed);
    (void)pthread_mutex_unlock(&work->lock);
}

static bool read_bytes(struct desk *desk, uint64_t position, uint8_t *bytes, size_t size)
{
    struct work *work = desk->work;
    int problem = verify_file_read(&work->subject->input, position, bytes, size);
    if (problem != 0) {
        fail(work, position, problem);
        return false;
    }
    uint64_t done = atomic_fetch_add(&work->done, size) + size;
    const struct verify_options *options = work->subject->options;
    if (desk->shows_progress && options->progress != NULL) {
        options->progress(options->progress_context, done, work->total);
    }
    return true;
}

/* ---- One payload ---- */

/* 2.1: palettes at and beyond the authored ones are zero. */
static void find_stray(const struct verify_entry *known, struct base_bytes payload, struct verify_payload *read)
{
    enum { PLANE = PP_GLYPH_STORED - PP_GLYPH_PALETTE_BYTES, PALETTE = PP_GLYPH_PALETTE_BYTES / PP_GLYPH_PALETTES };
    for (size_t at = PLANE + (size_t)known->bank_facts.glyph.palette_authored * PALETTE; at < payload.size; at++) {
        if (payload.data[at] != 0) {
            read->has_stray = true;
            read->stray_at = (uint16_t)at;
            return;
        }
    }
}

/* A payload that is in memory whole. */
static void judge_bytes(struct desk *desk, size_t index, struct base_bytes payload, struct base_hash hash)
{
    const struct verify_entry *known = &desk->work->facts->entries[index];
    struct verify_payload *read = &desk->work->facts->payloads[index];
    if (verify_entry_is_bank(known, PP_BANK_GLYPH)) {
        if (pp_glyph_decode(payload, 0, desk->decoded, PP_GLYPH_DECODED)) {
            read->decoded = base_hash_of(base_bytes_make(desk->decoded, PP_GLYPH_DECODED));
            read->has_decoded = true;
        }
        if ((known->flags & VERIFY_ENTRY_HAS_GLYPH) != 0) {
            find_stray(known, payload, read);
        }
    } else if ((known->flags & VERIFY_ENTRY_HAS_BANK) != 0) {
        /* The samples of 2.2 and the bytes of 2.3 are stored as they are decoded. */
        read->decoded = hash;
        read->has_decoded = true;
    }
}

static void publish(struct desk *desk, size_t index, struct base_hash hash)
{
    struct verify_payload *read = &desk->work->facts->payloads[index];
    read->has_hash = true;
    read->hash = hash;
}

/* A payload larger than a chunk: for a GLYPH that is too large, and it has no decoded form. */
static void publish_large(struct desk *desk, size_t index, struct base_hash hash)
{
    const struct verify_entry *known = &desk->work->facts->entries[index];
    struct verify_payload *read = &desk->work->facts->payloads[index];
    publish(desk, index, hash);
    read->has_decoded = (known->flags & VERIFY_ENTRY_HAS_BANK) != 0 && known->bank != PP_BANK_GLYPH;
    read->decoded = hash;
}

static void judge_run(struct desk *desk, const struct slot *slot)
{
    const struct verify_chunk *chunk = &slot->chunk;
    size_t at = 0;
    for (size_t i = chunk->entry; i < chunk->entry + chunk->count; i++) {
        struct base_bytes payload = base_bytes_make(slot->bytes + at, (size_t)desk->work->facts->entries[i].size);
        struct base_hash hash = base_hash_of(payload);
        publish(desk, i, hash);
        judge_bytes(desk, i, payload, hash);
        at += payload.size;
    }
}

/* ---- Streams in chunks ---- */

/* The first whole block of a stream in a chunk that begins at `at` of the stream. */
static size_t first_block(uint64_t at, size_t size)
{
    size_t rest = (size_t)((BASE_HASH_BLOCK - at % BASE_HASH_BLOCK) % BASE_HASH_BLOCK);
    return rest < size ? rest : size;
}

static void sum_tile(const struct slot *slot, uint64_t stream_at, size_t tile, uint64_t *sums)
{
    size_t size = slot->chunk.size;
    size_t from = first_block(stream_at, size) + tile;
    if (from < size) {
        base_hash_sum_blocks(base_bytes_make(slot->bytes + from, size - from < TILE ? size - from : TILE),
                             sums + tile / BASE_HASH_BLOCK * BASE_HASH_SUMS);
    }
}

static void sum_chunk(const struct work *work, const struct slot *slot)
{
    for (size_t tile = 0; tile < slot->chunk.size; tile += TILE) {
        if (work->whole_wanted) {
            sum_tile(slot, slot->chunk.position, tile, slot->whole_sums);
        }
        if (slot->chunk.kind == VERIFY_CHUNK_PART) {
            sum_tile(slot, slot->chunk.part_at, tile, slot->part_sums);
        }
    }
}

static void join_stream(struct base_hasher *hasher, const struct slot *slot, uint64_t stream_at, const uint64_t *sums)
{
    size_t size = slot->chunk.size;
    size_t first = first_block(stream_at, size);
    base_hasher_add(hasher, base_bytes_make(slot->bytes, first));
    base_hasher_add_summed(hasher, base_bytes_make(slot->bytes + first, size - first), sums);
}

static void join_chunk(struct desk *desk, const struct slot *slot)
{
    struct work *work = desk->work;
    const struct verify_chunk *chunk = &slot->chunk;
    if (work->whole_wanted) {
        join_stream(work->whole, slot, chunk->position, slot->whole_sums);
    }
    if (chunk->kind == VERIFY_CHUNK_PART) {
        if (chunk->part_at == 0) {
            base_hasher_reset(work->part);
        }
        join_stream(work->part, slot, chunk->part_at, slot->part_sums);
        if (chunk->part_ends) {
            publish_large(desk, chunk->entry, base_hasher_result(work->part));
        }
    }
}

/* ---- Workers ---- */

/* The next chunk and a slot for it; NULL at the end. */
static struct slot *take(struct work *work, struct share *share)
{
    struct slot *slot = NULL;
    (void)pthread_mutex_lock(&work->lock);
    while (share->idle_count == 0 && !atomic_load(&work->stop)) {
        (void)pthread_cond_wait(&work->freed, &work->lock);
    }
    if (!atomic_load(&work->stop) && verify_chunk_next(&work->walk, &share->idle[share->idle_count - 1]->chunk)) {
        slot = share->idle[--share->idle_count];
        slot->number = work->taken++;
    }
    (void)pthread_mutex_unlock(&work->lock);
    return slot;
}

/* The chunk whose turn it is, if it is finished. */
static struct slot **next_in_line(const struct work *work)
{
    return &work->line[work->joined % work->slot_count];
}

/* Puts together what has its turn, unless somebody else is at it, who will see this chunk, too. */
static void finish(struct desk *desk, struct slot *slot)
{
    struct work *work = desk->work;
    (void)pthread_mutex_lock(&work->lock);
    work->line[slot->number % work->slot_count] = slot;
    if (!work->joining) {
        work->joining = true;
        while (*next_in_line(work) != NULL) {
            struct slot *next = *next_in_line(work);
            (void)pthread_mutex_unlock(&work->lock);
            join_chunk(desk, next);
            (void)pthread_mutex_lock(&work->lock);
            *next_in_line(work) = NULL;
            work->joined++;
            next->owner->idle[next->owner->idle_count++] = next;
            (void)pthread_cond_broadcast(&work->freed);
        }
        work->joining = false;
    }
    (void)pthread_mutex_unlock(&work->lock);
}

static void work_at_desk(void *context, unsigned worker)
{
    struct work *work = context;
    struct desk desk = {.work = work, .shows_progress = worker == 0, .decoded = malloc(PP_GLYPH_DECODED)};
    struct slot *slot;
    if (desk.decoded == NULL && worker == 0) {
        fail(work, 0, ENOMEM);
    }
    while (desk.decoded != NULL && (slot = take(work, &work->shares[worker])) != NULL) {
        if (!read_bytes(&desk, slot->chunk.position, slot->bytes, slot->chunk.size)) {
            break;
        }
        sum_chunk(work, slot);
        if (slot->chunk.kind == VERIFY_CHUNK_RUN) {
            judge_run(&desk, slot);
        }
        finish(&desk, slot);
    }
    free(desk.decoded);
}

/* A payload that overlaps the one before it: only a file that does not conform has any. */
static bool read_aside(struct desk *desk, size_t index)
{
    struct work *work = desk->work;
    struct slot *slot = &work->shares[0].slots[0];
    const struct verify_entry *known = &work->facts->entries[index];
    uint64_t position = verify_payload_position(work->facts, known);
    base_hasher_reset(work->part);
    for (uint64_t at = 0; at < known->size;) {
        size_t size = known->size - at < VERIFY_CHUNK_MAX ? (size_t)(known->size - at) : VERIFY_CHUNK_MAX;
        if (!read_bytes(desk, position + at, slot->bytes, size)) {
            return false;
        }
        base_hasher_add(work->part, base_bytes_make(slot->bytes, size));
        at += size;
    }
    if (known->size <= VERIFY_CHUNK_MAX) {
        slot->chunk = (struct verify_chunk){.kind = VERIFY_CHUNK_RUN, .entry = index, .count = 1};
        judge_run(desk, slot);
    } else {
        publish_large(desk, index, base_hasher_result(work->part));
    }
    return true;
}

/* Behind the workers, with what they have left: the slots and the hashers. */
static void read_all_aside(struct work *work)
{
    struct desk desk = {.work = work, .shows_progress = true, .decoded = malloc(PP_GLYPH_DECODED)};
    if (desk.decoded == NULL) {
        fail(work, 0, ENOMEM);
    }
    for (size_t i = 0; i < work->facts->entry_count && !atomic_load(&work->stop); i++) {
        if (work->aside[i] && !read_aside(&desk, i)) {
            break;
        }
    }
    free(desk.decoded);
}

/* ---- All of it ---- */

/* The bytes that are going to be read. */
static uint64_t total_of(const struct verify_subject *subject, const struct verify_facts *facts, bool whole)
{
    uint64_t total = whole ? subject->input.size : 0;
    for (size_t i = 0; i < facts->entry_count && !whole; i++) {
        total += (facts->entries[i].flags & VERIFY_ENTRY_IS_READABLE) != 0 ? facts->entries[i].size : 0;
    }
    return total;
}

/* A byte that was read twice counts once. */
static uint64_t count_bytes(struct work *work)
{
    uint64_t done = atomic_load(&work->done);
    uint64_t before = work->facts->prelude_bytes + work->facts->header.size;
    return work->whole_file.has_hash ? work->subject->input.size - before : done;
}

/* The report lists entries as far as there was memory, and not more than a table of its size can have. */
static void list_hashes(const struct verify_facts *facts, struct verify_report *report)
{
    for (size_t i = 0; i < facts->entry_count && i < report->asset_count; i++) {
        report->assets[i].has_hash = facts->payloads[i].has_hash;
        report->assets[i].payload_hash = facts->payloads[i].hash;
    }
}

static bool make_slot(struct slot *slot)
{
    void *bytes = NULL;
    if (posix_memalign(&bytes, PAGE, VERIFY_CHUNK_MAX) == 0) {
        slot->bytes = bytes;
    }
    slot->whole_sums = malloc(SUMS * sizeof *slot->whole_sums);
    slot->part_sums = malloc(SUMS * sizeof *slot->part_sums);
    return slot->bytes != NULL && slot->whole_sums != NULL && slot->part_sums != NULL;
}

static bool make_shares(struct work *work, unsigned workers)
{
    work->shares = calloc(workers, sizeof *work->shares);
    work->line = calloc((size_t)workers * SLOTS_EACH, sizeof(struct slot *));
    if (work->shares == NULL || work->line == NULL) {
        return false;
    }
    for (size_t i = 0; i < (size_t)workers * SLOTS_EACH; i++) {
        struct share *share = &work->shares[i / SLOTS_EACH];
        struct slot *slot = &share->slots[i % SLOTS_EACH];
        work->slot_count++;
        slot->owner = share;
        share->idle[share->idle_count++] = slot;
        if (!make_slot(slot)) {
            return false;
        }
    }
    return true;
}

static void free_shares(struct work *work)
{
    for (size_t i = 0; i < work->slot_count; i++) {
        struct slot *slot = &work->shares[i / SLOTS_EACH].slots[i % SLOTS_EACH];
        free(slot->bytes);
        free(slot->whole_sums);
        free(slot->part_sums);
    }
    free(work->shares);
    free(work->line);
}

static void read_all(struct work *work)
{
    unsigned workers = base_workers_count(work->subject->options->jobs);
    work->whole = base_hasher_create();
    work->part = base_hasher_create();
    work->aside = calloc(work->facts->entry_count + 1, sizeof *work->aside);
    work->walk = (struct verify_chunk_walk){
        .facts = work->facts, .file_size = work->subject->input.size, .gaps = work->whole_wanted, .aside = work->aside};
    if (!make_shares(work, workers) || work->whole == NULL || work->part == NULL || work->aside == NULL) {
        fail(work, 0, ENOMEM);
    } else {
        base_workers_run(workers, work_at_desk, work);
        if (work->whole_wanted && !atomic_load(&work->stop)) {
            work->whole_file.hash = base_hasher_result(work->whole);
            work->whole_file.has_hash = true;
        }
        read_all_aside(work);
    }
    free_shares(work);
    free(work->aside);
    base_hasher_destroy(work->part);
    base_hasher_destroy(work->whole);
}

void verify_check_payloads(const struct verify_subject *subject, struct verify_facts *facts, struct verify_sink *sink,
                           struct verify_report *report)
{
    const struct verify_record *record = facts->record;
    bool whole = record != NULL && record->pack_size == subject->input.size;
    struct work work = {
        .subject = subject,
        .facts = facts,
        .whole_wanted = whole,
        .total = total_of(subject, facts, whole),
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .freed = PTHREAD_COND_INITIALIZER,
    };
    facts->payloads = calloc(facts->entry_count + 1, sizeof *facts->payloads);
    if (facts->payloads == NULL) {
        base_report_out_of_memory(&sink->findings, subject->path);
        return;
    }
    if (whole || facts->entry_count > 0) {
        read_all(&work);
        sink->checked.bytes += count_bytes(&work);
    }
    if (work.problem != 0) {
        verify_report_read_failure(&sink->findings, subject->path, work.problem_at, work.problem);
        verify_report_not_checked(sink, "payloads: the file could not be read to its end");
    }
    list_hashes(facts, report);
    verify_check_payload_results(subject, facts, &work.whole_file, report->asset_count, sink);
}
