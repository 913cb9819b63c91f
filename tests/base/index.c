/* The index of strings. */
#include "base/index.h"

#include "tests/lib/memory_fault.h"
#include "tests/lib/sample.h"

#include <stdio.h>

static int64_t number_of(const struct base_index *index, const char *string)
{
    int64_t number;
    return base_index_find(index, base_bytes_of_string(string), &number) ? number : -1;
}

UNIT_TEST(strings_are_found_with_their_numbers)
{
    struct base_index index = BASE_INDEX_EMPTY;
    CHECK(number_of(&index, "a") == -1);
    CHECK(base_index_add(&index, base_bytes_of_string("a"), 1));
    CHECK(base_index_add(&index, base_bytes_of_string("ab"), 2));
    CHECK(base_index_add(&index, base_bytes_of_string(""), 3));
    CHECK(base_index_add(&index, base_bytes_make((const uint8_t *)"a\0b", 3), 4));
    CHECK(number_of(&index, "a") == 1);
    CHECK(number_of(&index, "ab") == 2);
    CHECK(number_of(&index, "") == 3);
    CHECK(number_of(&index, "b") == -1);
    CHECK(number_of(&index, "abc") == -1);
    int64_t number = 0;
    CHECK(base_index_find(&index, base_bytes_make((const uint8_t *)"a\0b", 3), &number) && number == 4);
    base_index_free(&index);
    CHECK(number_of(&index, "a") == -1);
    base_index_free(&index);
}

UNIT_TEST(the_first_number_stays)
{
    struct base_index index = BASE_INDEX_EMPTY;
    CHECK(base_index_add(&index, base_bytes_of_string("a"), 1));
    CHECK(base_index_add(&index, base_bytes_of_string("a"), 2));
    CHECK(number_of(&index, "a") == 1);
    base_index_free(&index);
}

UNIT_TEST(strings_are_copied_in_any_order)
{
    struct base_index index = BASE_INDEX_EMPTY;
    char string[16];
    for (int i = 0; i < 1000; i++) {
        (void)snprintf(string, sizeof string, "%d", i * 7919 % 1000);
        CHECK(base_index_add(&index, base_bytes_of_string(string), i * 7919 % 1000));
    }
    for (int i = 0; i < 1000; i++) {
        (void)snprintf(string, sizeof string, "%d", i);
        CHECK(number_of(&index, string) == i);
    }
    base_index_free(&index);
}

UNIT_TEST(an_index_without_memory_is_unchanged)
{
    struct base_index index = BASE_INDEX_EMPTY;
    CHECK(base_index_add(&index, base_bytes_of_string("a"), 1));
    memory_fault_after(0);
    CHECK(!base_index_add(&index, base_bytes_of_string("b"), 2));
    (void)memory_fault_off();
    CHECK(number_of(&index, "a") == 1);
    CHECK(number_of(&index, "b") == -1);
    base_index_free(&index);
}
