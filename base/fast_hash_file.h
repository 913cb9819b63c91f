/* The hash of a whole open file, by base/fast_hash.h. */
#ifndef PRPACK_BASE_FAST_HASH_FILE_H
#define PRPACK_BASE_FAST_HASH_FILE_H

#include "base/fast_hash.h"
#include "base/file.h"
#include "base/task.h"

/* Reads the file as large as it was when it was opened. Returns 0 or a problem as base/file.h names them, ECANCELED
 * when the task was cancelled; *hash is set on success only. Threads: no shared state. */
int base_fast_hash_file(const struct base_file *file, struct base_task *task, struct base_hash *hash);

#endif
