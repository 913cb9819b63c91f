/* bench_lookup ROUNDS PACK: seconds for one lookup by id, one by name, and one by name in cJSON's tree of the same
 * header; and for making the index of names. Ids and names are drawn at random from those of the pack. */
#include "bench/measure.h"
#include "reader/pack.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

enum { DRAWN = 65536, OF_PEER = 100 };

/* What a caller has at hand: ids, and names in memory of its own. */
static int32_t ids[DRAWN];
static struct base_bytes names[DRAWN];
static char *texts; /* of the names, with a NUL after each */

static void draw(const struct pp_pack *pack)
{
    enum { LONGEST = 64 };
    uint64_t state = 88172645463325252U;
    texts = calloc(DRAWN, LONGEST);
    if (texts == NULL) {
        bench_die("no memory");
    }
    char *text = texts;
    for (size_t i = 0; i < DRAWN; i++) {
        struct pp_entry entry = pp_pack_entry(pack, bench_random(&state) % pp_pack_count(pack));
        if (entry.name.size >= LONGEST) {
            bench_die("a name is too long");
        }
        memcpy(text, entry.name.data, entry.name.size);
        names[i] = base_bytes_make(text, entry.name.size);
        ids[i] = entry.asset_id;
        text += entry.name.size + 1;
    }
}

static double by_id(const struct pp_pack *pack)
{
    uint64_t sum = 0;
    double begin = bench_now();
    for (size_t i = 0; i < DRAWN; i++) {
        sum += pp_pack_resolve(pack, pp_pack_find_id(pack, ids[i])).position;
    }
    double end = bench_now();
    bench_keep(sum);
    return (end - begin) / DRAWN;
}

static double by_name(const struct pp_pack *pack)
{
    uint64_t sum = 0;
    double begin = bench_now();
    for (size_t i = 0; i < DRAWN; i++) {
        sum += pp_pack_resolve(pack, pp_pack_find_name(pack, names[i])).position;
    }
    double end = bench_now();
    bench_keep(sum);
    return (end - begin) / DRAWN;
}

static const cJSON *find_in_tree(const cJSON *table, const char *name)
{
    const cJSON *entry;
    cJSON_ArrayForEach(entry, table)
    {
        const cJSON *found = cJSON_GetObjectItemCaseSensitive(entry, "asset_name");
        if (strcmp(found->valuestring, name) == 0) {
            return entry;
        }
    }
    return NULL;
}

static double in_tree(const cJSON *table)
{
    uint64_t sum = 0;
    double begin = bench_now();
    for (size_t i = 0; i < OF_PEER; i++) {
        const cJSON *entry = find_in_tree(table, (const char *)names[i].data);
        if (entry == NULL) {
            bench_die("cJSON does not find a name");
        }
        sum += (uint64_t)cJSON_GetObjectItemCaseSensitive(entry, "offset")->valuedouble;
    }
    double end = bench_now();
    bench_keep(sum);
    return (end - begin) / OF_PEER;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        bench_die("usage: bench_lookup ROUNDS PACK");
    }
    static struct bench_samples samples[] = {{.name = "id"}, {.name = "name"}, {.name = "peer"}, {.name = "index"}};
    struct pp_error error;
    struct pp_pack *pack = pp_pack_open(argv[2], NULL, &error);
    if (pack == NULL) {
        bench_die(error.text);
    }
    struct base_bytes header = pp_pack_header(pack);
    cJSON *tree = cJSON_ParseWithLength((const char *)header.data, header.size);
    const cJSON *table = cJSON_GetObjectItemCaseSensitive(tree, "asset_table");
    draw(pack);
    double begin = bench_now();
    bench_keep(pp_pack_find_name(pack, names[0]));
    bench_add(&samples[3], bench_now() - begin);
    for (size_t rounds = bench_count(argv[1]); rounds > 0; rounds--) {
        bench_add(&samples[0], by_id(pack));
        bench_add(&samples[1], by_name(pack));
        bench_add(&samples[2], in_tree(table));
    }
    bench_print(samples, sizeof samples / sizeof samples[0]);
    free(texts);
    cJSON_Delete(tree);
    pp_pack_close(pack);
    return 0;
}
