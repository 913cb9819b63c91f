#include "writer/emit/out.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/workers.h"
#include "writer/report.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

enum { PIECE = 1 << 20 };

/* One hash by several workers: each reads pieces, and hashes its piece when all pieces before it have been hashed.
 * Reading takes three times as long as hashing, so there is seldom anything to wait for. */
struct hashing {
    struct base_task *task;
    struct base_meter *hashed;
    struct base_workers *workers; /* whose memory holds a piece each */
    struct base_file file;
    size_t pieces;
    pthread_mutex_t lock; /* of all below but the hasher */
    pthread_cond_t turned;
    struct base_hasher *hasher; /* belongs to the worker that has piece number `turn` */
    size_t turn;                /* the piece that is hashed next */
    size_t taken;               /* pieces */
    int problem;                /* the first one, as base/file.h names them; then all workers stop */
};

/* The next piece is given out in order, so the worker whose turn it is waits for no other one. */
static bool take_piece(struct hashing *hashing, size_t *piece)
{
    (void)pthread_mutex_lock(&hashing->lock);
    bool taken = hashing->problem == 0 && hashing->taken < hashing->pieces;
    if (taken) {
        *piece = hashing->taken++;
    }
    (void)pthread_mutex_unlock(&hashing->lock);
    return taken;
}

/* False when another worker has failed. */
static bool wait_for_turn(struct hashing *hashing, size_t piece)
{
    (void)pthread_mutex_lock(&hashing->lock);
    while (hashing->turn != piece && hashing->problem == 0) {
        (void)pthread_cond_wait(&hashing->turned, &hashing->lock);
    }
    bool ours = hashing->turn == piece;
    (void)pthread_mutex_unlock(&hashing->lock);
    return ours;
}

static void end_turn(struct hashing *hashing)
{
    (void)pthread_mutex_lock(&hashing->lock);
    hashing->turn++;
    (void)pthread_cond_broadcast(&hashing->turned);
    (void)pthread_mutex_unlock(&hashing->lock);
}

static void fail(struct hashing *hashing, int problem)
{
    (void)pthread_mutex_lock(&hashing->lock);
    if (hashing->problem == 0) {
        hashing->problem = problem;
    }
    (void)pthread_cond_broadcast(&hashing->turned);
    (void)pthread_mutex_unlock(&hashing->lock);
}

static void hash_pieces(void *context, unsigned worker)
{
    struct hashing *hashing = context;
    uint8_t *bytes = base_workers_memory(hashing->workers, worker, PIECE);
    size_t piece;
    if (bytes == NULL) {
        fail(hashing, ENOMEM);
    }
    while (take_piece(hashing, &piece)) {
        uint64_t at = (uint64_t)piece * PIECE;
        uint64_t rest = hashing->file.size - at;
        size_t size = rest < PIECE ? (size_t)rest : PIECE;
        int problem =
            base_task_cancelled(hashing->task) ? ECANCELED : base_file_read_at(&hashing->file, at, bytes, size);
        if (problem != 0) {
            fail(hashing, problem);
        } else if (wait_for_turn(hashing, piece)) {
            base_hasher_add(hashing->hasher, base_bytes_make(bytes, size));
            end_turn(hashing);
            base_meter_add(hashing->hashed, size);
        }
    }
}

static bool report(struct writer_out *out, int problem, struct base_findings *findings)
{
    if (problem == ENOMEM) {
        return writer_report_memory(findings);
    }
    return problem == 0 || (problem != ECANCELED && writer_out_fail(out, "cannot read back", problem, findings));
}

bool writer_out_hash(struct writer_out *out, uint64_t size, struct base_task *task, unsigned jobs,
                     struct base_hash *hash, struct base_findings *findings)
{
    struct base_workers *own;
    struct base_meter hashed;
    if (out->nowhere) {
        *hash = (struct base_hash){.bytes = {0}};
        return true;
    }
    struct hashing hashing = {
        .task = task,
        .hashed = &hashed,
        .workers = base_workers_of(task, &own),
        .file = {.fd = out->fd, .size = size},
        .pieces = (size_t)((size + PIECE - 1) / PIECE),
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .turned = PTHREAD_COND_INITIALIZER,
        .hasher = base_hasher_create(),
    };
    if (hashing.workers == NULL || hashing.hasher == NULL) {
        hashing.problem = ENOMEM;
    } else {
        base_meter_begin(&hashed, task, BASE_PHASE_HASHING, BASE_UNIT_BYTES, size);
        base_workers_run(hashing.workers, base_workers_count(jobs, hashing.pieces), hash_pieces, &hashing);
        *hash = base_hasher_result(hashing.hasher);
    }
    base_hasher_destroy(hashing.hasher);
    base_workers_destroy(own);
    return report(out, hashing.problem, findings);
}
