/* Sorts arrays that may be large: unlike qsort(3), it looks whether the task goes on. */
#ifndef PRPACK_BASE_SORT_H
#define PRPACK_BASE_SORT_H

#include "base/task.h"

/* Compares as for qsort(3). */
typedef int (*base_compare)(const void *left, const void *right);

/* Sorts `count` items of `size` bytes each; when they are in order, count - 1 comparisons find that out. Items that
 * compare equal end up in any order. Memory in proportion to the
 * array is taken where there is some: without it, the sorting does not look at the task. Returns false when the task
 * was cancelled; the array then has the same items in any order. items may be NULL when count is 0; size is not 0. */
bool base_sort(void *items, size_t count, size_t size, base_compare compare, struct base_task *task);

#endif
