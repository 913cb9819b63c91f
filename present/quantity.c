#include "present/quantity.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *present_quantity(uint64_t value, char buffer[PRESENT_QUANTITY_SIZE])
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, value);
    char *to = buffer;
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            *to++ = ',';
        }
        *to++ = digits[i];
    }
    *to = '\0';
    return buffer;
}

const char *present_quantity_of(uint64_t value, const char *singular, const char *plural, char *buffer, unsigned size)
{
    char number[PRESENT_QUANTITY_SIZE];
    (void)snprintf(buffer, size, "%s %s", present_quantity(value, number), value == 1 ? singular : plural);
    return buffer;
}

const char *present_size(uint64_t bytes, char buffer[PRESENT_QUANTITY_SIZE])
{
    static const char *const units[] = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    unsigned unit = 0;
    if (bytes < 1024) {
        return present_quantity_of(bytes, "byte", "bytes", buffer, PRESENT_QUANTITY_SIZE);
    }
    while (bytes >> (10 * (unit + 1)) >= 1024) {
        unit++;
    }
    uint64_t whole = bytes >> (10 * (unit + 1));
    uint64_t rest = (bytes >> (10 * unit)) % 1024;
    (void)snprintf(buffer, PRESENT_QUANTITY_SIZE, "%" PRIu64 ".%" PRIu64 " %s", whole, rest * 10 / 1024, units[unit]);
    return buffer;
}

const char *present_duration(int64_t nanoseconds, char buffer[PRESENT_QUANTITY_SIZE])
{
    int64_t milliseconds = nanoseconds / 1000000;
    if (milliseconds < 1000) {
        (void)snprintf(buffer, PRESENT_QUANTITY_SIZE, "%" PRId64 " ms", milliseconds);
    } else {
        (void)snprintf(buffer, PRESENT_QUANTITY_SIZE, "%" PRId64 ".%" PRId64 " s", milliseconds / 1000,
                       milliseconds % 1000 / 100);
    }
    return buffer;
}
