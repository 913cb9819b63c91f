/* A whole open file, piece by piece. */
#ifndef PRPACK_BASE_FILE_PIECES_H
#define PRPACK_BASE_FILE_PIECES_H

#include "base/file.h"
#include "base/task.h"

/* Is given the next piece of the file. The bytes are valid during the call. */
typedef void (*base_piece_visitor)(void *context, struct base_bytes piece);

/* Reads the file as large as it was when it was opened and calls visit for each piece, in order; an empty file has
 * none. Returns 0, ENOMEM, ECANCELED when the task was cancelled, or what base_file_read_at returns. Threads: no shared
 * state. */
int base_file_each_piece(const struct base_file *file, struct base_task *task, base_piece_visitor visit, void *context);

#endif
