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
