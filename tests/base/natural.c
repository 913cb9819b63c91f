#include "base/natural.h"

#include "tests/lib/sample.h"

#include <string.h>

static int sign(int order)
{
    return (order > 0) - (order < 0);
}

UNIT_TEST(a_list_in_natural_order)
{
    /* Each string comes before all those after it. */
    static const char *const sorted[] = {
        "",
        ".9",
        "0",
        "00",
        "01",
        "1",
        "1a",
        "2",
        "010",
        "10",
        "010a",
        "99999999999999999999",
        "100000000000000000000",
        "Walk2",
        "a-1",
        "a-01b",
        "a-1c",
        "a-2",
        "walk",
        "walk.png",
        "walk01.png",
        "walk1.png",
        "walk1a2.png",
        "walk01a10.png",
        "walk2.png",
        "walk9x.png",
        "walk10.png",
        "walk0010.png1",
        "walk11.png",
        "walk100.png",
        "walk_1.png",
        "walka.png",
        "\xC3\xA4_1",
        "\xC3\xA4_12",
    };
    for (size_t i = 0; i < COUNT_OF(sorted); i++) {
        for (size_t k = 0; k < COUNT_OF(sorted); k++) {
            CHECK_ROW(sign(base_natural_compare(sorted[i], sorted[k])), i < k ? -1 : i > k, sorted[i]);
        }
    }
}

UNIT_TEST(zeros_in_front_do_not_count_but_decide_at_last)
{
    CHECK(base_natural_compare("a01b2", "a1b1") > 0);
    CHECK(base_natural_compare("a01b1", "a1b1") < 0);
    CHECK(base_natural_compare("a000", "a0") > 0);
    CHECK(base_natural_compare("a00", "a0b") < 0);
    CHECK(base_natural_compare("a1", "a1") == 0);
}

UNIT_TEST(numbers_may_have_any_length)
{
    enum { DIGITS = 4000 };
    char low[DIGITS + 1];
    char high[DIGITS + 2];
    memset(low, '9', DIGITS);
    low[DIGITS] = '\0';
    memset(high, '0', DIGITS + 1);
    high[0] = '1';
    high[DIGITS + 1] = '\0';
    CHECK(base_natural_compare(low, high) < 0);
    CHECK(base_natural_compare(high, low) > 0);
}
