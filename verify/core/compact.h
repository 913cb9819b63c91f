/* JSON without the white space between its tokens. */
#ifndef PRPACK_VERIFY_CORE_COMPACT_H
#define PRPACK_VERIFY_CORE_COMPACT_H

#include "base/bytes.h"
#include "base/task.h"

/* Copies an accepted text, or a part of one that begins and ends between tokens, into `out`, which has room for as many
 * bytes as it. Returns the size of the copy. When the task, which may be NULL, was cancelled, the copy is cut short. */
size_t verify_compact(struct base_bytes json, char *out, struct base_task *task);

#endif
