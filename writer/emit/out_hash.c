#include "base/parallel.h"
#include "base/workers.h"
#include "writer/emit/out.h"

#include "base/file.h"
#include "writer/report.h"

#include <pthread.h>
#include <stdlib.h>

enum { PIECE = 1 << 20, PAGE = 4096 /* copying into whole pages is faster */ };

/* What a worker needs for a piece. */
struct desk {
    pthread_t last; /* who had it last: it is still in that processor's own cache */
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
    struct desk **idle;
    size_t idle_count;
};

static struct desk *take_desk(struct hashing *hashing)
{
    (void)pthread_mutex_lock(&hashing->lock);
    size_t chosen = 0;
    for (size_t i = 0; i < hashing->idle_count; i++) {
        struct desk *desk = hashing->idle[i];
        if (desk->used ? pthread_equal(desk->last, pthread_self()) != 0 : hashing->idle[chosen]->used) {
            chosen = i;
        }
    }
    struct desk *desk = hashing->idle[chosen];
    hashing->idle[chosen] = hashing->idle[--hashing->idle_count];
    desk->last = pthread_self();
    desk->used = true;
    (void)pthread_mutex_unlock(&hashing->lock);
    return desk;
}

/* Pieces are given out in order, so the one whose turn it is belongs to a worker that waits for nobody. */
static void add(struct hashing *hashing, size_t piece, struct base_bytes bytes, struct desk *desk)
{
    (void)pthread_mutex_lock(&hashing->lock);
    while (hashing->turn != piece && !atomic_load(&hashing->stop)) {
        (void)pthread_cond_wait(&hashing->turned, &hashing->lock);
    }
    if (hashing->turn == piece) {
        base_hasher_add_summed(hashing->hasher, bytes, desk->sums);
        hashing->turn++;
    }
    hashing->idle[hashing->idle_count++] = desk;
    (void)pthread_cond_broadcast(&hashing->turned);
    (void)pthread_mutex_unlock(&hashing->lock);
}

static void stop(struct hashing *hashing, struct desk *desk)
{
    (void)pthread_mutex_lock(&hashing->lock);
    atomic_store(&hashing->stop, true);
    hashing->idle[hashing->idle_count++] = desk;
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
    struct desk *desk = take_desk(hashing);
    int problem = base_file_read_at(&file, at, desk->bytes, size);
    if (problem != 0) {
        (void)writer_out_fail(hashing->out, "cannot read back", problem, findings);
        stop(hashing, desk);
        return;
    }
    struct base_bytes bytes = base_bytes_make(desk->bytes, size);
    base_hash_sum_blocks(bytes, desk->sums);
    add(hashing, piece, bytes, desk);
}

static bool make_desks(struct hashing *hashing, size_t count)
{
    hashing->idle = calloc(count + 1, sizeof(struct desk *));
    while (hashing->idle != NULL && hashing->idle_count < count) {
        struct desk *desk = calloc(1, sizeof *desk);
        void *bytes = NULL;
        if (desk == NULL || posix_memalign(&bytes, PAGE, PIECE) != 0) {
            free(desk);
            return false;
        }
        desk->bytes = bytes;
        hashing->idle[hashing->idle_count++] = desk;
    }
    return hashing->idle != NULL;
}

static void free_desks(struct hashing *hashing)
{
    for (size_t i = 0; i < hashing->idle_count; i++) {
        free(hashing->idle[i]->bytes);
        free(hashing->idle[i]);
    }
    free(hashing->idle);
}

bool writer_out_hash(struct writer_out *out, uint64_t size, unsigned jobs, struct base_hash *hash,
                     struct base_findings *findings)
{
    struct hashing hashing = {.out = out,
                              .size = size,
                              .lock = PTHREAD_MUTEX_INITIALIZER,
                              .turned = PTHREAD_COND_INITIALIZER,
                              .hasher = base_hasher_create()};
    size_t pieces = (size_t)((size + PIECE - 1) / PIECE);
    bool done = false;
    if (hashing.hasher == NULL || !make_desks(&hashing, base_workers_count(jobs, pieces))) {
        (void)writer_report_memory(findings);
    } else {
        base_parallel_each(jobs, pieces, hash_piece, &hashing, findings);
        done = hashing.turn == pieces;
        *hash = base_hasher_result(hashing.hasher);
    }
    free_desks(&hashing);
    base_hasher_destroy(hashing.hasher);
    return done;
}
