/* One open pack, many threads. Meant to be run under ThreadSanitizer too. */
#include "base/text.h"
#include "reader/pack.h"
#include "tests/lib/unit.h"
#include "tests/reader/builder.h"

#include <pthread.h>
#include <stdatomic.h>

enum { THREADS = 8, ENTRIES = 300, ROUNDS = 3 };

struct shared {
    const struct pp_pack *pack;
    pthread_barrier_t start;
    atomic_uint wrong;
};

static struct pack build(void)
{
    struct base_text header = BASE_TEXT_EMPTY;
    base_text_add_string(&header, "{\"asset_table\":[");
    for (unsigned i = 0; i < ENTRIES; i++) {
        base_text_addf(&header,
                       "%s{\"asset_id\":%u,\"asset_name\":\"name %u\",\"bank_type\":\"SCENE\",\"codec\":\"NONE\","
                       "\"decoded_size\":1,\"metadata\":{},\"offset\":%u,\"size\":1}",
                       i > 0 ? "," : "", i * 3, i, i);
    }
    base_text_add_string(&header, "]}");
    uint8_t payload[ENTRIES];
    for (unsigned i = 0; i < ENTRIES; i++) {
        payload[i] = (uint8_t)i;
    }
    struct pack pack = pack_build(base_text_bytes(&header), 0, base_bytes_make(payload, sizeof payload));
    base_text_free(&header);
    return pack;
}

/* Everything that a thread may do with a pack, for one entry. */
static bool use_entry(const struct pp_pack *pack, unsigned i)
{
    struct base_text name = BASE_TEXT_EMPTY;
    struct base_mapping mapping;
    uint8_t byte = 0;
    base_text_addf(&name, "name %u", i);
    bool right = pp_pack_find_name(pack, base_text_bytes(&name)) == i;
    right = right && pp_pack_find_id(pack, (int32_t)(i * 3)) == i;
    right = right && pp_pack_entry(pack, i).asset_id == (int32_t)(i * 3) && pp_pack_resolve(pack, i).size == 1;
    right = right && pp_pack_read(pack, i, 0, &byte, 1, NULL) && byte == (uint8_t)i;
    right = right && pp_pack_map(pack, i, &mapping, NULL);
    if (right) {
        right = mapping.bytes.data[0] == (uint8_t)i;
        pp_pack_unmap(&mapping);
    }
    base_text_free(&name);
    return right;
}

static void *use(void *argument)
{
    struct shared *shared = argument;
    (void)pthread_barrier_wait(&shared->start); /* all ask for the first name at once */
    for (unsigned i = 0; i < ENTRIES; i++) {
        if (!use_entry(shared->pack, i)) {
            atomic_fetch_add(&shared->wrong, 1);
        }
    }
    return NULL;
}

static void run_threads(const struct pp_pack *pack)
{
    struct shared shared = {.pack = pack};
    pthread_t threads[THREADS];
    REQUIRE(pthread_barrier_init(&shared.start, NULL, THREADS) == 0);
    for (unsigned i = 0; i < THREADS; i++) {
        REQUIRE(pthread_create(&threads[i], NULL, use, &shared) == 0);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        REQUIRE(pthread_join(threads[i], NULL) == 0);
    }
    (void)pthread_barrier_destroy(&shared.start);
    CHECK_U64(atomic_load(&shared.wrong), 0);
}

UNIT_TEST(an_open_pack_is_shared_by_threads)
{
    struct pack built = build();
    static const enum pp_access ways[] = {PP_ACCESS_MAP, PP_ACCESS_READ};
    for (unsigned round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < 2; i++) {
            struct pp_pack_options options = {.access = ways[i]};
            struct pp_pack *pack = pp_pack_open(pack_write(&built, "shared.pa"), &options, NULL);
            REQUIRE(pack != NULL);
            run_threads(pack);
            pp_pack_close(pack);
        }
    }
    pack_free(&built);
}
