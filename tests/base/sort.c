/* Sorting of arrays, large ones too, until the task is cancelled. */
#include "base/sort.h"

#include "tests/lib/memory_fault.h"
#include "tests/lib/unit.h"

#include <stdlib.h>

enum { MOST = 50000 };

struct item {
    uint32_t key;
    uint32_t check; /* always ~key: an item is moved as a whole */
    uint8_t rest[4];
};

static int by_key(const void *left, const void *right)
{
    const struct item *a = left;
    const struct item *b = right;
    return (a->key > b->key) - (a->key < b->key);
}

/* Keys in an order of no rule, with some that repeat. */
static struct item *make(size_t count)
{
    struct item *items = calloc(count + 1, sizeof *items);
    uint32_t state = 1;
    REQUIRE(items != NULL);
    for (size_t i = 0; i < count; i++) {
        state = state * 1664525U + 1013904223U;
        uint32_t key = (state >> 8) % (uint32_t)(count / 2 + 1);
        items[i] = (struct item){.key = key, .check = ~key};
    }
    return items;
}

static uint64_t sum_of(const struct item *items, size_t count)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        CHECK(items[i].check == ~items[i].key);
        sum += items[i].key;
    }
    return sum;
}

static void check_sorted(const struct item *items, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 1; i < count; i++) {
        wrong += items[i - 1].key > items[i].key;
    }
    CHECK_U64(wrong, 0);
}

UNIT_TEST(arrays_of_every_size_are_sorted)
{
    static const size_t counts[] = {0, 1, 2, 3, 4095, 4096, 4097, 8191, 8192, 8193, 12288, 12289, 40000, MOST};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        struct item *items = make(counts[i]);
        uint64_t sum = sum_of(items, counts[i]);
        CHECK(base_sort(items, counts[i], sizeof *items, by_key, NULL));
        check_sorted(items, counts[i]);
        CHECK_U64(sum_of(items, counts[i]), sum);
        free(items);
    }
}

static size_t comparisons;

static int count_comparison(const void *left, const void *right)
{
    comparisons++;
    return by_key(left, right);
}

UNIT_TEST(an_array_in_order_or_nearly_so_takes_few_comparisons)
{
    struct item *items = make(MOST);
    CHECK(base_sort(items, MOST, sizeof *items, by_key, NULL));
    comparisons = 0;
    memory_fault_after(0);
    CHECK(base_sort(items, MOST, sizeof *items, count_comparison, NULL));
    CHECK_U64(memory_fault_off(), 0); /* no memory was asked for */
    CHECK_U64(comparisons, MOST - 1);
    struct item swapped = items[0];
    items[0] = items[100];
    items[100] = swapped;
    comparisons = 0;
    CHECK(base_sort(items, MOST, sizeof *items, count_comparison, NULL));
    CHECK(comparisons < 3 * (size_t)MOST); /* only the first run is sorted */
    check_sorted(items, MOST);
    free(items);
}

UNIT_TEST(no_array_is_sorted)
{
    CHECK(base_sort(NULL, 0, 1, by_key, NULL));
}

UNIT_TEST(without_memory_an_array_is_sorted_too)
{
    struct item *items = make(MOST);
    memory_fault_after(0);
    CHECK(base_sort(items, MOST, sizeof *items, by_key, NULL));
    CHECK_U64(memory_fault_off(), 1);
    check_sorted(items, MOST);
    free(items);
}

struct looks {
    unsigned count;
    unsigned last;
};

static bool count_look(void *context)
{
    struct looks *looks = context;
    return ++looks->count == looks->last;
}

UNIT_TEST(a_task_that_is_cancelled_at_any_look_ends_the_sorting)
{
    unsigned cancelled = 0;
    bool sorted = false;
    for (unsigned last = 1; !sorted; last++) {
        struct item *items = make(MOST);
        uint64_t sum = sum_of(items, MOST);
        struct looks looks = {.last = last};
        struct base_task task = BASE_TASK_INIT;
        task.ask = count_look;
        task.ask_context = &looks;
        sorted = base_sort(items, MOST, sizeof *items, by_key, &task);
        cancelled += !sorted;
        CHECK_U64(sum_of(items, MOST), sum); /* nothing is lost, nothing is there twice */
        CHECK(sorted == (looks.count < last));
        free(items);
    }
    CHECK(cancelled > MOST / 4096);
    struct item *items = make(MOST);
    struct looks looks = {.last = 2};
    struct base_task task = BASE_TASK_INIT;
    CHECK(base_sort(items, MOST, sizeof *items, by_key, NULL));
    task.ask = count_look;
    task.ask_context = &looks;
    CHECK(!base_sort(items, MOST, sizeof *items, by_key, &task)); /* in order */
    free(items);
}
