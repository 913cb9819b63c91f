/* Strings that are freed together. */
#include "base/strings.h"

#include "tests/lib/memory_fault.h"
#include "tests/lib/sample.h"

UNIT_TEST(copies_stay_where_they_are)
{
    struct base_strings strings = {.last = NULL};
    static const char *copies[5000];
    static char large[3000];
    memset(large, 'x', sizeof large);
    for (size_t i = 0; i < COUNT_OF(copies); i++) {
        uint8_t text[2] = {(uint8_t)('a' + i % 26), (uint8_t)('a' + i / 26 % 26)};
        copies[i] = base_strings_copy(&strings, base_bytes_make(text, 1 + i % 2));
        REQUIRE(copies[i] != NULL);
        if (i % 1000 == 0) {
            const char *copy = base_strings_copy(&strings, base_bytes_make(large, sizeof large));
            REQUIRE(copy != NULL);
            CHECK_U64(strlen(copy), sizeof large);
        }
    }
    for (size_t i = 0; i < COUNT_OF(copies); i++) {
        REQUIRE(copies[i][0] == (char)('a' + i % 26) && strlen(copies[i]) == 1 + i % 2);
    }
    base_strings_free(&strings);
    CHECK(strings.last == NULL);
}

UNIT_TEST(an_empty_string_is_a_string)
{
    struct base_strings strings = {.last = NULL};
    CHECK_STRING(base_strings_copy(&strings, base_bytes_make(NULL, 0)), "");
    base_strings_free(&strings);
}

UNIT_TEST(without_memory_the_earlier_strings_stay)
{
    struct base_strings strings = {.last = NULL};
    const char *first = base_strings_copy(&strings, base_bytes_of_string("first"));
    static char large[5000];
    memory_fault_after(0);
    CHECK(base_strings_copy(&strings, base_bytes_make(large, sizeof large)) == NULL);
    CHECK(base_strings_copy(&strings, base_bytes_make(large, SIZE_MAX)) == NULL);
    CHECK_STRING(base_strings_copy(&strings, base_bytes_of_string("second")), "second");
    (void)memory_fault_off();
    CHECK_STRING(first, "first");
    base_strings_free(&strings);
}
