#include "writer/encode/reuse.h"

#include "base/checked.h"
#include "base/hash.h"
#include "base/parallel.h"

#include <stdlib.h>

/* Payloads that lie back to back in both packs: together at most WRITER_OUT_PIECE, or a single one of any size. */
struct span {
    size_t first;
    size_t count;
    uint64_t size;
};

struct reuse {
    struct base_task *task;
    const struct writer_plan *plan;
    const struct writer_provider *provider;
    const struct writer_region *region;
    struct span *spans;
    size_t span_count;
    atomic_bool stale;
};

/* Whether an asset's payload joins a span. In the new pack all payloads are back to back. */
static bool joins(const struct reuse *reuse, const struct span *span, const struct writer_planned *planned)
{
    const struct writer_packed *first = reuse->plan->assets[span->first].packed;
    return &reuse->plan->assets[span->first + span->count] == planned && span->size <= WRITER_OUT_PIECE &&
           planned->size <= WRITER_OUT_PIECE - span->size && planned->packed->offset >= first->offset &&
           planned->packed->offset - first->offset == span->size;
}

/* False when memory ran out. */
static bool find_spans(struct reuse *reuse)
{
    const struct writer_plan *plan = reuse->plan;
    reuse->spans = calloc(plan->count > 0 ? plan->count : 1, sizeof *reuse->spans);
    if (reuse->spans == NULL) {
        return false;
    }
    for (size_t i = 0; i < plan->count; i++) {
        const struct writer_planned *planned = &plan->assets[i];
        if (planned->packed == NULL) {
            continue;
        }
        struct span *last = reuse->span_count > 0 ? &reuse->spans[reuse->span_count - 1] : NULL;
        if (last != NULL && joins(reuse, last, planned)) {
            last->count++;
            last->size += planned->size;
        } else {
            reuse->spans[reuse->span_count++] = (struct span){.first = i, .count = 1, .size = planned->size};
        }
    }
    return true;
}

/* Position in the provider's pack of a byte of a span. */
static bool find_source(const struct reuse *reuse, const struct span *span, uint64_t *position)
{
    const struct writer_packed *first = reuse->plan->assets[span->first].packed;
    return base_add_u64(reuse->provider->payload_offset, first->offset, position) &&
           base_range_inside(*position, span->size, reuse->provider->pack->size);
}

static bool write_piece(const struct reuse *reuse, const struct span *span, uint64_t done, struct base_bytes bytes,
                        struct base_findings *findings)
{
    uint64_t position = reuse->region->position + reuse->plan->assets[span->first].offset + done;
    bool written = writer_out_write(reuse->region->pack, position, bytes, findings);
    base_meter_add(reuse->region->written, bytes.size);
    return written;
}

/* One payload after the other, each as it was recorded. */
static bool check_payloads(const struct reuse *reuse, const struct span *span, const uint8_t *bytes)
{
    for (size_t i = span->first; i < span->first + span->count; i++) {
        const struct writer_planned *planned = &reuse->plan->assets[i];
        if (!base_hash_equal(base_hash_of(base_bytes_make(bytes, (size_t)planned->size)), planned->payload_hash)) {
            return false;
        }
        bytes += planned->size;
    }
    return true;
}

/* A payload that is too large for one piece. False when it is not as recorded. */
static bool copy_large(const struct reuse *reuse, const struct span *span, uint64_t source, uint8_t *piece,
                       struct base_findings *findings)
{
    struct base_hasher *hasher = base_hasher_create();
    bool fine = hasher != NULL;
    bool written = true;
    uint64_t done = 0;
    while (fine && written && done < span->size && !base_task_cancelled(reuse->task)) {
        uint64_t position = reuse->region->position + reuse->plan->assets[span->first].offset + done;
        size_t size = WRITER_OUT_PIECE - (size_t)(position % WRITER_OUT_PIECE);
        if (size > span->size - done) {
            size = (size_t)(span->size - done);
        }
        fine = base_file_read_at(reuse->provider->pack, source + done, piece, size) == 0;
        if (fine) {
            base_hasher_add(hasher, base_bytes_make(piece, size));
            written = write_piece(reuse, span, done, base_bytes_make(piece, size), findings);
        }
        done += size;
    }
    fine = fine &&
           (!written || base_hash_equal(base_hasher_result(hasher), reuse->plan->assets[span->first].payload_hash));
    base_hasher_destroy(hasher);
    return fine;
}

static bool copy(const struct reuse *reuse, const struct span *span, struct base_findings *findings)
{
    uint64_t source;
    void *memory = NULL;
    size_t capacity = span->size < WRITER_OUT_PIECE ? (size_t)span->size + 1 : WRITER_OUT_PIECE;
    if (!find_source(reuse, span, &source) || posix_memalign(&memory, WRITER_OUT_ALIGNMENT, capacity) != 0) {
        return false;
    }
    uint8_t *piece = memory;
    bool fine;
    if (span->size > WRITER_OUT_PIECE) {
        fine = copy_large(reuse, span, source, piece, findings);
    } else {
        fine = base_file_read_at(reuse->provider->pack, source, piece, (size_t)span->size) == 0 &&
               check_payloads(reuse, span, piece);
        if (fine) {
            (void)write_piece(reuse, span, 0, base_bytes_make(piece, (size_t)span->size), findings);
        }
    }
    free(memory);
    return fine;
}

static void copy_one(void *context, size_t index, struct base_findings *findings)
{
    struct reuse *reuse = context;
    const struct span *span = &reuse->spans[index];
    if (atomic_load(&reuse->stale) || atomic_load(&reuse->region->pack->failed)) {
        return;
    }
    if (!copy(reuse, span, findings)) {
        atomic_store(&reuse->stale, true);
    }
}

bool writer_reuse(const struct writer_plan *plan, const struct writer_options *options,
                  const struct writer_region *region, struct base_findings *findings)
{
    struct reuse reuse = {.task = options->task, .plan = plan, .provider = options->provider, .region = region};
    atomic_init(&reuse.stale, false);
    bool fine = find_spans(&reuse);
    if (fine) {
        base_parallel_each(options->task, options->jobs, reuse.span_count, copy_one, &reuse, findings);
        fine = !atomic_load(&reuse.stale);
    }
    free(reuse.spans);
    return fine;
}
