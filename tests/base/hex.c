/* Hexadecimal digits. */
#include "base/hex.h"

#include "tests/lib/sample.h"

#include <ctype.h>

/* The value of a digit in lower case; -1 for any other character. */
static int value_of(int character)
{
    static const char digits[] = "0123456789abcdef";
    const char *digit = character != 0 ? strchr(digits, character) : NULL;
    return digit != NULL ? (int)(digit - digits) : -1;
}

static int lower_case(int character)
{
    return tolower(character);
}

UNIT_TEST(each_byte_has_the_value_that_it_spells)
{
    for (int byte = 0; byte < 256; byte++) {
        CHECK(base_hex_value((uint8_t)byte) == value_of(byte));
        CHECK(base_hex_value_any((uint8_t)byte) == value_of(lower_case(byte)));
    }
}

UNIT_TEST(each_value_is_spelled_in_lower_case)
{
    for (unsigned value = 0; value < 16; value++) {
        CHECK(base_hex_value((uint8_t)base_hex_digit(value)) == (int)value);
        CHECK(base_hex_digit(value + 16) == base_hex_digit(value));
    }
}
