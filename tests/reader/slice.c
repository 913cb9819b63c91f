/* Payloads: mapped, copied, borrowed, read in part. */
#include "reader/pack.h"

#include "tests/lib/unit.h"
#include "tests/reader/builder.h"

#include <stdlib.h>
#include <unistd.h>

/* The payload counts up from 0: a payload's bytes tell where it begins. */
#define SAMPLE                                                                                                         \
    "{'asset_table':["                                                                                                 \
    "{'asset_id':1,'asset_name':'a','bank_type':'SCENE','codec':'NONE','decoded_size':0,'metadata':{},'offset':0,"     \
    "'size':5},"                                                                                                       \
    "{'asset_id':2,'asset_name':'b','bank_type':'SCENE','codec':'NONE','decoded_size':0,'metadata':{},'offset':5,"     \
    "'size':59},"                                                                                                      \
    "{'asset_id':3,'asset_name':'c','bank_type':'SCENE','codec':'NONE','decoded_size':0,'metadata':{},'offset':64,"    \
    "'size':0}]}"

static bool counts_up(const uint8_t *data, size_t size, uint8_t from)
{
    for (size_t i = 0; i < size; i++) {
        if (data[i] != (uint8_t)(from + i)) {
            return false;
        }
    }
    return true;
}

/* The three ways to an open pack: 0 mapped, 1 read, 2 from memory. */
enum { WAYS = 3 };

static struct pp_pack *open_way(unsigned way, const struct pack *built)
{
    struct pp_pack_options options = {.access = way == 0 ? PP_ACCESS_MAP : PP_ACCESS_READ};
    struct pp_pack *pack = way == 2 ? pp_pack_open_bytes(pack_bytes(built), NULL, NULL)
                                    : pp_pack_open(pack_write(built, "slices.pa"), &options, NULL);
    REQUIRE(pack != NULL);
    return pack;
}

UNIT_TEST(lends_each_payload)
{
    struct pack built = pack_build_pattern(SAMPLE);
    for (unsigned way = 0; way < WAYS; way++) {
        struct pp_pack *pack = open_way(way, &built);
        static const size_t sizes[] = {5, 59, 0};
        static const uint8_t starts[] = {0, 5, 64};
        for (size_t i = 0; i < 3; i++) {
            struct base_mapping mapping;
            struct pp_error error = {.diagnostic = DIAG_INTERNAL};
            REQUIRE(pp_pack_map(pack, i, &mapping, &error));
            CHECK_U64(error.diagnostic, DIAG_NONE);
            CHECK(error.entry == -1 && error.preload == -1);
            CHECK_U64(mapping.bytes.size, sizes[i]);
            CHECK(counts_up(mapping.bytes.data, sizes[i], starts[i]));
            CHECK(way != 2 || mapping.bytes.data == built.data + built.payload_at + starts[i]);
            pp_pack_unmap(&mapping);
            CHECK(mapping.base == NULL && mapping.bytes.size == 0 && mapping.length == 0);
            pp_pack_unmap(&mapping);
        }
        pp_pack_close(pack);
    }
    pack_free(&built);
}

UNIT_TEST(what_is_lent_outlives_the_pack)
{
    struct pack built = pack_build_pattern(SAMPLE);
    for (unsigned way = 0; way < WAYS; way++) {
        struct pp_pack *pack = open_way(way, &built);
        struct base_mapping mapping;
        REQUIRE(pp_pack_map(pack, 1, &mapping, NULL));
        pp_pack_close(pack);
        CHECK(counts_up(mapping.bytes.data, mapping.bytes.size, 5));
        pp_pack_unmap(&mapping);
    }
    pack_free(&built);
}

UNIT_TEST(reads_any_part_of_a_payload)
{
    struct pack built = pack_build_pattern(SAMPLE);
    for (unsigned way = 0; way < WAYS; way++) {
        struct pp_pack *pack = open_way(way, &built);
        for (uint64_t from = 0; from <= 59; from++) {
            for (size_t size = 0; size <= 59 - from; size++) {
                uint8_t out[60];
                memset(out, 0xEE, sizeof out);
                CHECK(pp_pack_read(pack, 1, from, out, size, NULL));
                CHECK(counts_up(out, size, (uint8_t)(5 + from)) && out[size] == 0xEE);
            }
        }
        CHECK(pp_pack_read(pack, 2, 0, NULL, 0, NULL));
        pp_pack_close(pack);
    }
    pack_free(&built);
}

UNIT_TEST(refuses_a_range_outside_the_payload)
{
    struct pack built = pack_build_pattern(SAMPLE);
    for (unsigned way = 0; way < WAYS; way++) {
        struct pp_pack *pack = open_way(way, &built);
        struct pp_error error = {.diagnostic = DIAG_NONE};
        uint8_t out[64] = {9};
        static const struct {
            uint64_t from;
            size_t size;
        } ranges[] = {{0, 6}, {5, 1}, {6, 0}, {UINT64_MAX, 1}, {1, SIZE_MAX}, {UINT64_MAX, SIZE_MAX}};
        for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
            CHECK(!pp_pack_read(pack, 0, ranges[i].from, out, ranges[i].size, &error));
            CHECK_U64(error.diagnostic, DIAG_SLICE_RANGE);
            CHECK_U64(error.byte_offset, built.payload_at);
            CHECK(error.entry == 0 && error.preload == -1 && error.text != NULL);
        }
        CHECK_U64(out[0], 9);
        CHECK(!pp_pack_read(pack, 0, 0, out, 6, NULL));
        pp_pack_close(pack);
    }
    pack_free(&built);
}

UNIT_TEST(reading_a_file_that_shrank_is_an_error)
{
    struct pack built = pack_build_pattern(SAMPLE);
    struct pp_pack *pack = open_way(1, &built);
    struct pp_error error;
    struct base_mapping mapping;
    uint8_t out[64];
    REQUIRE(truncate(unit_path("slices.pa"), (off_t)built.payload_at + 10) == 0);
    CHECK(pp_pack_read(pack, 0, 0, out, 5, &error));
    CHECK(!pp_pack_read(pack, 1, 3, out, 20, &error));
    CHECK(error.diagnostic == DIAG_ENVIRONMENT_READ && error.problem == BASE_FILE_SHRUNK && error.entry == 1);
    CHECK_U64(error.byte_offset, built.payload_at + 5 + 3);
    CHECK(!pp_pack_map(pack, 1, &mapping, &error));
    CHECK(error.diagnostic == DIAG_ENVIRONMENT_READ && error.problem == BASE_FILE_SHRUNK && error.entry == 1);
    CHECK(mapping.base == NULL && mapping.bytes.data == NULL && mapping.bytes.size == 0);
    pp_pack_close(pack);
    pack_free(&built);
}

UNIT_TEST(maps_across_pages)
{
    enum { PAYLOAD = 3 * 65536 };
    uint8_t *payload = malloc(PAYLOAD);
    REQUIRE(payload != NULL);
    for (size_t i = 0; i < PAYLOAD; i++) {
        payload[i] = (uint8_t)(i * 7 + i / 256);
    }
    struct marked header = marked_make("{'asset_table':[{'asset_id':1,'asset_name':'a','bank_type':'SCENE','codec':'"
                                       "NONE','decoded_size':0,'metadata':{},"
                                       "'offset':65000,'size':100000}]}");
    struct pack built = pack_build(marked_bytes(&header), 5000, base_bytes_make(payload, PAYLOAD));
    for (unsigned way = 0; way < WAYS; way++) {
        struct pp_pack *pack = open_way(way, &built);
        struct base_mapping mapping;
        REQUIRE(pp_pack_map(pack, 0, &mapping, NULL));
        CHECK(mapping.bytes.size == 100000 && memcmp(mapping.bytes.data, payload + 65000, 100000) == 0);
        pp_pack_unmap(&mapping);
        pp_pack_close(pack);
    }
    pack_free(&built);
    marked_free(&header);
    free(payload);
}
