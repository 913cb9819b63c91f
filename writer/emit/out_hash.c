#include "base/parallel.h"
#include "base/workers.h"
#include "writer/emit/out.h"

#include "base/file.h"
#include "writer/report.h"

#include <pthread.h>
#include <stdlib.h>

enum { PIECE = 1 << 20 };

/* The memory that a worker needs for a piece. */
struct buffer {
    pthread_t last; /* the thread that had it last: the memory is still in the cache of its processor */
    bool used;
    uint8_t *bytes;
    uint64_t sums[PIECE / BASE_HASH_BLOCK * BASE_HASH_SUMS];
};

/* One hash by several workers: each sums pieces of its own, and adds them when those before have been added. */
struct hashing {
    struct writer_out *out;
    uint64_t size;
    atomic_bool stop;
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t turned;
    struct base_hasher *hasher;
    size_t turn; /* the piece that is next */
    struct buffer **idle;
    size_t idle_count;
};

static struct buffer *take_buffer(struct hashing *hashing)
{
    (void)pthread_mutex_lock(&hashing->lock);
    size_t chosen = 0;
    for (size_t i = 0; i < hashing->idle_count; i++) {
        struct buffer *buffer = hashing->idle[i];
        if (buffer->used ? pthread_equal(buffer->last, pthread_self()) != 0 : hashing->idle[chosen]->used) {
            chosen = i;
        }
    }
    struct buffer *buffer = hashing->idle[chosen];
    hashing->idle[chosen] = hashing->idle[--hashing->idle_count];
    buffer->last = pthread_self();
    buffer->used = true;
    (void)pthread_mutex_unlock(&hashing->lock);
    return buffer;
}

/* Pieces are given out in order, so the worker that has the next piece never waits. */
static void add(struct hashing *hashing, size_t piece, struct base_bytes bytes, struct buffer *buffer)
{
    (void)pthread_mutex_lock(&hashing->lock);
    while (hashing->turn != piece && !atomic_load(&hashing->stop)) {
        (void)pthread_cond_wait(&hashing->turned, &hashing->lock);
    }
    if (hashing->turn == piece) {
        base_hasher_add_summed(hashing->hasher, bytes, buffer->sums);
        hashing->turn++;
    }
    hashing->idle[hashing->idle_count++] = buffer;
    (void)pthread_cond_broadcast(&hashing->turned);
    (void)pthread_mutex_unlock(&hashing->lock);
}

static void stop(struct hashing *hashing, struct buffer *buffer)
{
    (void)pthread_mutex_lock(&hashing->lock);
    atomic_store(&hashing->stop, true);
    hashing->idle[hashing->idle_count++] = buffer;
    (void)pthread_cond_broadcast(&hashing->turned);
    (void)pthread_mutex_unlock(&hashing->lock);
}

static void hash_piece(void *context, size_t piece, struct base_findings *findings)
{
    struct hashing *hashing = context;
    uint64_t at = (uint64_t)piece * PIECE;
    size_t size = hashing->size - at < PIECE ? (size_t)(hashing->size - at) : PIECE;
    struct base_file file = {.fd = hashing->out->fd, .size = hashing->size};
    if (atomic_load(&hashing->stop)) {
        return;
    }
    struct buffer *buffer = take_buffer(hashing);
    int problem = base_file_read_at(&file, at, buffer->bytes, size);
    if (problem != 0) {
        (void)writer_out_fail(hashing->out, "cannot read back", problem, findings);
        stop(hashing, buffer);
        return;
    }
    struct base_bytes bytes = base_bytes_make(buffer->bytes, size);
    base_hash_sum_blocks(bytes, buffer->sums);
    add(hashing, piece, bytes, buffer);
}

static bool make_buffers(struct hashing *hashing, size_t count)
{
    hashing->idle = calloc(count + 1, sizeof(struct buffer *));
    while (hashing->idle != NULL && hashing->idle_count < count) {
        struct buffer *buffer = calloc(1, sizeof *buffer);
        void *bytes = NULL;
        if (buffer == NULL || posix_memalign(&bytes, WRITER_OUT_ALIGNMENT, PIECE) != 0) {
            free(buffer);
            return false;
        }
        buffer->bytes = bytes;
        hashing->idle[hashing->idle_count++] = buffer;
    }
    return hashing->idle != NULL;
}

static void free_buffers(struct hashing *hashing)
{
    for (size_t i = 0; i < hashing->idle_count; i++) {
        free(hashing->idle[i]->bytes);
        free(hashing->idle[i]);
    }
    free(hashing->idle);
}

bool writer_out_hash(struct writer_out *out, uint64_t size, struct base_task *task, unsigned jobs,
                     struct base_hash *hash, struct base_findings *findings)
{
    struct hashing hashing = {.out = out,
                              .size = size,
                              .lock = PTHREAD_MUTEX_INITIALIZER,
                              .turned = PTHREAD_COND_INITIALIZER,
                              .hasher = base_hasher_create()};
    size_t pieces = (size_t)((size + PIECE - 1) / PIECE);
    bool done = false;
    if (hashing.hasher == NULL || !make_buffers(&hashing, base_workers_count(jobs, pieces))) {
        (void)writer_report_memory(findings);
    } else {
        base_parallel_each(task, jobs, pieces, hash_piece, &hashing, findings);
        done = hashing.turn == pieces;
        *hash = base_hasher_result(hashing.hasher);
    }
    free_buffers(&hashing);
    base_hasher_destroy(hashing.hasher);
    return done;
}
