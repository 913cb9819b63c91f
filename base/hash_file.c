#include "base/hash_file.h"

#include "base/file_pieces.h"

#include <errno.h>

static void add_piece(void *context, struct base_bytes piece)
{
    base_hasher_add(context, piece);
}

int base_hash_file(const struct base_file *file, struct base_task *task, struct base_hash *hash)
{
    struct base_hasher *hasher = base_hasher_create();
    int problem = hasher == NULL ? ENOMEM : base_file_each_piece(file, task, add_piece, hasher);
    if (problem == 0) {
        *hash = base_hasher_result(hasher);
    }
    base_hasher_destroy(hasher);
    return problem;
}
