#include "base/checked.h"
#include "reader/header/table.h"

#include <stdlib.h>

/* ---- Order ---- */

enum { DIGIT_BITS = 8 };

static bool has_id(const struct reader_row *row)
{
    return (row->valid & READER_MEMBER_ASSET_ID) != 0;
}

static bool ids_ascend(const struct reader_table *table, struct base_task *task)
{
    for (size_t i = 0; i < table->count && !base_task_cancelled_in(task, i); i++) {
        if (!has_id(&table->rows[i]) || (i > 0 && table->rows[i - 1].asset_id >= table->rows[i].asset_id)) {
            return false;
        }
    }
    return true;
}

/* One pass of a radix sort: orders by eight bits, keeping the order of equal ones. */
static void sort_by_digit(const uint64_t *keys, uint64_t *sorted, size_t count, unsigned shift, struct base_task *task)
{
    enum { DIGITS = 1 << DIGIT_BITS };
    size_t start[DIGITS + 1] = {0};
    for (size_t i = 0; i < count && !base_task_cancelled_in(task, i); i++) {
        start[(keys[i] >> shift) % DIGITS + 1]++;
    }
    for (size_t digit = 0; digit < DIGITS; digit++) {
        start[digit + 1] += start[digit];
    }
    for (size_t i = 0; i < count && !base_task_cancelled_in(task, i); i++) {
        sorted[start[(keys[i] >> shift) % DIGITS]++] = keys[i];
    }
}

/* Sorts by the upper 32 bits; no choice of ids makes it slow. The number of passes is even, so the result is in `keys`.
 * False when the task was cancelled: then keys are lost. */
static bool sort_keys(uint64_t *keys, uint64_t *spare, size_t count, struct base_task *task)
{
    for (unsigned shift = 32; shift < 64; shift += DIGIT_BITS) {
        sort_by_digit(keys, spare, count, shift, task);
        if (base_task_cancelled(task)) {
            return false;
        }
        uint64_t *swap = keys;
        keys = spare;
        spare = swap;
    }
    return true;
}

/* The rows with a valid id as keys: id above, biased so that negative ones come first; index below. keys may be NULL,
 * to count them. */
static size_t collect_keys(const struct reader_table *table, uint64_t *keys, struct base_task *task)
{
    size_t count = 0;
    for (size_t i = 0; i < table->count && !base_task_cancelled_in(task, i); i++) {
        if (!has_id(&table->rows[i])) {
            continue;
        }
        if (keys != NULL) {
            uint32_t biased = (uint32_t)table->rows[i].asset_id ^ 0x80000000U;
            keys[count] = (uint64_t)biased << 32 | i;
        }
        count++;
    }
    return count;
}

bool reader_table_sort(struct reader_table *table, struct base_task *task)
{
    table->ids_ascend = ids_ascend(table, task) && !base_task_cancelled(task);
    if (table->ids_ascend) {
        return true;
    }
    size_t count = collect_keys(table, NULL, task);
    size_t bytes = 0;
    if (count == 0) {
        return true;
    }
    if (!base_mul_size(count, 2 * sizeof(uint64_t), &bytes)) {
        return false;
    }
    uint64_t *keys = malloc(bytes);
    uint32_t *order = malloc(bytes / (2 * sizeof(uint64_t)) * sizeof *order);
    if (keys == NULL || order == NULL) {
        free(keys);
        free(order);
        return false;
    }
    if (collect_keys(table, keys, task) == count && sort_keys(keys, keys + count, count, task)) {
        for (size_t i = 0; i < count; i++) {
            order[i] = (uint32_t)keys[i];
        }
        table->order = order;
        table->order_count = count;
    } else {
        free(order);
    }
    free(keys);
    return true;
}

/* ---- Lookup ---- */

/* Part of the rows: low … high, both included. */
struct range {
    size_t low;
    size_t high;
};

/* The place that the id would have if the ids of the range rose evenly. The id lies between its ends. */
static size_t guess(const struct reader_row *rows, struct range range, int32_t asset_id)
{
    uint64_t rise = (uint64_t)((int64_t)asset_id - rows[range.low].asset_id);
    uint64_t full = (uint64_t)((int64_t)rows[range.high].asset_id - rows[range.low].asset_id);
    return full == 0 ? range.low : range.low + (size_t)(rise * (range.high - range.low) / full);
}

/* Narrows the range around the guess in steps that double, so that a good guess touches few rows and a bad one costs
 * no more than twice a binary search. Afterwards the range holds the first row whose id is not below, if the range
 * before did. */
static struct range narrow(const struct reader_row *rows, struct range range, int32_t asset_id)
{
    size_t at = guess(rows, range, asset_id);
    size_t step = 1;
    if (rows[at].asset_id < asset_id) {
        while (step < range.high - at && rows[at + step].asset_id < asset_id) {
            at += step;
            step *= 2;
        }
        range.low = at + 1;
        range.high = step < range.high - at ? at + step : range.high;
    } else {
        while (step < at - range.low && rows[at - step].asset_id >= asset_id) {
            at -= step;
            step *= 2;
        }
        range.low = step < at - range.low ? at - step : range.low;
        range.high = at;
    }
    return range;
}

static size_t find_in_rows(const struct reader_row *rows, size_t count, int32_t asset_id)
{
    if (count == 0 || asset_id < rows[0].asset_id || asset_id > rows[count - 1].asset_id) {
        return PP_NO_ENTRY;
    }
    struct range range = narrow(rows, (struct range){.low = 0, .high = count - 1}, asset_id);
    while (range.low < range.high) {
        size_t middle = range.low + (range.high - range.low) / 2;
        if (rows[middle].asset_id < asset_id) {
            range.low = middle + 1;
        } else {
            range.high = middle;
        }
    }
    return rows[range.low].asset_id == asset_id ? range.low : PP_NO_ENTRY;
}

static size_t find_in_order(const struct reader_table *table, int32_t asset_id)
{
    size_t low = 0;
    size_t high = table->order_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (table->rows[table->order[middle]].asset_id < asset_id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == table->order_count || table->rows[table->order[low]].asset_id != asset_id) {
        return PP_NO_ENTRY;
    }
    return table->order[low];
}

size_t reader_table_find_id(const struct reader_table *table, int32_t asset_id)
{
    return table->ids_ascend ? find_in_rows(table->rows, table->count, asset_id) : find_in_order(table, asset_id);
}
