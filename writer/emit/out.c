#include "writer/emit/out.h"

#include "base/descriptor.h"
#include "base/file.h"
#include "base/path.h"
#include "base/report.h"
#include "writer/report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { WRITEBACK_MIN = 1 << 20, AT_ONCE = WRITER_OUT_PIECE, SYNC_PIECE = 2 * WRITER_OUT_PIECE };

bool writer_out_fail(struct writer_out *out, const char *what, int problem, struct base_findings *findings)
{
    if (atomic_exchange(&out->failed, true)) {
        return false;
    }
    if (out->in_memory && problem != EMFILE && problem != ENFILE) {
        return writer_report_memory(findings); /* there is no disk to be full */
    }
    char *path = base_path_join(out->directory, out->name);
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    base_report(findings, DIAG_ENVIRONMENT_WRITE,
                &(struct base_details){.place.file = path, .cause = base_write_cause(problem)}, "%s: %s", what,
                base_file_problem_text(problem));
    free(path);
    return false;
}

/* Returns 0 or an errno value. */
static int create(struct writer_out *out, const struct writer_staging *staging)
{
    out->fd = -1;
    if (staging->memory != NULL) {
        return staging->memory->create(staging->memory->context, out->name, &out->fd);
    }
    return out->nowhere
               ? 0
               : base_descriptor_open(&out->fd, staging->fd, out->name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW);
}

bool writer_out_create(struct writer_out *out, const struct writer_staging *staging, const char *name,
                       struct base_findings *findings)
{
    out->task = NULL;
    out->directory = staging->display;
    out->name = name;
    out->in_memory = staging->memory != NULL;
    out->nowhere = !out->in_memory && staging->fd < 0;
    atomic_init(&out->failed, false);
    int problem = create(out, staging);
    return problem == 0 || writer_out_fail(out, "cannot create", problem, findings);
}

bool writer_out_reserve(struct writer_out *out, uint64_t size, struct base_findings *findings)
{
    int result;
    if (out->nowhere) {
        return true;
    }
    do {
        result = size > 0 ? fallocate(out->fd, 0, 0, (off_t)size) : 0;
    } while (result != 0 && errno == EINTR);
    return result == 0 || errno == EOPNOTSUPP || errno == ENOSYS ||
           writer_out_fail(out, "cannot write", errno, findings);
}

/* Asks the kernel to write a large piece to the disk now, so that the sync at the end waits less. That sync also
 * reports what went wrong. The call may wait for the disk, so the task is looked at first. */
static void start_writeback(const struct writer_out *out, uint64_t position, size_t size)
{
    if (size >= WRITEBACK_MIN && !base_task_cancelled(out->task)) {
        (void)sync_file_range(out->fd, (off_t)position, (off_t)size, SYNC_FILE_RANGE_WRITE);
    }
}

bool writer_out_write(struct writer_out *out, uint64_t position, struct base_bytes bytes,
                      struct base_findings *findings)
{
    if (atomic_load_explicit(&out->failed, memory_order_relaxed)) {
        return false;
    }
    while (bytes.size > 0) {
        if (base_task_cancelled(out->task)) {
            return false;
        }
        if (out->nowhere) {
            return true;
        }
        ssize_t count = pwrite(out->fd, bytes.data, bytes.size < AT_ONCE ? bytes.size : AT_ONCE, (off_t)position);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return writer_out_fail(out, "cannot write", count == 0 ? EIO : errno, findings);
        }
        start_writeback(out, position, (size_t)count);
        bytes = base_bytes_make(bytes.data + count, bytes.size - (size_t)count);
        position += (uint64_t)count;
    }
    return true;
}

/* Has a long file written to the disk in pieces, because one sync of it can take seconds. Returns 0 or an errno value.
 */
static int sync_pieces(const struct writer_out *out)
{
    const unsigned all = SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER;
    off_t size = lseek(out->fd, 0, SEEK_END);
    if (size <= SYNC_PIECE) {
        return 0;
    }
    int problem = 0;
    struct base_meter synced;
    base_meter_begin(&synced, out->task, BASE_PHASE_SYNCING, BASE_UNIT_BYTES, (uint64_t)size);
    for (off_t at = 0; problem == 0 && at < size; at += SYNC_PIECE) {
        if (base_task_cancelled(out->task)) {
            return ECANCELED;
        }
        problem = sync_file_range(out->fd, at, SYNC_PIECE, all) == 0 || errno == EINTR ? 0 : errno;
        base_meter_add(&synced, SYNC_PIECE);
    }
    return problem == EINVAL || problem == ENOSYS ? 0 : problem; /* the sync of the whole file is enough */
}

bool writer_out_finish(struct writer_out *out, struct base_findings *findings)
{
    bool durable = !out->nowhere && !out->in_memory;
    int problem = durable ? sync_pieces(out) : 0;
    if (problem == 0 && durable) {
        problem = base_task_cancelled(out->task) ? ECANCELED : base_descriptor_sync(out->fd);
    }
    if (problem == ECANCELED) {
        return false;
    }
    if (problem != 0) {
        return writer_out_fail(out, "cannot sync", problem, findings);
    }
    problem = out->nowhere ? 0 : base_descriptor_close(out->fd);
    out->fd = -1;
    return problem == 0 || writer_out_fail(out, "cannot close", problem, findings);
}

void writer_out_abandon(struct writer_out *out)
{
    if (out->fd >= 0) {
        (void)close(out->fd);
        out->fd = -1;
    }
}
