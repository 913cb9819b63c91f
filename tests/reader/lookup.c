/* Lookups by id and by name. */
#include "base/text.h"
#include "reader/header.h"
#include "reader/pack.h"
#include "tests/lib/unit.h"
#include "tests/reader/builder.h"
#include "tests/reader/generator.h"
#include "json/value.h"

#include <inttypes.h>
#include <stdlib.h>

/* A pack with `count` entries: ids from `ids`, names "asset/N". */
static struct pack pack_with_ids(const int32_t *ids, size_t count)
{
    struct base_text header = BASE_TEXT_EMPTY;
    base_text_add_string(&header, "{\"asset_table\":[");
    for (size_t i = 0; i < count; i++) {
        base_text_addf(&header,
                       "%s{\"asset_id\":%" PRId32
                       ",\"asset_name\":\"asset/%zu\",\"bank_type\":\"GLYPH\",\"codec\":\"NONE\","
                       "\"decoded_size\":0,\"metadata\":{},\"offset\":0,\"size\":0}",
                       i > 0 ? "," : "", ids[i], i);
    }
    base_text_add_string(&header, "],\"preload\":[]}");
    struct pack pack = pack_build(base_text_bytes(&header), 0, base_bytes_make(NULL, 0));
    base_text_free(&header);
    return pack;
}

static size_t find_linearly(const int32_t *ids, size_t count, int32_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (ids[i] == id) {
            return i;
        }
    }
    return PP_NO_ENTRY;
}

/* Every id, its neighbours and the ends of the range, against a linear search. */
static void check_ids(const int32_t *ids, size_t count)
{
    struct pack built = pack_with_ids(ids, count);
    struct pp_pack *pack = pp_pack_open_bytes(pack_bytes(&built), NULL, NULL);
    REQUIRE(pack != NULL);
    unsigned wrong = 0;
    for (size_t i = 0; i < count; i++) {
        for (int64_t id = (int64_t)ids[i] - 2; id <= (int64_t)ids[i] + 2; id++) {
            if (id >= INT32_MIN && id <= INT32_MAX &&
                pp_pack_find_id(pack, (int32_t)id) != find_linearly(ids, count, (int32_t)id)) {
                wrong++;
            }
        }
    }
    CHECK_U64(wrong, 0);
    CHECK_U64(pp_pack_find_id(pack, INT32_MIN), find_linearly(ids, count, INT32_MIN));
    CHECK_U64(pp_pack_find_id(pack, INT32_MAX), find_linearly(ids, count, INT32_MAX));
    pp_pack_close(pack);
    pack_free(&built);
}

UNIT_TEST(finds_ids_without_gaps)
{
    int32_t ids[100];
    for (int32_t i = 0; i < 100; i++) {
        ids[i] = i + 1;
    }
    for (size_t count = 0; count <= 100; count++) {
        check_ids(ids, count);
    }
}

UNIT_TEST(finds_ids_with_gaps)
{
    int32_t ids[200];
    struct random random = {.state = 42};
    for (unsigned round = 0; round < 20; round++) {
        int32_t id = 0;
        for (size_t i = 0; i < 200; i++) {
            id += 1 + (int32_t)random_below(&random, random_below(&random, 10) == 0 ? 1000000 : 4);
            ids[i] = id;
        }
        check_ids(ids, 200);
    }
}

UNIT_TEST(finds_ids_far_apart)
{
    static const int32_t ids[] = {INT32_MIN, INT32_MIN + 1, -1, 0, 1, 2, 3, INT32_MAX - 1, INT32_MAX};
    check_ids(ids, sizeof ids / sizeof ids[0]);
    static const int32_t ends[] = {INT32_MIN, INT32_MAX};
    check_ids(ends, 2);
}

UNIT_TEST(finds_ids_in_any_order)
{
    int32_t ids[300];
    struct random random = {.state = 7};
    for (int32_t i = 0; i < 300; i++) {
        ids[i] = (i - 150) * 70001;
    }
    for (size_t i = 299; i > 0; i--) {
        size_t other = (size_t)random_below(&random, i + 1);
        int32_t swap = ids[i];
        ids[i] = ids[other];
        ids[other] = swap;
    }
    check_ids(ids, 300);
    static const int32_t falling[] = {5, 4, 3, 2, 1, 0, -1, INT32_MIN};
    check_ids(falling, sizeof falling / sizeof falling[0]);
}

/* ---- Names ---- */

static size_t find(const struct pp_pack *pack, const char *name)
{
    return pp_pack_find_name(pack, base_bytes_of_string(name));
}

UNIT_TEST(finds_every_name)
{
    enum { COUNT = 1000 };
    int32_t ids[COUNT];
    for (int32_t i = 0; i < COUNT; i++) {
        ids[i] = i;
    }
    struct pack built = pack_with_ids(ids, COUNT);
    struct pp_pack *pack = pp_pack_open_bytes(pack_bytes(&built), NULL, NULL);
    REQUIRE(pack != NULL);
    for (size_t i = 0; i < COUNT; i++) {
        struct base_text name = BASE_TEXT_EMPTY;
        base_text_addf(&name, "asset/%zu", i);
        CHECK_U64(pp_pack_find_name(pack, base_text_bytes(&name)), i);
        base_text_free(&name);
    }
    CHECK_U64(find(pack, "asset/1000"), PP_NO_ENTRY);
    CHECK_U64(find(pack, "asset/"), PP_NO_ENTRY);
    CHECK_U64(find(pack, ""), PP_NO_ENTRY);
    pp_pack_close(pack);
    pack_free(&built);
}

UNIT_TEST(names_are_compared_unescaped)
{
    struct pack built = pack_build_pattern(
        HEADER(ENTRY("1", "plain") "," ENTRY("2", "\\u0070lai\\n") "," ENTRY("3", "\\\"\\\\\\/\\b\\f\\r\\t") "," ENTRY(
            "4", "\\u00e9\xC3\xA9\\ud83d\\ude00\xF0\x9F\x98\x80") "," ENTRY("5", "nul\\u0000in") "," ENTRY("6", "")));
    struct pp_pack *pack = pp_pack_open_bytes(pack_bytes(&built), NULL, NULL);
    REQUIRE(pack != NULL);
    CHECK_U64(find(pack, "plain"), 0);
    CHECK_U64(find(pack, "plai\n"), 1);
    CHECK_U64(find(pack, "\\u0070lai\\n"), PP_NO_ENTRY);
    CHECK_U64(find(pack, "\"\\/\b\f\r\t"), 2);
    CHECK_U64(find(pack, "\xC3\xA9\xC3\xA9\xF0\x9F\x98\x80\xF0\x9F\x98\x80"), 3);
    CHECK_U64(pp_pack_find_name(pack, base_bytes_make("nul\0in", 6)), 4);
    CHECK_U64(find(pack, "nul"), PP_NO_ENTRY);
    CHECK_U64(pp_pack_find_name(pack, base_bytes_make(NULL, 0)), 5);
    pp_pack_close(pack);
    pack_free(&built);
}

UNIT_TEST(the_first_holder_of_a_name_is_found)
{
    struct pack built = pack_build_pattern(HEADER(ENTRY("9", "x") "," ENTRY("2", "same") "," ENTRY(
        "1", "s\\u0061me") "," ENTRY("7", "same") "," ENTRY("8", "x")));
    struct pp_pack *pack = pp_pack_open_bytes(pack_bytes(&built), NULL, NULL);
    REQUIRE(pack != NULL);
    CHECK_U64(find(pack, "same"), 1);
    CHECK_U64(find(pack, "x"), 0);
    pp_pack_close(pack);
    pack_free(&built);
}

UNIT_TEST(an_empty_pack_has_no_names)
{
    struct pack built = pack_build_pattern(HEADER(""));
    struct pp_pack *pack = pp_pack_open_bytes(pack_bytes(&built), NULL, NULL);
    REQUIRE(pack != NULL);
    CHECK_U64(find(pack, "x"), PP_NO_ENTRY);
    CHECK_U64(find(pack, ""), PP_NO_ENTRY);
    CHECK_U64(pp_pack_find_id(pack, 0), PP_NO_ENTRY);
    pp_pack_close(pack);
    pack_free(&built);
}

UNIT_TEST(random_names_are_found_by_value)
{
    static const uint8_t payload[GENERATED_PAYLOAD];
    struct random random = {.state = 99};
    struct base_text header = BASE_TEXT_EMPTY;
    generate_header(&random, 500, &header);
    struct pack built = pack_build(base_text_bytes(&header), 0, base_bytes_make(payload, sizeof payload));
    struct pp_pack *pack = pp_pack_open_bytes(pack_bytes(&built), NULL, NULL);
    REQUIRE(pack != NULL);
    unsigned wrong = 0;
    for (size_t i = 0; i < 500; i++) {
        uint8_t name[512];
        struct base_bytes span = pp_pack_entry(pack, i).name;
        size_t size = json_unescape(span, name, sizeof name);
        size_t found = pp_pack_find_name(pack, base_bytes_make(name, size));
        /* Short names repeat: then an earlier entry has the same value. */
        if (found > i || json_compare(pp_pack_entry(pack, found).name, span) != 0) {
            wrong++;
        }
    }
    CHECK_U64(wrong, 0);
    pp_pack_close(pack);
    pack_free(&built);
    base_text_free(&header);
}
