#include "base/sort.h"

#include "base/checked.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Runs of this many items are sorted by qsort; then two runs at a time become one, until one is left. */
enum { RUN = 4096 };

struct sorting {
    size_t size;
    base_compare compare;
    struct base_task *task;
};

/* Two runs that lie side by side: from before `middle`, and from there to before `end`. */
struct runs {
    size_t begin;
    size_t middle;
    size_t end;
};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Whether there is nothing to sort: much of what is sorted comes in order. False, too, when the task was cancelled. */
static bool is_sorted(const struct sorting *sorting, const uint8_t *items, size_t count)
{
    size_t size = sorting->size;
    size_t at = 1;
    while (at < count && sorting->compare(items + (at - 1) * size, items + at * size) <= 0 &&
           !base_task_cancelled_in(sorting->task, at)) {
        at++;
    }
    return at >= count;
}

/* Merges two runs of `from` into `to`. False when the task was cancelled: not all of them is there then. */
static bool merge(const struct sorting *sorting, const uint8_t *from, uint8_t *to, struct runs runs)
{
    size_t size = sorting->size;
    size_t left = runs.begin;
    size_t right = runs.middle;
    /* Two runs that are in order already, as in an array of which few items are not. */
    bool in_order = right < runs.end && sorting->compare(from + (right - 1) * size, from + right * size) <= 0;
    for (size_t at = runs.begin; at < runs.end; at++) {
        bool takes_left =
            right == runs.end ||
            (left < runs.middle && (in_order || sorting->compare(from + left * size, from + right * size) <= 0));
        memcpy(to + at * size, from + (takes_left ? left++ : right++) * size, size);
        if (base_task_cancelled_in(sorting->task, at)) {
            return false;
        }
    }
    return true;
}

static bool sort_runs(const struct sorting *sorting, uint8_t *items, size_t count)
{
    for (size_t begin = 0; begin < count; begin += RUN) {
        if (base_task_cancelled(sorting->task)) {
            return false;
        }
        uint8_t *run = items + begin * sorting->size;
        size_t length = least(RUN, count - begin);
        if (!is_sorted(sorting, run, length)) {
            qsort(run, length, sorting->size, sorting->compare);
        }
    }
    return true;
}

/* One pass: merges each two runs of `length` items from one array into the other. */
static bool merge_pairs(const struct sorting *sorting, const uint8_t *from, uint8_t *to, size_t count, size_t length)
{
    for (size_t begin = 0; begin < count; begin += least(2 * length, count - begin)) {
        size_t middle = begin + least(length, count - begin);
        struct runs runs = {.begin = begin, .middle = middle, .end = middle + least(length, count - middle)};
        if (!merge(sorting, from, to, runs)) {
            return false;
        }
    }
    return true;
}

/* Passes over all runs, from one of the two arrays to the other and back. When it is cancelled, `items` holds all items
 * in some order. */
static bool merge_runs(const struct sorting *sorting, uint8_t *items, uint8_t *spare, size_t count)
{
    uint8_t *from = items;
    uint8_t *to = spare;
    bool sorted = true;
    for (size_t length = RUN; sorted && length < count; length = length <= count / 2 ? length * 2 : count) {
        sorted = merge_pairs(sorting, from, to, count, length);
        if (sorted) {
            uint8_t *swap = from;
            from = to;
            to = swap;
        }
    }
    if (from != items) {
        memcpy(items, from, count * sorting->size);
    }
    return sorted;
}

bool base_sort(void *items, size_t count, size_t size, base_compare compare, struct base_task *task)
{
    const struct sorting sorting = {.size = size, .compare = compare, .task = task};
    size_t bytes;
    if (is_sorted(&sorting, items, count)) {
        return true;
    }
    uint8_t *spare = count > RUN && base_mul_size(count, size, &bytes) ? malloc(bytes) : NULL;
    if (spare == NULL) {
        qsort(items, count, size, compare);
        return true;
    }
    bool sorted = sort_runs(&sorting, items, count) && merge_runs(&sorting, items, spare, count);
    free(spare);
    return sorted;
}
