#include "writer/emit.h"

#include "base/file.h"
#include "base/text.h"
#include "writer/report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { HASH_PIECE = 1048576 };

/* Reports the first fault of a file. Always false. */
static bool fail(struct pp_out *out, const char *what, int problem, struct pp_findings *findings)
{
    if (atomic_exchange(&out->failed, true)) {
        return false;
    }
    struct pp_text path = PP_TEXT_EMPTY;
    pp_text_addf(&path, "%s/%s", out->directory, out->name);
    struct pp_place place = PP_NOWHERE;
    place.file = pp_text_string(&path);
    pp_findings_add(findings, PP_ENVIRONMENT_WRITE, &place, NULL, NULL, "%s: %s", what, pp_file_problem_text(problem));
    pp_text_free(&path);
    return false;
}

bool pp_writer_out_create(struct pp_out *out, int staging_fd, const char *directory, const char *name,
                          struct pp_findings *findings)
{
    out->directory = directory;
    out->name = name;
    atomic_init(&out->failed, false);
    do {
        out->fd = openat(staging_fd, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    } while (out->fd < 0 && errno == EINTR);
    return out->fd >= 0 || fail(out, "cannot create", errno, findings);
}

bool pp_writer_out_write(struct pp_out *out, uint64_t position, struct pp_bytes bytes, struct pp_findings *findings)
{
    if (atomic_load_explicit(&out->failed, memory_order_relaxed)) {
        return false;
    }
    while (bytes.size > 0) {
        ssize_t count = pwrite(out->fd, bytes.data, bytes.size, (off_t)position);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return fail(out, "cannot write", count == 0 ? EIO : errno, findings);
        }
        bytes = pp_bytes_make(bytes.data + count, bytes.size - (size_t)count);
        position += (uint64_t)count;
    }
    return true;
}

static bool hash_pieces(struct pp_out *out, uint64_t size, struct pp_hasher *hasher, uint8_t *piece,
                        struct pp_findings *findings)
{
    struct pp_file file = {.fd = out->fd, .size = size};
    for (uint64_t at = 0; at < size;) {
        size_t count = size - at < HASH_PIECE ? (size_t)(size - at) : HASH_PIECE;
        int problem = pp_file_read_at(&file, at, piece, count);
        if (problem != 0) {
            return fail(out, "cannot read back", problem, findings);
        }
        pp_hasher_add(hasher, pp_bytes_make(piece, count));
        at += count;
    }
    return true;
}

bool pp_writer_out_hash(struct pp_out *out, uint64_t size, struct pp_hash *hash, struct pp_findings *findings)
{
    struct pp_hasher *hasher = pp_hasher_create();
    uint8_t *piece = malloc(HASH_PIECE);
    bool done;
    if (hasher == NULL || piece == NULL) {
        done = pp_writer_report_memory(findings);
    } else {
        done = hash_pieces(out, size, hasher, piece, findings);
    }
    if (done) {
        *hash = pp_hasher_result(hasher);
    }
    free(piece);
    pp_hasher_destroy(hasher);
    return done;
}

bool pp_writer_out_finish(struct pp_out *out, struct pp_findings *findings)
{
    int result;
    do {
        result = fsync(out->fd);
    } while (result != 0 && errno == EINTR);
    if (result != 0) {
        return fail(out, "cannot sync", errno, findings);
    }
    int fd = out->fd;
    out->fd = -1;
    /* After EINTR the descriptor is gone all the same, and its bytes are synced. */
    return close(fd) == 0 || errno == EINTR || fail(out, "cannot close", errno, findings);
}

void pp_writer_out_abandon(struct pp_out *out)
{
    if (out->fd >= 0) {
        (void)close(out->fd);
        out->fd = -1;
    }
}
