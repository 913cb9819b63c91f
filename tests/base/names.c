/* The list of strings. */
#include "base/names.h"

#include "tests/lib/memory_fault.h"
#include "tests/lib/sample.h"

UNIT_TEST(names_are_kept_and_sorted_by_bytes)
{
    static const char *const given[] = {"b", "a/b", "a", "\xc3\xa4", "B", "a!"};
    static const char *const sorted[] = {"B", "a", "a!", "a/b", "b", "\xc3\xa4"};
    struct base_names names = BASE_NAMES_EMPTY;
    base_names_sort(&names, NULL);
    for (size_t i = 0; i < COUNT_OF(given); i++) {
        CHECK(base_names_take(&names, strdup(given[i])));
    }
    base_names_sort(&names, NULL);
    REQUIRE(names.count == COUNT_OF(sorted));
    for (size_t i = 0; i < COUNT_OF(sorted); i++) {
        CHECK_STRING(names.items[i], sorted[i]);
    }
    base_names_free(&names);
    CHECK(names.items == NULL && names.count == 0);
}

UNIT_TEST(a_name_that_cannot_be_kept_is_freed)
{
    struct base_names names = BASE_NAMES_EMPTY;
    CHECK(!base_names_take(&names, NULL));
    char *name = strdup("a"); /* LeakSanitizer sees whether it is freed */
    memory_fault_after(0);
    CHECK(!base_names_take(&names, name));
    (void)memory_fault_off();
    CHECK(names.count == 0);
    CHECK(base_names_take(&names, strdup("b")));
    CHECK_STRING(names.items[0], "b");
    base_names_free(&names);
}
