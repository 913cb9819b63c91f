#include "writer/emit/header.h"
#include "base/hash.h"

#include "tests/writer/kit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* A plan of two assets with sizes set by hand. */
struct fixture {
    struct kit kit;
    struct writer_plan plan;
};

static void begin(struct fixture *fixture)
{
    kit_begin(&fixture->kit);
    (void)kit_add(&fixture->kit, 3, "a\"\xC3\xA9", WORKSPACE_ASSET_SCENE, WORKSPACE_FORMAT_RAW, "{}");
    (void)kit_add(&fixture->kit, 2147483647, "b", WORKSPACE_ASSET_SOUND, WORKSPACE_FORMAT_RAW, "{}");
    REQUIRE(writer_plan_create(&fixture->plan, NULL, &fixture->kit.workspace, NULL));
    fixture->plan.assets[0].metadata = strdup("{}");
    fixture->plan.assets[1].metadata = strdup("{\"x\":1}");
    fixture->plan.assets[0].size = 10;
    fixture->plan.assets[1].size = 4;
    fixture->plan.assets[1].decoded_size = 8;
    fixture->plan.slots.holder[WORKSPACE_ASSET_SOUND][2] = &fixture->kit.workspace.assets[1];
    fixture->plan.slots.holder[WORKSPACE_ASSET_SCENE][0] = &fixture->kit.workspace.assets[0];
}

static void end(struct fixture *fixture)
{
    writer_plan_free(&fixture->plan);
    kit_end(&fixture->kit);
}

static const char table[] =
    "[{\"asset_id\":3,\"asset_name\":\"a\\\"\xC3\xA9\",\"bank_type\":\"SCENE\",\"codec\":\"NONE\",\"decoded_size\":0,"
    "\"metadata\":{},\"offset\":0,\"size\":10},"
    "{\"asset_id\":2147483647,\"asset_name\":\"b\",\"bank_type\":\"SOUNDS\",\"codec\":\"NONE\",\"decoded_size\":8,"
    "\"metadata\":{\"x\":1},\"offset\":10,\"size\":4}]";
static const char preload[] = "[{\"asset_id\":2147483647,\"slot\":2},{\"asset_id\":3,\"slot\":0}]";

UNIT_TEST(prints_both_arrays)
{
    struct fixture fixture;
    struct writer_header header;
    begin(&fixture);
    CHECK(writer_plan_lay_out(&fixture.plan));
    CHECK_U64(fixture.plan.payload_size, 14);
    CHECK(writer_header_print(&header, &fixture.plan, WRITER_HEADER_LEN_MAX));
    CHECK_STRING(base_text_string(&header.asset_table), table);
    CHECK_STRING(base_text_string(&header.preload), preload);
    CHECK_U64(header.length,
              strlen("{\"asset_table\":") + strlen(table) + strlen(",\"preload\":") + strlen(preload) + 1);
    CHECK_U64(writer_payload_offset(&header), 32 + header.length);
    writer_header_free(&header);
    end(&fixture);
}

UNIT_TEST(stores_the_prelude)
{
    struct fixture fixture;
    struct writer_header header;
    struct writer_out out;
    begin(&fixture);
    int fd = open(unit_directory(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    CHECK(writer_header_print(&header, &fixture.plan, WRITER_HEADER_LEN_MAX));
    CHECK(writer_out_create(&out, &(struct writer_staging){.fd = fd, .display = "dir"}, "pack", &fixture.kit.findings));
    CHECK(writer_header_write(&header, &out, &fixture.kit.findings));
    CHECK(writer_out_finish(&out, &fixture.kit.findings));
    struct base_text pack = kit_read("pack");
    uint8_t length = (uint8_t)(header.length & 0xFF);
    uint8_t offset = (uint8_t)((header.length + 32) & 0xFF);
    CHECK_U64(header.length >> 8, 1);
    const uint8_t prelude[32] = {0x41, 0x53, 0x50, 0x41, 1, 0, 0, 0, length, 1, 0, 0, offset, 1, 0, 0};
    CHECK_U64(pack.size, 32 + header.length);
    CHECK(memcmp(pack.data, prelude, sizeof prelude) == 0);
    CHECK(memcmp(pack.data + 32, "{\"asset_table\":[{", 17) == 0);
    CHECK_STRING(pack.data + pack.size - 11, "\"slot\":0}]}");
    CHECK(base_hash_equal(header.hash, base_hash_of(base_bytes_make(pack.data + 32, pack.size - 32))));
    base_text_free(&pack);
    writer_header_free(&header);
    (void)close(fd);
    end(&fixture);
}

UNIT_TEST(the_header_has_a_limit)
{
    struct fixture fixture;
    struct writer_header header;
    begin(&fixture);
    CHECK(writer_plan_lay_out(&fixture.plan));
    uint64_t length = strlen("{\"asset_table\":") + strlen(table) + strlen(",\"preload\":") + strlen(preload) + 1;
    CHECK(writer_header_print(&header, &fixture.plan, length));
    writer_header_free(&header);
    CHECK(!writer_header_print(&header, &fixture.plan, length - 1));
    CHECK(!base_text_out_of_memory(&header.asset_table));
    writer_header_free(&header);
    CHECK(!writer_header_print(&header, &fixture.plan, 50));
    CHECK(header.asset_table.size < 200); /* it stopped at the first entry beyond the limit */
    writer_header_free(&header);
    end(&fixture);
}

UNIT_TEST(the_payload_region_has_a_limit)
{
    struct fixture fixture;
    begin(&fixture);
    fixture.plan.assets[0].size = UINT64_C(9007199254740991) - 4;
    CHECK(writer_plan_lay_out(&fixture.plan));
    CHECK_U64(fixture.plan.payload_size, UINT64_C(9007199254740991));
    CHECK_U64(fixture.plan.assets[1].offset, UINT64_C(9007199254740987));
    fixture.plan.assets[0].size++;
    CHECK(!writer_plan_lay_out(&fixture.plan));
    fixture.plan.assets[0].size = UINT64_MAX;
    CHECK(!writer_plan_lay_out(&fixture.plan));
    end(&fixture);
}

UNIT_TEST(no_assets_make_a_header_too)
{
    struct kit kit;
    struct writer_plan plan;
    struct writer_header header;
    kit_begin(&kit);
    REQUIRE(writer_plan_create(&plan, NULL, &kit.workspace, NULL));
    CHECK(writer_plan_lay_out(&plan));
    CHECK(writer_header_print(&header, &plan, WRITER_HEADER_LEN_MAX));
    CHECK_STRING(base_text_string(&header.asset_table), "[]");
    CHECK_STRING(base_text_string(&header.preload), "[]");
    CHECK_U64(header.length, strlen("{\"asset_table\":[],\"preload\":[]}"));
    writer_header_free(&header);
    writer_plan_free(&plan);
    kit_end(&kit);
}
