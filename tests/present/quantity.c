/* Numbers for people. */
#include "present/quantity.h"
#include "tests/lib/unit.h"

UNIT_TEST(numbers_have_commas)
{
    char buffer[PRESENT_QUANTITY_SIZE];
    CHECK_STRING(present_quantity(0, buffer), "0");
    CHECK_STRING(present_quantity(999, buffer), "999");
    CHECK_STRING(present_quantity(1000, buffer), "1,000");
    CHECK_STRING(present_quantity(UINT64_MAX, buffer), "18,446,744,073,709,551,615");
}

UNIT_TEST(sizes_have_units)
{
    static const struct {
        uint64_t bytes;
        const char *text;
    } sizes[] = {
        {0, "0 bytes"},
        {1, "1 byte"},
        {1023, "1,023 bytes"},
        {1024, "1.0 KiB"},
        {1535, "1.4 KiB"},
        {1536, "1.5 KiB"},
        {(1 << 20) - 1, "1023.9 KiB"},
        {1 << 20, "1.0 MiB"},
        {UINT64_C(5) << 30, "5.0 GiB"},
        {UINT64_C(1) << 40, "1.0 TiB"},
        {UINT64_C(1) << 50, "1.0 PiB"},
        {UINT64_MAX, "15.9 EiB"},
    };
    char buffer[PRESENT_QUANTITY_SIZE];
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        CHECK_STRING(present_size(sizes[i].bytes, buffer), sizes[i].text);
    }
}

UNIT_TEST(durations_have_units)
{
    char buffer[PRESENT_QUANTITY_SIZE];
    CHECK_STRING(present_duration(0, buffer), "0 ms");
    CHECK_STRING(present_duration(999999999, buffer), "999 ms");
    CHECK_STRING(present_duration(1000000000, buffer), "1.0 s");
    CHECK_STRING(present_duration(61250000000, buffer), "61.2 s");
}
