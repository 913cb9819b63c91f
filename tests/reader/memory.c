/* Memory: in proportion to the input, and running out of it at any moment. */
#include "base/text.h"
#include "reader/header.h"
#include "reader/pack.h"
#include "tests/lib/memory_fault.h"
#include "tests/lib/unit.h"
#include "tests/reader/builder.h"

#include <limits.h>
#include <stdlib.h>

/* ---- In proportion to the input ---- */

/* prefix, `times` times the piece, suffix. */
static struct base_text repeat(const char *prefix, const char *piece, size_t times, const char *suffix)
{
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add_string(&text, prefix);
    for (size_t i = 0; i < times; i++) {
        base_text_add_string(&text, piece);
    }
    base_text_add_string(&text, suffix);
    return text;
}

static bool go_on(void *context, const struct reader_fault *fault)
{
    (void)fault;
    ++*(size_t *)context;
    return true;
}

/* Parses with a sink that never stops, and returns how many bytes of heap each byte of the header took at the peak. */
static double heap_of_parse(const struct base_text *header, size_t *faults)
{
    struct reader_header_frame frame = {.payload_offset = 32 + header->size, .file_size = 32 + header->size};
    struct reader_table table;
    *faults = 0;
    memory_fault_measure();
    (void)reader_header_parse(base_text_bytes(header), &frame, go_on, faults, &table);
    double share = (double)memory_fault_peak() / (double)header->size;
    reader_table_free(&table);
    CHECK_U64(memory_fault_live(), 0);
    return share;
}

UNIT_TEST(hostile_headers_take_memory_in_proportion)
{
    static const struct {
        const char *prefix, *piece, *suffix;
    } shapes[] = {
        {"{\"asset_table\":[0", ",0", "]}"},
        {"{\"asset_table\":[{}", ",{}", "]}"},
        {"{\"asset_table\":[{\"asset_id\":2},{\"asset_id\":1}", ",{\"asset_id\":1}", "]}"},
        {"{\"asset_table\":[],\"preload\":[0", ",0", "]}"},
        {"{\"asset_table\":[],\"preload\":[{}", ",{}", "]}"},
        {"{\"asset_table\":[],\"b\":0", ",\"a\":0", "}"},
        {"{\"asset_table\":[],\"b\":[{\"\":0", ",\"\":0", "}]}"},
        {"{\"asset_table\":[", "[", ""},
        {"{\"asset_table\":[],\"x\":\"", "\\\\", "\"}"},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        struct base_text header = repeat(shapes[i].prefix, shapes[i].piece, 100000, shapes[i].suffix);
        REQUIRE(!base_text_out_of_memory(&header));
        size_t faults = 0;
        CHECK(heap_of_parse(&header, &faults) <= 40);
        CHECK(faults > 0 || i == 8);
        base_text_free(&header);
    }
}

/* An ordinary pack of `entries` entries of about 210 bytes in the header. */
static struct pack ordinary_pack(unsigned entries)
{
    struct base_text header = BASE_TEXT_EMPTY;
    base_text_add_string(&header, "{\"asset_table\":[");
    for (unsigned i = 0; i < entries; i++) {
        base_text_addf(
            &header,
            "%s{\"asset_id\":%u,\"asset_name\":\"sheet/%u\",\"bank_type\":\"GLYPH\",\"codec\":\"NONE\","
            "\"decoded_size\":67584,\"metadata\":{\"height\":256,\"palette_authored\":1,\"palette_count\":64,"
            "\"tile_size\":16,\"width\":256},\"offset\":0,\"size\":0}",
            i > 0 ? "," : "", i + 1, i);
    }
    base_text_add_string(&header, "],\"preload\":[]}");
    struct pack pack = pack_build(base_text_bytes(&header), 0, base_bytes_make(NULL, 0));
    base_text_free(&header);
    return pack;
}

UNIT_TEST(an_ordinary_pack_takes_a_third_of_its_header)
{
    struct pack built = ordinary_pack(20000);
    const char *path = pack_write(&built, "ordinary.pa");
    struct pp_pack_options options = {.access = PP_ACCESS_MAP};
    memory_fault_measure();
    struct pp_pack *pack = pp_pack_open(path, &options, NULL);
    REQUIRE(pack != NULL);
    double header = (double)pp_pack_header(pack).size;
    CHECK((double)memory_fault_peak() <= header * 0.4);
    CHECK((double)memory_fault_live() <= header * 0.25);
    pp_pack_close(pack);
    CHECK_U64(memory_fault_live(), 0);
    options.access = PP_ACCESS_READ;
    memory_fault_measure();
    pack = pp_pack_open(path, &options, NULL);
    REQUIRE(pack != NULL);
    CHECK((double)memory_fault_peak() <= header * 1.4);
    pp_pack_close(pack);
    CHECK_U64(memory_fault_live(), 0);
    pack_free(&built);
}

UNIT_TEST(announced_sizes_take_no_memory)
{
    uint8_t start[64] = {0};
    prelude_write(start, &(struct prelude_fields){
                             .magic = "ASPA", .schema_version = 1, .header_len = 268435456, .payload_offset = 32});
    memory_fault_measure();
    struct pp_error error;
    CHECK(pp_pack_open_bytes(base_bytes_make(start, sizeof start), NULL, &error) == NULL);
    CHECK_U64(error.diagnostic, DIAG_PRELUDE_HEADER_LENGTH);
    CHECK(memory_fault_peak() < 4096);
    CHECK_U64(memory_fault_live(), 0);
}

/* ---- Running out ---- */

/* Canonical; and one that takes the general way with ids out of order, preload, and keys out of order. */
static const char *const patterns[] = {
    HEADER_PRELOAD(ENTRY("1", "a") "," ENTRY("2", "b"), PRELOAD("1", "0")),
    "{'b':1,'asset_table':[" ENTRY("2", "a") "," ENTRY("1", "b") "],'preload':[" PRELOAD("1", "0") "]}",
};

/* Opens with the n-th allocation refused, for each n until none is; everything must be given back each time. */
static void fail_each_allocation(const struct pack *built, const char *path, const struct pp_pack_options *options)
{
    enum { MANY = 1000 };
    for (unsigned n = 1; n < MANY; n++) {
        struct pp_error error;
        memory_fault_measure();
        memory_fault_once(n - 1);
        struct pp_pack *pack =
            path != NULL ? pp_pack_open(path, options, &error) : pp_pack_open_bytes(pack_bytes(built), options, &error);
        bool reached = memory_fault_off() >= n;
        CHECK(pack != NULL || error.diagnostic == DIAG_ENVIRONMENT_MEMORY);
        CHECK(pack != NULL || error.text != NULL);
        if (pack != NULL) {
            CHECK_U64(pp_pack_count(pack), 2);
        }
        pp_pack_close(pack);
        CHECK_U64(memory_fault_live(), 0);
        if (!reached) {
            CHECK(n > 3); /* it did need memory */
            return;
        }
    }
    CHECK(false);
}

UNIT_TEST(each_allocation_of_open_may_fail)
{
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        struct pack built = pack_build_pattern(patterns[i]);
        const char *path = pack_write(&built, "fail.pa");
        fail_each_allocation(&built, NULL, NULL);
        fail_each_allocation(&built, path, &(struct pp_pack_options){.access = PP_ACCESS_MAP});
        fail_each_allocation(&built, path, &(struct pp_pack_options){.access = PP_ACCESS_READ});
        pack_free(&built);
    }
}

UNIT_TEST(a_name_is_found_without_memory_for_the_index)
{
    struct pack built = pack_build_pattern(HEADER(ENTRY("1", "one") "," ENTRY("2", "t\\n\\u00e9") "," ENTRY(
        "3", "\\ud83d\\ude00x") "," ENTRY("4", "one") "," ENTRY("5", "")));
    struct pp_pack *pack = pp_pack_open_bytes(pack_bytes(&built), NULL, NULL);
    REQUIRE(pack != NULL);
    for (unsigned n = 0; n < 3; n++) { /* both allocations of the index, then none */
        memory_fault_after(n < 2 ? n : UINT_MAX);
        CHECK_U64(pp_pack_find_name(pack, base_bytes_of_string("one")), 0);
        CHECK_U64(pp_pack_find_name(pack, base_bytes_of_string("t\n\xC3\xA9")), 1);
        CHECK_U64(pp_pack_find_name(pack, base_bytes_of_string("\xF0\x9F\x98\x80x")), 2);
        CHECK_U64(pp_pack_find_name(pack, base_bytes_of_string("")), 4);
        CHECK_U64(pp_pack_find_name(pack, base_bytes_of_string("\xF0\x9F\x98\x80")), PP_NO_ENTRY);
        CHECK_U64(pp_pack_find_name(pack, base_bytes_of_string("ones")), PP_NO_ENTRY);
    }
    (void)memory_fault_off();
    pp_pack_close(pack);
    pack_free(&built);
}

UNIT_TEST(a_copy_of_a_payload_may_not_fit)
{
    struct pack built = pack_build_pattern(
        HEADER("{'asset_id':1,'asset_name':'a','bank_type':'SCENE','codec':'NONE','decoded_size':0,'metadata':{},"
               "'offset':0,'size':64}"));
    struct pp_pack_options options = {.access = PP_ACCESS_READ};
    struct pp_pack *pack = pp_pack_open(pack_write(&built, "copy.pa"), &options, NULL);
    REQUIRE(pack != NULL);
    struct base_mapping mapping;
    struct pp_error error;
    memory_fault_once(0);
    CHECK(!pp_pack_map(pack, 0, &mapping, &error));
    CHECK(error.diagnostic == DIAG_ENVIRONMENT_MEMORY && error.entry == 0);
    CHECK(mapping.base == NULL && mapping.bytes.data == NULL);
    CHECK_U64(memory_fault_off(), 1);
    pp_pack_close(pack);
    pack_free(&built);
}
