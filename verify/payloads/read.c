#include "verify/payloads/read.h"

#include "base/fast_hash.h"
#include "base/workers.h"
#include "reader/decode.h"
#include "verify/payloads/chunks.h"
#include "verify/payloads/payload.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

/* The file is cut into chunks in the order of its bytes. Each worker takes the next chunk, reads it, and computes
 * everything that depends on the bytes of the chunk alone: the hashes of the payloads in it, and the block sums of the
 * two streams that are longer than a chunk (the whole file, and a large payload).
 * A hash of a stream must see its chunks in order. A finished chunk waits in `finished`; the worker that finishes the
 * chunk whose turn it is joins that one and all finished ones after it. The other workers do not wait for it; each of
 * them has a few slots, and waits only when all of these hold finished chunks.
 * Payloads that overlap an earlier one are not in the chunks. They are read one after the other at the end; only a file
 * that does not conform has any. */
enum {
    TILE = 16384,         /* bytes summed at once for one stream: they are still in the nearest cache for the other */
    SLOTS_PER_WORKER = 2, /* how far a worker can be ahead of the slowest one */
    SUMS = VERIFY_CHUNK_MAX / BASE_FAST_HASH_BLOCK * BASE_FAST_HASH_SUMS
};

/* What a worker keeps from pack to pack. Copying into whole pages is faster, so the chunks come first. */
struct memory {
    uint8_t chunks[SLOTS_PER_WORKER][VERIFY_CHUNK_MAX];
    uint64_t whole_sums[SLOTS_PER_WORKER][SUMS];
    uint64_t part_sums[SLOTS_PER_WORKER][SUMS];
    uint8_t decoded[PP_GLYPH_DECODED]; /* one payload */
};

/* A chunk that is being read, or is finished and waits for those before it. */
struct slot {
    struct verify_chunk chunk;
    uint64_t number; /* of the chunk */
    struct slots *owner;
    uint8_t *bytes;
    uint64_t *whole_sums;
    uint64_t *part_sums;
};

/* The slots of one worker. Only that worker fills them, so that they stay in the cache of its processor. */
struct slots {
    struct slot all[SLOTS_PER_WORKER];
    struct slot *idle[SLOTS_PER_WORKER]; /* a stack */
    size_t idle_count;
    uint8_t *decoded; /* memory for one payload */
};

/* What the workers share. */
struct job {
    const struct verify_subject *subject;
    const struct verify_facts *facts; /* no two workers write the same element of payloads */
    struct verify_read_result *result;
    bool whole_wanted;
    bool *overlaps;         /* one per entry: it is not in the chunks */
    struct base_meter read; /* bytes */
    atomic_bool stop;

    pthread_mutex_t lock;   /* of all below, and of result->problem */
    pthread_cond_t changed; /* a slot became idle, or the workers must stop */
    struct verify_chunk_walk walk;
    struct slots *slots;    /* of each worker */
    size_t slot_count;      /* of all workers */
    struct slot **finished; /* chunk number n is at n mod slot_count */
    uint64_t taken;         /* chunks */
    uint64_t joined;        /* chunks */
    bool joining;           /* one worker joins chunks, and may use the two hashers */
    struct base_fast_hasher *whole;
    struct base_fast_hasher *part;
};

/* ---- Reading ---- */

static void fail(struct job *job, uint64_t at, int problem)
{
    (void)pthread_mutex_lock(&job->lock);
    if (job->result->problem == 0 || at < job->result->problem_at) {
        job->result->problem = problem;
        job->result->problem_at = at;
    }
    atomic_store(&job->stop, true);
    (void)pthread_cond_broadcast(&job->changed);
    (void)pthread_mutex_unlock(&job->lock);
}

static bool read_bytes(struct job *job, uint64_t position, uint8_t *bytes, size_t size)
{
    bool cancelled = base_task_cancelled(job->subject->options->task);
    int problem = cancelled ? ECANCELED : verify_file_read(&job->subject->input, position, bytes, size);
    if (problem != 0) {
        fail(job, position, problem);
        return false;
    }
    base_meter_add(&job->read, size);
    return true;
}

/* A chunk that has whole payloads. */
static void read_run(const struct job *job, const struct slot *slot)
{
    const struct verify_facts *facts = job->facts;
    size_t compared = facts->record != NULL ? facts->record->asset_count : 0;
    size_t at = 0;
    for (size_t i = slot->chunk.entry; i < slot->chunk.entry + slot->chunk.count; i++) {
        struct base_bytes payload = base_bytes_make(slot->bytes + at, (size_t)facts->entries[i].size);
        uint8_t *decoded = i < compared ? slot->owner->decoded : NULL;
        verify_read_payload(&facts->entries[i], payload, decoded, &facts->payloads[i]);
        if (i < compared && facts->record->assets[i].tiles_fit) {
            verify_read_free_tiles(facts, i, payload, &facts->payloads[i]);
        }
        at += payload.size;
    }
}

/* The end of a payload that is larger than a chunk. */
static void end_part(const struct job *job, size_t entry)
{
    verify_read_large_payload(&job->facts->entries[entry], base_fast_hasher_result(job->part),
                              &job->facts->payloads[entry]);
}

/* ---- Streams in chunks ---- */

/* The first whole block of a stream in a chunk that begins at `at` of the stream. */
static size_t first_block(uint64_t at, size_t size)
{
    size_t rest = (size_t)((BASE_FAST_HASH_BLOCK - at % BASE_FAST_HASH_BLOCK) % BASE_FAST_HASH_BLOCK);
    return rest < size ? rest : size;
}

static void sum_tile(const struct slot *slot, uint64_t stream_at, size_t tile, uint64_t *sums)
{
    size_t size = slot->chunk.size;
    size_t from = first_block(stream_at, size) + tile;
    if (from < size) {
        base_fast_hash_sum_blocks(base_bytes_make(slot->bytes + from, size - from < TILE ? size - from : TILE),
                                  sums + tile / BASE_FAST_HASH_BLOCK * BASE_FAST_HASH_SUMS);
    }
}

static void sum_chunk(const struct job *job, const struct slot *slot)
{
    for (size_t tile = 0; tile < slot->chunk.size; tile += TILE) {
        if (job->whole_wanted) {
            sum_tile(slot, slot->chunk.position, tile, slot->whole_sums);
        }
        if (slot->chunk.kind == VERIFY_CHUNK_PART) {
            sum_tile(slot, slot->chunk.part_at, tile, slot->part_sums);
        }
    }
}

static void join_stream(struct base_fast_hasher *hasher, const struct slot *slot, uint64_t stream_at,
                        const uint64_t *sums)
{
    size_t size = slot->chunk.size;
    size_t first = first_block(stream_at, size);
    base_fast_hasher_add(hasher, base_bytes_make(slot->bytes, first));
    base_fast_hasher_add_summed(hasher, base_bytes_make(slot->bytes + first, size - first), sums);
}

static void join_chunk(struct job *job, const struct slot *slot)
{
    const struct verify_chunk *chunk = &slot->chunk;
    if (job->whole_wanted) {
        join_stream(job->whole, slot, chunk->position, slot->whole_sums);
    }
    if (chunk->kind == VERIFY_CHUNK_PART) {
        if (chunk->part_at == 0) {
            base_fast_hasher_reset(job->part);
        }
        join_stream(job->part, slot, chunk->part_at, slot->part_sums);
        if (chunk->part_ends) {
            end_part(job, chunk->entry);
        }
    }
}

/* ---- Workers ---- */

/* The next chunk and a slot for it; NULL at the end. */
static struct slot *take_chunk(struct job *job, struct slots *slots)
{
    struct slot *slot = NULL;
    (void)pthread_mutex_lock(&job->lock);
    while (slots->idle_count == 0 && !atomic_load(&job->stop)) {
        (void)pthread_cond_wait(&job->changed, &job->lock);
    }
    if (!atomic_load(&job->stop) && verify_chunk_next(&job->walk, &slots->idle[slots->idle_count - 1]->chunk)) {
        slot = slots->idle[--slots->idle_count];
        slot->number = job->taken++;
    }
    (void)pthread_mutex_unlock(&job->lock);
    return slot;
}

/* Where the chunk is that is to be joined next, once it is finished. */
static struct slot **next_to_join(const struct job *job)
{
    return &job->finished[job->joined % job->slot_count];
}

/* Joins the chunks whose turn it is. When another worker is joining, that one will see this chunk, too. */
static void finish_chunk(struct job *job, struct slot *slot)
{
    (void)pthread_mutex_lock(&job->lock);
    job->finished[slot->number % job->slot_count] = slot;
    if (!job->joining) {
        job->joining = true;
        while (*next_to_join(job) != NULL) {
            struct slot *next = *next_to_join(job);
            (void)pthread_mutex_unlock(&job->lock);
            join_chunk(job, next);
            (void)pthread_mutex_lock(&job->lock);
            *next_to_join(job) = NULL;
            job->joined++;
            next->owner->idle[next->owner->idle_count++] = next;
            (void)pthread_cond_broadcast(&job->changed);
        }
        job->joining = false;
    }
    (void)pthread_mutex_unlock(&job->lock);
}

static void run_worker(void *context, unsigned index)
{
    struct job *job = context;
    struct slot *slot;
    while ((slot = take_chunk(job, &job->slots[index])) != NULL) {
        if (!read_bytes(job, slot->chunk.position, slot->bytes, slot->chunk.size)) {
            break;
        }
        sum_chunk(job, slot);
        if (slot->chunk.kind == VERIFY_CHUNK_RUN) {
            read_run(job, slot);
        }
        finish_chunk(job, slot);
    }
}

/* ---- Payloads that overlap others ---- */

static bool read_overlapping(struct job *job, size_t index)
{
    struct slot *slot = &job->slots[0].all[0];
    const struct verify_entry *known = &job->facts->entries[index];
    uint64_t position = verify_payload_position(job->facts, known);
    base_fast_hasher_reset(job->part);
    for (uint64_t at = 0; at < known->size;) {
        size_t size = known->size - at < VERIFY_CHUNK_MAX ? (size_t)(known->size - at) : VERIFY_CHUNK_MAX;
        if (!read_bytes(job, position + at, slot->bytes, size)) {
            return false;
        }
        base_fast_hasher_add(job->part, base_bytes_make(slot->bytes, size));
        at += size;
    }
    if (known->size <= VERIFY_CHUNK_MAX) {
        slot->chunk = (struct verify_chunk){.kind = VERIFY_CHUNK_RUN, .entry = index, .count = 1};
        read_run(job, slot);
    } else {
        end_part(job, index);
    }
    return true;
}

/* After the workers, with a slot and a hasher of theirs. */
static void read_all_overlapping(struct job *job)
{
    for (size_t i = 0; i < job->facts->entry_count && !atomic_load(&job->stop); i++) {
        if (job->overlaps[i] && !read_overlapping(job, i)) {
            break;
        }
    }
}

/* ---- All of it ---- */

static uint64_t total_of(const struct verify_subject *subject, const struct verify_facts *facts, bool whole)
{
    uint64_t total = whole ? subject->input.size : 0;
    for (size_t i = 0; i < facts->entry_count && !whole; i++) {
        total += (facts->entries[i].flags & VERIFY_ENTRY_IS_READABLE) != 0 ? facts->entries[i].size : 0;
    }
    return total;
}

/* Less than a chunk for each worker is not worth waking one for. */
static unsigned count_workers(const struct job *job)
{
    uint64_t chunks = job->read.total / VERIFY_CHUNK_MAX + 1;
    size_t most = chunks < VERIFY_WORKERS_MAX ? (size_t)chunks : VERIFY_WORKERS_MAX;
    return base_workers_count(job->subject->options->jobs, most);
}

static void lend(struct slots *slots, struct memory *memory)
{
    slots->decoded = memory->decoded;
    for (size_t i = 0; i < SLOTS_PER_WORKER; i++) {
        slots->all[i].owner = slots;
        slots->all[i].bytes = memory->chunks[i];
        slots->all[i].whole_sums = memory->whole_sums[i];
        slots->all[i].part_sums = memory->part_sums[i];
        slots->idle[slots->idle_count++] = &slots->all[i];
    }
}

static bool make_slots(struct job *job, struct base_workers *workers, unsigned count)
{
    job->slot_count = (size_t)count * SLOTS_PER_WORKER;
    job->slots = calloc(count, sizeof *job->slots);
    job->finished = calloc(job->slot_count, sizeof(struct slot *));
    if (job->slots == NULL || job->finished == NULL) {
        return false;
    }
    for (unsigned i = 0; i < count; i++) {
        struct memory *memory = base_workers_memory(workers, i, sizeof *memory);
        if (memory == NULL) {
            return false;
        }
        lend(&job->slots[i], memory);
    }
    return true;
}

static void read_with(struct job *job, struct base_workers *workers)
{
    unsigned count = count_workers(job);
    job->whole = base_fast_hasher_create();
    job->part = base_fast_hasher_create();
    job->overlaps = calloc(job->facts->entry_count + 1, sizeof *job->overlaps);
    job->walk = (struct verify_chunk_walk){
        .facts = job->facts,
        .file_size = job->subject->input.size,
        .gaps = job->whole_wanted,
        .overlaps = job->overlaps,
    };
    if (job->whole == NULL || job->part == NULL || job->overlaps == NULL || !make_slots(job, workers, count)) {
        fail(job, 0, ENOMEM);
    } else {
        base_workers_run(workers, count, run_worker, job);
        if (job->whole_wanted && !atomic_load(&job->stop)) {
            job->result->whole_file.hash = base_fast_hasher_result(job->whole);
            job->result->whole_file.has_hash = true;
        }
        read_all_overlapping(job);
    }
    free(job->slots);
    free(job->finished);
    free(job->overlaps);
    base_fast_hasher_destroy(job->part);
    base_fast_hasher_destroy(job->whole);
}

static void read_all(struct job *job)
{
    struct base_workers *own;
    struct base_workers *workers = base_workers_of(job->subject->options->task, &own);
    if (workers == NULL) {
        fail(job, 0, ENOMEM);
    } else {
        read_with(job, workers);
    }
    base_workers_destroy(own);
}

void verify_read_payloads(const struct verify_subject *subject, const struct verify_facts *facts, bool whole_wanted,
                          struct verify_read_result *result)
{
    struct job job = {
        .subject = subject,
        .facts = facts,
        .result = result,
        .whole_wanted = whole_wanted,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .changed = PTHREAD_COND_INITIALIZER,
    };
    *result = (struct verify_read_result){.problem = 0};
    base_meter_begin(&job.read, subject->options->task, BASE_PHASE_EXAMINING, BASE_UNIT_BYTES,
                     total_of(subject, facts, whole_wanted));
    read_all(&job);
    result->bytes = atomic_load(&job.read.done);
}
