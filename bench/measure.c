#include "bench/measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

void bench_die(const char *what)
{
    (void)fprintf(stderr, "bench: %s\n", what);
    exit(3);
}

double bench_now(void)
{
    struct timespec time;
    if (clock_gettime(CLOCK_MONOTONIC, &time) != 0) {
        bench_die("no monotonic clock");
    }
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* xorshift64 */
uint64_t bench_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

size_t bench_count(const char *text)
{
    char *end;
    unsigned long count = strtoul(text, &end, 10);
    if (*text == '\0' || *end != '\0' || count == 0) {
        bench_die("a count is 1 or more");
    }
    return count;
}

void bench_keep(uint64_t value)
{
    static volatile uint64_t kept;
    kept = kept + value;
}

void bench_add(struct bench_samples *samples, double value)
{
    if (samples->count == BENCH_SAMPLES) {
        bench_die("too many rounds");
    }
    samples->values[samples->count++] = value;
}

void bench_print(const struct bench_samples *samples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        (void)printf("%s\"%s\":[", i == 0 ? "{" : ",", samples[i].name);
        for (size_t k = 0; k < samples[i].count; k++) {
            (void)printf("%s%.9g", k == 0 ? "" : ",", samples[i].values[k]);
        }
        (void)printf("]");
    }
    (void)printf("}\n");
}
