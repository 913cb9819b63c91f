/* What the benchmark programs share: a clock, a dice, and samples as JSON on standard output. A program that cannot do
 * its work ends with a message and status 3. */
#ifndef PRPACK_BENCH_MEASURE_H
#define PRPACK_BENCH_MEASURE_H

#include <stddef.h>
#include <stdint.h>

_Noreturn void bench_die(const char *what);

/* Seconds of the monotonic clock. */
double bench_now(void);

/* The same numbers in every run. */
uint64_t bench_random(uint64_t *state);

/* A count from the command line, 1 or more. */
size_t bench_count(const char *text);

/* Never optimised away. */
void bench_keep(uint64_t value);

enum { BENCH_SAMPLES = 4096 };

struct bench_samples {
    const char *name;
    size_t count;
    double values[BENCH_SAMPLES];
};

void bench_add(struct bench_samples *samples, double value);
/* Prints {"name":[…],…} and a newline. */
void bench_print(const struct bench_samples *samples, size_t count);

#endif
