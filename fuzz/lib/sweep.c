#include "fuzz/lib/harness.h"

#include <stdatomic.h>

static uint64_t place; /* 0: no sweep is on */
static bool asked;
static _Atomic bool failed;

void fuzz_sweep(uint64_t nth)
{
    place = nth;
    asked = false;
    failed = false;
}

bool fuzz_sweep_asked(void)
{
    return asked;
}

bool fuzz_sweep_failed(void)
{
    return failed;
}

uint64_t fuzz_sweep_place(uint64_t nth)
{
    asked = asked || nth != 0;
    return nth != 0 && place != 0 ? place : nth;
}

bool fuzz_sweep_count(_Atomic uint64_t *countdown)
{
    uint64_t left = *countdown;
    while (left != 0) {
        if (atomic_compare_exchange_weak(countdown, &left, left - 1)) {
            failed = failed || left == 1;
            return left == 1;
        }
    }
    return false;
}
