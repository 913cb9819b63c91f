#include "base/natural.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Without the zeros in front. */
static const char *significant(const char *run)
{
    while (*run == '0') {
        run++;
    }
    return run;
}

static size_t length_of(const char *run)
{
    size_t length = 0;
    while (is_digit(run[length])) {
        length++;
    }
    return length;
}

/* Compares the numbers that both begin with, and steps over them. */
static int compare_numbers(const char **left, const char **right)
{
    const char *a = significant(*left);
    const char *b = significant(*right);
    size_t length = length_of(a);
    size_t other = length_of(b);
    *left = a + length;
    *right = b + other;
    if (length != other) {
        return length < other ? -1 : 1;
    }
    return memcmp(a, b, length);
}

int base_natural_compare(const char *left, const char *right)
{
    const char *a = left;
    const char *b = right;
    while (*a != '\0' || *b != '\0') {
        int order;
        if (is_digit(*a) && is_digit(*b)) {
            order = compare_numbers(&a, &b);
        } else {
            order = (int)(unsigned char)*a - (int)(unsigned char)*b;
            a += order == 0 ? 1 : 0;
            b += order == 0 ? 1 : 0;
        }
        if (order != 0) {
            return order;
        }
    }
    return strcmp(left, right);
}
