#include "json/double.h"

#include <string.h>

/* From 2^1024 - 2^970 on, numbers are nearest to infinity: that number is half-way between the largest double and
 * 2^1024, and the tie goes to the even one. These are its digits; the first one counts 10^308. */
static const char limit[] =
    "17976931348623158079372897140530341507993413271003782693617377898044496829276475094664901797758720709633028641"
    "66928879109465555478519404026306574886715058206819089020007083836762738548458177115317644757302700698555713669"
    "59622842914819860834936475292719074168444365510704342711559699508093042880177904174497792";

enum { LIMIT_DIGITS = sizeof limit - 1, LIMIT_EXPONENT = LIMIT_DIGITS - 1 };

/* An exponent is counted up to here. No text is as long as that, so digits cannot make up for it. */
#define EXPONENT_ENOUGH (INT64_MAX / 4)

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

/* The number after the e; at is its first byte. */
static int64_t read_exponent(struct base_bytes number, size_t at)
{
    bool negative = number.data[at] == '-';
    int64_t exponent = 0;
    for (at += is_digit(number.data[at]) ? 0 : 1; at < number.size; at++) {
        if (exponent < EXPONENT_ENOUGH / 10) {
            exponent = exponent * 10 + (number.data[at] - '0');
        } else {
            exponent = EXPONENT_ENOUGH;
        }
    }
    return negative ? -exponent : exponent;
}

/* The digits of a number, in parts. */
struct digits {
    struct base_bytes number;
    size_t first;     /* the first digit that is not 0; the size when there is none */
    size_t point;     /* where the integer part ends */
    size_t end;       /* where the digits end */
    int64_t exponent; /* that is written */
};

static struct digits find_digits(struct base_bytes number)
{
    struct digits digits = {.number = number, .first = number.size, .point = number.size, .end = 0};
    for (; digits.end < number.size; digits.end++) {
        uint8_t byte = number.data[digits.end];
        if (byte == 'e' || byte == 'E') {
            digits.exponent = read_exponent(number, digits.end + 1);
            break;
        }
        if (byte == '.') {
            digits.point = digits.end;
        } else if (is_digit(byte) && byte != '0' && digits.first == number.size) {
            digits.first = digits.end;
        }
    }
    digits.point = digits.point < digits.end ? digits.point : digits.end;
    return digits;
}

/* The power of ten that the first digit counts. */
static int64_t leading_power(const struct digits *digits)
{
    int64_t power = digits->first < digits->point ? (int64_t)(digits->point - digits->first) - 1
                                                  : -(int64_t)(digits->first - digits->point);
    return power + digits->exponent;
}

/* Whether digits whose first one counts 10^308 stay below the limit. */
static bool is_below_limit(const struct digits *digits)
{
    size_t compared = 0;
    for (size_t at = digits->first; at < digits->end && compared < LIMIT_DIGITS; at++) {
        if (at != digits->point) {
            if (digits->number.data[at] != (uint8_t)limit[compared]) {
                return digits->number.data[at] < (uint8_t)limit[compared];
            }
            compared++;
        }
    }
    /* The last digit of the limit is not 0, so a number that ends before it is below. */
    return compared < LIMIT_DIGITS;
}

bool json_fits_double(struct base_bytes number)
{
    struct digits digits = find_digits(number);
    if (digits.first == number.size) {
        return true; /* zero, whatever the exponent */
    }
    int64_t power = leading_power(&digits);
    return power < LIMIT_EXPONENT || (power == LIMIT_EXPONENT && is_below_limit(&digits));
}
