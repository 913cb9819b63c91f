/* Hexadecimal digits. */
#include "base/hex.h"

#include "tests/lib/sample.h"

#include <ctype.h>

UNIT_TEST(each_byte_has_the_value_that_it_spells)
{
    static const char digits[] = "0123456789abcdef";
    for (unsigned byte = 1; byte < 256; byte++) {
        const char *lower = strchr(digits, (int)byte);
        const char *any = strchr(digits, tolower((int)byte));
        CHECK(base_hex_value((uint8_t)byte) == (lower != NULL ? (int)(lower - digits) : -1));
        CHECK(base_hex_value_any((uint8_t)byte) == (any != NULL ? (int)(any - digits) : -1));
    }
    CHECK(base_hex_value(0) == -1 && base_hex_value_any(0) == -1);
}

UNIT_TEST(each_value_is_spelled_in_lower_case)
{
    for (unsigned value = 0; value < 16; value++) {
        CHECK(base_hex_value((uint8_t)base_hex_digit(value)) == (int)value);
        CHECK(base_hex_digit(value + 16) == base_hex_digit(value));
    }
}
