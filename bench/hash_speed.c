/* bench_hash_speed: bytes a second of each variant of the hash, from the cache, at an address that is aligned and one
 * that is not. */
#include "base/hash_variant.h"
#include "bench/measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = 262144, TIMES = 200, ROUNDS = 9, MISALIGNED = 37 };

static double best_of(const struct base_hash_variant *variant, struct base_bytes bytes, int what)
{
    static uint64_t sums[SIZE / BASE_HASH_BLOCK * BASE_HASH_SUMS];
    _Alignas(BASE_HASH_STATE_ALIGNMENT) static unsigned char state[BASE_HASH_STATE_SIZE];
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
        variant->start(state);
        double begin = bench_now();
        for (int i = 0; i < TIMES; i++) {
            if (what == 0) {
                bench_keep(variant->of(bytes).bytes[0]);
            } else if (what == 1) {
                variant->add(state, bytes);
            } else if (what == 2) {
                variant->sum_blocks(bytes, sums);
            } else {
                variant->add_summed(state, bytes, sums);
            }
        }
        double rate = (double)SIZE * TIMES / (bench_now() - begin);
        best = rate > best ? rate : best;
    }
    return best;
}

int main(void)
{
    static const char *const names[] = {"of", "add", "sum_blocks", "add_summed"};
    uint8_t *memory = aligned_alloc(4096, SIZE + 4096);
    if (memory == NULL) {
        bench_die("no memory");
    }
    memset(memory, 3, SIZE + 4096);
    const struct base_hash_variant *variant;
    for (size_t v = 0; (variant = base_hash_variant_at(v)) != NULL; v++) {
        for (size_t shift = 0; shift <= MISALIGNED; shift += MISALIGNED) {
            (void)printf("%-9s at +%-2zu", variant->name, shift);
            for (int what = 0; what < 4; what++) {
                (void)printf("  %s %.1f GB/s", names[what],
                             best_of(variant, base_bytes_make(memory + shift, SIZE), what) / 1e9);
            }
            (void)printf("\n");
        }
    }
    free(memory);
    return 0;
}
