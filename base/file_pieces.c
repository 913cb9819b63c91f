#include "base/file_pieces.h"

#include <errno.h>
#include <stdlib.h>

enum { PIECE = 1 << 20 };

static size_t piece_of(uint64_t rest)
{
    return rest < PIECE ? (size_t)rest : PIECE;
}

int base_file_each_piece(const struct base_file *file, struct base_task *task, base_piece_visitor visit, void *context)
{
    uint8_t *piece = malloc(piece_of(file->size) + 1);
    int problem = piece == NULL ? ENOMEM : 0;
    for (uint64_t at = 0; problem == 0 && at < file->size;) {
        size_t size = piece_of(file->size - at);
        problem = base_task_cancelled(task) ? ECANCELED : base_file_read_at(file, at, piece, size);
        if (problem == 0) {
            visit(context, base_bytes_make(piece, size));
            at += size;
        }
    }
    free(piece);
    return problem;
}
