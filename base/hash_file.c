#include "base/hash_file.h"

#include <errno.h>
#include <stdlib.h>

enum { PIECE = 1 << 20 };

static size_t piece_of(uint64_t rest)
{
    return rest < PIECE ? (size_t)rest : PIECE;
}

int pp_hash_file(const struct pp_file *file, struct pp_hash *hash)
{
    struct pp_hasher *hasher = pp_hasher_create();
    uint8_t *piece = malloc(piece_of(file->size) + 1);
    int problem = hasher == NULL || piece == NULL ? ENOMEM : 0;
    for (uint64_t at = 0; problem == 0 && at < file->size;) {
        size_t size = piece_of(file->size - at);
        problem = pp_file_read_at(file, at, piece, size);
        if (problem == 0) {
            pp_hasher_add(hasher, pp_bytes_make(piece, size));
            at += size;
        }
    }
    if (problem == 0) {
        *hash = pp_hasher_result(hasher);
    }
    free(piece);
    pp_hasher_destroy(hasher);
    return problem;
}
