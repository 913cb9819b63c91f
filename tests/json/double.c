#include "json/double.h"

#include "tests/lib/unit.h"

#include <stdio.h>

/* The first 308 of the 309 digits of 2^1024 - 2^970, from where on the nearest double is infinite. The last one is 2.
 */
#define EDGE                                                                                                           \
    "17976931348623158079372897140530341507993413271003782693617377898044496829276475094664901797758720709633028641"   \
    "66928879109465555478519404026306574886715058206819089020007083836762738548458177115317644757302700698555713669"   \
    "5962284291481986083493647529271907416844436551070434271155969950809304288017790417449779"

static bool fits(const char *number)
{
    return json_fits_double(base_bytes_of_string(number));
}

UNIT_TEST(what_rounds_to_a_double_fits)
{
    CHECK(fits("0"));
    CHECK(fits("-0"));
    CHECK(fits("1e308"));
    CHECK(fits("1.7976931348623157e308"));
    CHECK(fits("-1.7976931348623158e+308"));
    CHECK(fits("1e-400"));
    CHECK(fits("17976931348623158E292"));
    CHECK(fits("0.00017976931348623158e312"));
}

UNIT_TEST(what_rounds_to_infinity_does_not_fit)
{
    CHECK(!fits("1e309"));
    CHECK(!fits("1.7976931348623159e308"));
    CHECK(!fits("-1.8e308"));
    CHECK(!fits("0.001E312"));
    CHECK(!fits("17976931348623159e292"));
}

UNIT_TEST(the_tie_goes_to_infinity)
{
    CHECK(fits(EDGE "1"));
    CHECK(!fits(EDGE "2"));
    CHECK(!fits(EDGE "3"));
    CHECK(fits(EDGE "1.9999999999999999999999999999999999"));
    CHECK(!fits(EDGE "2.0000000000000000000000000000000001"));
    CHECK(!fits("0." EDGE "2e309"));
    CHECK(fits("0." EDGE "1999e309"));
    CHECK(fits(EDGE));
    CHECK(!fits(EDGE "e2"));
}

UNIT_TEST(a_beginning_of_the_edge_is_below_it)
{
    CHECK(fits("1797693134862315807e290"));
    CHECK(!fits("1797693134862315808e290"));
    CHECK(fits("1.797693134862315807e308"));
    CHECK(!fits("1.797693134862315808e308"));
}

UNIT_TEST(zero_fits_with_any_exponent)
{
    CHECK(fits("0e999999999999999999999999999999"));
    CHECK(fits("-0.000E+400"));
    CHECK(fits("0.0e-999999999999999999999999999999"));
}

UNIT_TEST(exponents_of_any_length_count)
{
    CHECK(!fits("1e9223372036854775808"));
    CHECK(!fits("1e18446744073709551616"));
    CHECK(!fits("1e100000000000000000000000000000000000000000"));
    CHECK(fits("1e-100000000000000000000000000000000000000000"));
    CHECK(!fits("1e0000000000000000000000000000000000000000309"));
    CHECK(fits("1e-0000000000000000000000000000000000000000309"));
}

UNIT_TEST(digits_make_up_for_the_exponent)
{
    static char number[100000];
    /* 1 and 99,000 zeros, times 10^-98,692 and 10^-98,691. */
    memset(number, '0', sizeof number);
    number[0] = '1';
    (void)snprintf(number + 99001, sizeof number - 99001, "e-98692");
    CHECK(fits(number));
    (void)snprintf(number + 99001, sizeof number - 99001, "e-98691");
    CHECK(!fits(number));
    /* 0 and 99,000 digits after the point, of which only the last one is 1. */
    memset(number, '0', sizeof number);
    number[1] = '.';
    number[99001] = '1';
    (void)snprintf(number + 99002, sizeof number - 99002, "e99308");
    CHECK(fits(number));
    (void)snprintf(number + 99002, sizeof number - 99002, "e99309");
    CHECK(!fits(number));
}
