#include "base/hash_file.h"

#include <errno.h>
#include <stdlib.h>

enum { PIECE = 1 << 20 };

static size_t piece_of(uint64_t rest)
{
    return rest < PIECE ? (size_t)rest : PIECE;
}

int base_hash_file(const struct base_file *file, struct base_task *task, struct base_hash *hash)
{
    struct base_hasher *hasher = base_hasher_create();
    uint8_t *piece = malloc(piece_of(file->size) + 1);
    int problem = hasher == NULL || piece == NULL ? ENOMEM : 0;
    for (uint64_t at = 0; problem == 0 && at < file->size;) {
        size_t size = piece_of(file->size - at);
        problem = base_task_cancelled(task) ? ECANCELED : base_file_read_at(file, at, piece, size);
        if (problem == 0) {
            base_hasher_add(hasher, base_bytes_make(piece, size));
            at += size;
        }
    }
    if (problem == 0) {
        *hash = base_hasher_result(hasher);
    }
    free(piece);
    base_hasher_destroy(hasher);
    return problem;
}
