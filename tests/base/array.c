/* Arrays that grow. */
#include "base/array.h"

#include "tests/lib/memory_fault.h"
#include "tests/lib/sample.h"

UNIT_TEST(items_stay_while_the_array_grows)
{
    uint32_t *items = NULL;
    size_t capacity = 0;
    unsigned moves = 0;
    for (size_t count = 0; count < 10000; count++) {
        size_t before = capacity;
        uint32_t *grown = base_array_grow(items, count, &capacity, sizeof *items);
        REQUIRE(grown != NULL);
        REQUIRE(capacity > count);
        moves += capacity != before;
        items = grown;
        items[count] = (uint32_t)count * 7;
    }
    for (size_t i = 0; i < 10000; i++) {
        REQUIRE(items[i] == i * 7);
    }
    /* By half each time: about log(10000 / 16) / log(1.5). */
    CHECK(moves > 10 && moves < 20);
    CHECK(capacity <= 10000 + 10000 / 2 + 16);
    free(items);
}

UNIT_TEST(an_array_with_room_is_not_touched)
{
    size_t capacity = 0;
    uint8_t *items = base_array_grow(NULL, 0, &capacity, 1);
    REQUIRE(items != NULL);
    size_t before = capacity;
    memory_fault_after(0);
    CHECK(base_array_grow(items, before - 1, &capacity, 1) == items);
    CHECK_U64(memory_fault_off(), 0);
    CHECK_U64(capacity, before);
    free(items);
}

UNIT_TEST(without_memory_the_array_is_as_it_was)
{
    size_t capacity = 0;
    uint8_t *items = base_array_grow(NULL, 0, &capacity, 1);
    REQUIRE(items != NULL);
    items[0] = 42;
    size_t before = capacity;
    memory_fault_after(0);
    CHECK(base_array_grow(items, before, &capacity, 1) == NULL);
    (void)memory_fault_off();
    CHECK_U64(capacity, before);
    CHECK_U64(items[0], 42);
    free(items);
}

UNIT_TEST(a_size_that_overflows_is_refused_before_memory_is_asked_for)
{
    int item = 0;
    static const struct {
        size_t capacity, item_size;
    } rows[] = {{SIZE_MAX, 1}, {SIZE_MAX / 3 * 2, 1}, {SIZE_MAX / 4, 4}, {0, SIZE_MAX / 15}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        size_t capacity = rows[i].capacity;
        memory_fault_after(100);
        CHECK(base_array_grow(&item, capacity, &capacity, rows[i].item_size) == NULL);
        CHECK_U64(memory_fault_off(), 0);
        CHECK_U64(capacity, rows[i].capacity);
    }
}
