/* bench_open_against_cjson ROUNDS PACK: opening a pack, from its path to a table that is checked, against
 * cJSON_ParseWithLength of the bytes of its header, which lie in memory. Both begin with an empty heap, as in a program
 * that opens one pack: otherwise the next allocation pays for what cJSON_Delete has left in malloc's lists. */
#include "bench/measure.h"
#include "reader/pack.h"

#include <cjson/cJSON.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

static struct pp_pack *open_pack(const char *path)
{
    struct pp_error error;
    struct pp_pack *pack = pp_pack_open(path, NULL, &error);
    if (pack == NULL) {
        bench_die(error.text);
    }
    return pack;
}

static double time_open(const char *path)
{
    (void)malloc_trim(0);
    double begin = bench_now();
    struct pp_pack *pack = open_pack(path);
    double end = bench_now();
    bench_keep(pp_pack_count(pack));
    pp_pack_close(pack);
    return end - begin;
}

static double time_cjson(const char *header, size_t size)
{
    (void)malloc_trim(0);
    double begin = bench_now();
    cJSON *tree = cJSON_ParseWithLength(header, size);
    double end = bench_now();
    if (tree == NULL) {
        bench_die("cJSON refuses the header");
    }
    cJSON_Delete(tree);
    return end - begin;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        bench_die("usage: bench_open_against_cjson ROUNDS PACK");
    }
    static struct bench_samples samples[2] = {{.name = "ours"}, {.name = "peer"}};
    struct pp_pack *pack = open_pack(argv[2]);
    struct base_bytes header = pp_pack_header(pack);
    char *copy = malloc(header.size);
    if (copy == NULL) {
        bench_die("no memory");
    }
    memcpy(copy, header.data, header.size);
    for (size_t rounds = bench_count(argv[1]); rounds > 0; rounds--) {
        bench_add(&samples[0], time_open(argv[2]));
        bench_add(&samples[1], time_cjson(copy, header.size));
    }
    bench_print(samples, 2);
    free(copy);
    pp_pack_close(pack);
    return 0;
}
