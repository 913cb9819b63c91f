/* Hexadecimal digits. */
#ifndef PRPACK_BASE_HEX_H
#define PRPACK_BASE_HEX_H

#include <stdint.h>

/* The lower-case digit of a value; only the lowest four bits count. */
static inline char base_hex_digit(unsigned value)
{
    return "0123456789abcdef"[value & 15];
}

/* The value of a lower-case digit, or -1. */
static inline int base_hex_value(uint8_t digit)
{
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

/* The value of a digit of either case, or -1. */
static inline int base_hex_value_any(uint8_t digit)
{
    return base_hex_value(digit >= 'A' && digit <= 'F' ? (uint8_t)(digit | 0x20) : digit);
}

#endif
