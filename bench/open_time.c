/* bench_open_time ROUNDS PACK...: opens the packs in turn, round after round; seconds for each. */
#include "bench/measure.h"
#include "reader/pack.h"

#include <stdlib.h>

static double open_once(const char *path)
{
    struct pp_error error;
    double begin = bench_now();
    struct pp_pack *pack = pp_pack_open(path, NULL, &error);
    double end = bench_now();
    if (pack == NULL) {
        bench_die(error.text);
    }
    bench_keep(pp_pack_count(pack));
    pp_pack_close(pack);
    return end - begin;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        bench_die("usage: bench_open_time ROUNDS PACK...");
    }
    size_t packs = (size_t)argc - 2;
    struct bench_samples *samples = calloc(packs, sizeof *samples);
    if (samples == NULL) {
        bench_die("no memory");
    }
    for (size_t i = 0; i < packs; i++) {
        samples[i].name = argv[i + 2];
        (void)open_once(argv[i + 2]); /* the page cache is warm from here on */
    }
    for (size_t rounds = bench_count(argv[1]); rounds > 0; rounds--) {
        for (size_t i = 0; i < packs; i++) {
            bench_add(&samples[i], open_once(argv[i + 2]));
        }
    }
    bench_print(samples, packs);
    free(samples);
    return 0;
}
