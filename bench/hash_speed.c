/* bench_hash_speed: bytes per second of both hash codes, from the cache, at an address that is aligned and one that is
 * not: the library's (base/hash.h), and each variant of the verifier's (base/fast_hash.h). */
#include "base/fast_hash.h"
#include "base/fast_hash_force.h"
#include "base/hash.h"
#include "bench/measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = 262144, TIMES = 200, ROUNDS = 9, MISALIGNED = 37 };

static struct base_hasher *library;
static struct base_fast_hasher *kernels;
static uint64_t sums[SIZE / BASE_FAST_HASH_BLOCK * BASE_FAST_HASH_SUMS];

static void library_of(struct base_bytes bytes)
{
    bench_keep(base_hash_of(bytes).bytes[0]);
}

static void library_add(struct base_bytes bytes)
{
    base_hasher_add(library, bytes);
}

static void kernels_of(struct base_bytes bytes)
{
    bench_keep(base_fast_hash_of(bytes).bytes[0]);
}

static void kernels_add(struct base_bytes bytes)
{
    base_fast_hasher_add(kernels, bytes);
}

static void kernels_sum(struct base_bytes bytes)
{
    base_fast_hash_sum_blocks(bytes, sums);
}

static void kernels_add_summed(struct base_bytes bytes)
{
    base_fast_hasher_add_summed(kernels, bytes, sums);
}

struct work {
    const char *name;
    void (*of)(struct base_bytes bytes);
};

static const struct work library_works[] = {{"of", library_of}, {"add", library_add}, {NULL, NULL}};
static const struct work kernel_works[] = {
    {"of", kernels_of}, {"add", kernels_add}, {"sum_blocks", kernels_sum}, {"add_summed", kernels_add_summed},
    {NULL, NULL},
};

static double best_of(const struct work *work, struct base_bytes bytes)
{
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
        base_hasher_reset(library);
        base_fast_hasher_reset(kernels);
        double begin = bench_now();
        for (int i = 0; i < TIMES; i++) {
            work->of(bytes);
        }
        double rate = (double)SIZE * TIMES / (bench_now() - begin);
        best = rate > best ? rate : best;
    }
    return best;
}

static void print_rates(const char *name, const struct work *works, const uint8_t *memory)
{
    for (size_t shift = 0; shift <= MISALIGNED; shift += MISALIGNED) {
        (void)printf("%-9s at +%-2zu", name, shift);
        for (const struct work *work = works; work->name != NULL; work++) {
            (void)printf("  %s %.1f GB/s", work->name, best_of(work, base_bytes_make(memory + shift, SIZE)) / 1e9);
        }
        (void)printf("\n");
    }
}

int main(void)
{
    uint8_t *memory = aligned_alloc(4096, SIZE + 4096);
    library = base_hasher_create();
    kernels = base_fast_hasher_create();
    if (memory == NULL || library == NULL || kernels == NULL) {
        bench_die("no memory");
    }
    memset(memory, 3, SIZE + 4096);
    print_rates("library", library_works, memory);
    const char *name;
    for (size_t v = 0; (name = base_fast_hash_variant_name(v)) != NULL; v++) {
        (void)base_fast_hash_force(name);
        print_rates(name, kernel_works, memory);
    }
    base_fast_hasher_destroy(kernels);
    base_hasher_destroy(library);
    free(memory);
    return 0;
}
