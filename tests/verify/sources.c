#include "base/hash.h"
#include "tests/lib/unit.h"
#include "tests/verify/project.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define RAW_HEADER HEADER(SCENE("1", "a", "0", "8"), "")
#define RAW DECLARATION("SCENE/raw_v1", "'sources':['one.bin']")

static struct project raw_project(void)
{
    static const uint8_t bytes[] = {1, 2, 3, 4, 5, 6, 7, 8};
    return (struct project){.header = RAW_HEADER,
                            .payload = base_bytes_make(bytes, sizeof bytes),
                            .declaration = RAW,
                            .sources = {{.path = "one.bin", .data = bytes, .size = sizeof bytes}},
                            .source_count = 1};
}

UNIT_TEST(sources_that_are_as_they_were)
{
    struct project project = raw_project();
    struct build build = project_make(&project);
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_options options = {.jobs = 1, .sources = unit_path("project")};
    struct verify_report report;
    verify_bytes(&bytes, &options, &report);
    CHECK_REPORT(&report, "");
    CHECK_U64(report.conforms, VERIFY_VERDICT_YES);
    CHECK_U64(report.matches, VERIFY_VERDICT_YES);
    CHECK_U64(report.checked.sources, 1);
    CHECK_U64(report.checked.hashes, 3 + 2 + 1);
    verify_report_free(&report);
    build_free(&build);
}

UNIT_TEST(an_input_that_changed)
{
    struct project project = raw_project();
    struct build build = project_make(&project);
    unit_write_file("project/assets/root/one.bin", "12345678", 8);
    CHECK_SOURCES(&build, "one.bin: source-changed:C - #1");
    unit_write_file("project/assets/root/one.bin", "123456789", 9);
    CHECK_SOURCES(&build, "one.bin: source-changed:C - #1");
    build_free(&build);
}

UNIT_TEST(an_input_that_cannot_be_found)
{
    struct project project = raw_project();
    struct build build = project_make(&project);
    REQUIRE(rename(unit_path("project/assets/root/one.bin"), unit_path("project/one.bin")) == 0);
    CHECK_SOURCES(&build, "one.bin: source-changed:C - #1");
    REQUIRE(symlink("../../one.bin", unit_path("project/assets/root/one.bin")) == 0);
    CHECK_SOURCES(&build, "one.bin: source-changed:C - #1");
    REQUIRE(unlink(unit_path("project/assets/root/one.bin")) == 0);
    REQUIRE(mkfifo(unit_path("project/assets/root/one.bin"), 0600) == 0);
    CHECK_SOURCES(&build, "one.bin: source-changed:C - #1");
    REQUIRE(unlink(unit_path("project/assets/root/one.bin")) == 0);
    REQUIRE(rename(unit_path("project/one.bin"), unit_path("project/assets/root/there.bin")) == 0);
    REQUIRE(symlink("there.bin", unit_path("project/assets/root/one.bin")) == 0);
    CHECK_SOURCES(&build, "");
    REQUIRE(rename(unit_path("project/assets/root"), unit_path("project/assets/other")) == 0);
    CHECK_SOURCES(&build, "root: root-invalid:W - #1");
    build_free(&build);
}

UNIT_TEST(a_project_that_is_not_there)
{
    struct project project = raw_project();
    struct build build = project_make(&project);
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_options options = {.jobs = 1, .sources = unit_path("elsewhere")};
    struct verify_report report;
    verify_bytes(&bytes, &options, &report);
    CHECK_REPORT(&report, "index.json: workspace-missing:W -");
    CHECK_STRING(report.findings.items[0].place.file, unit_path("elsewhere/assets/.prometeu/index.json"));
    CHECK_U64(report.conforms, VERIFY_VERDICT_YES);
    CHECK_U64(report.matches, VERIFY_VERDICT_NO);
    verify_report_free(&report);
    build_free(&build);
}

UNIT_TEST(paths_are_shown_from_the_current_directory)
{
    struct project project = raw_project();
    struct build build = project_make(&project);
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_options options = {.jobs = 1, .sources = "."};
    struct verify_report report;
    char before[4096];
    unit_write_file("project/assets/root/one.bin", "12345678", 8);
    REQUIRE(getcwd(before, sizeof before) != NULL);
    REQUIRE(chdir(unit_path("project")) == 0);
    verify_bytes(&bytes, &options, &report);
    REQUIRE(chdir(before) == 0);
    REQUIRE(report.findings.count == 1);
    CHECK_STRING(report.findings.items[0].place.file, "assets/root/one.bin");
    verify_report_free(&report);
    build_free(&build);
}

UNIT_TEST(without_a_record_there_is_nothing_to_compare)
{
    struct project project = raw_project();
    struct build build = project_make(&project);
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_options options = {.jobs = 1, .sources = unit_path("project")};
    struct verify_report report;
    bytes.metadata.data = NULL;
    verify_bytes(&bytes, &options, &report);
    CHECK_REPORT(&report, "asset_table_metadata.json: companion-missing:C -");
    CHECK_U64(report.checked.sources, 0);
    bool said = false;
    for (size_t i = 0; i < report.not_checked_count; i++) {
        said = said || strncmp(report.not_checked[i], "sources: ", 9) == 0;
    }
    CHECK(said);
    verify_report_free(&report);
    build_free(&build);
}

/* ---- asset.json ---- */

UNIT_TEST(a_declaration_that_is_not_there)
{
    struct project project = raw_project();
    project.declaration = NULL;
    CHECK_PROJECT(&project, "asset.json: anchor-missing:W - #1");
}

UNIT_TEST(a_declaration_of_other_inputs_or_another_bank)
{
    struct project project = raw_project();
    project.declaration = DECLARATION("SCENE/raw_v1", "'sources':['two.bin']");
    CHECK_PROJECT(&project, "asset.json: source-changed:C @125 /inputs/sources/0 #1");
    project.declaration = DECLARATION("SCENE/raw_v1", "'sources':['one.bin','two.bin']");
    CHECK_PROJECT(&project, "asset.json: declaration-value:W @123 /inputs/sources #1");
    project.declaration = DECLARATION("SOUNDS/raw_v1", "'sources':['one.bin']");
    CHECK_PROJECT(&project, "asset.json: source-changed:C @91 /type #1");
}

/* ---- Name and preload ---- */

UNIT_TEST(the_name_is_the_declared_one)
{
    struct project project = raw_project();
    project.declaration = DECLARED("SCENE/raw_v1", "'sources':['one.bin']", "\\u0061", "{'enabled':false}");
    CHECK_PROJECT(&project, "");
    project.declaration = DECLARED("SCENE/raw_v1", "'sources':['one.bin']", "b", "{'enabled':false}");
    CHECK_PROJECT(&project, "asset.json: source-mismatch:C @80 /name #1");
}

#define PRELOADED(preload) DECLARED("SCENE/raw_v1", "'sources':['one.bin']", "a", preload)

UNIT_TEST(the_preload_is_the_declared_one)
{
    struct project project = raw_project();
    project.declaration = PRELOADED("{'enabled':true}");
    CHECK_PROJECT(&project, "asset.json: source-mismatch:C @210 /preload #1");
    project.header = HEADER(SCENE("1", "a", "0", "8"), PRELOAD("1", "0"));
    CHECK_PROJECT(&project, "");
    /* The lowest free slot is 0. */
    project.header = HEADER(SCENE("1", "a", "0", "8"), PRELOAD("1", "3"));
    CHECK_PROJECT(&project, "source-mismatch:C @190 /preload/0");
    project.declaration = PRELOADED("{'enabled':true,'slot':3}");
    CHECK_PROJECT(&project, "");
    project.declaration = PRELOADED("{'enabled':true,'slot':4}");
    CHECK_PROJECT(&project, "asset.json: source-mismatch:C @233 /preload/slot #1");
    project.declaration = RAW;
    CHECK_PROJECT(&project, "asset.json: source-mismatch:C @210 /preload #1");
}

UNIT_TEST(a_declaration_too_large_to_be_one)
{
    struct project project = raw_project();
    struct build build = project_make(&project);
    REQUIRE(truncate(unit_path("project/assets/root/asset.json"), (1 << 20) + 1) == 0);
    CHECK_SOURCES(&build, "asset.json: input-too-large:W - #1");
    build_free(&build);
}

/* ---- Raw payloads ---- */

UNIT_TEST(a_raw_payload_is_its_source)
{
    struct project project = raw_project();
    project.sources[0].data = "\1\2\3\4\5\6\7\x09";
    CHECK_PROJECT(&project, "one.bin: source-mismatch:C @7 #1");
    project.sources[0].size = 7;
    CHECK_PROJECT(&project, "one.bin: source-mismatch:C - #1");
}

UNIT_TEST(large_raw_payloads_are_compared_in_pieces)
{
    static uint8_t bytes[400000];
    static uint8_t other[400000];
    struct project project = raw_project();
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)(i * 31 >> 3);
    }
    memcpy(other, bytes, sizeof other);
    project.header = HEADER(SCENE("1", "a", "0", "400000"), "");
    project.payload = base_bytes_make(bytes, sizeof bytes);
    project.sources[0] = (struct source){.path = "one.bin", .data = bytes, .size = sizeof bytes};
    CHECK_PROJECT(&project, "");
    other[300000] ^= 1;
    project.sources[0].data = other;
    CHECK_PROJECT(&project, "one.bin: source-mismatch:C @300000 #1");
}

UNIT_TEST(a_raw_sound_is_its_source_too)
{
    struct project project = raw_project();
    project.header = HEADER(SOUND("1", "a", TONE("1", "4"), "0", "8"), "");
    project.declaration = DECLARATION("SOUNDS/raw_v1", "'sources':['one.bin']");
    CHECK_PROJECT(&project, "");
}

UNIT_TEST(an_asset_with_a_broken_slice_or_metadata_is_not_compared)
{
    struct project project = raw_project();
    project.header = HEADER(SOUND("1", "a", "{}", "0", "8"), "");
    project.declaration = DECLARATION("SOUNDS/pcm16le_v1", "'sources':['one.bin']");
    struct build build = project_make(&project);
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_options options = {.jobs = 1, .sources = unit_path("project")};
    struct verify_report report;
    verify_bytes(&bytes, &options, &report);
    CHECK_U64(report.findings.total[DIAG_SOUND_METADATA], 3);
    CHECK_U64(report.findings.count, 3);
    CHECK_STRING(report.not_checked[report.not_checked_count - 1], "sources of assets with broken metadata or size");
    verify_report_free(&report);
    build_free(&build);

    project.header = HEADER(SCENE("1", "a", "0", "9"), "");
    project.declaration = RAW;
    build = project_make(&project);
    bytes = build_bytes(&build);
    options.sources = unit_path("project");
    verify_bytes(&bytes, &options, &report);
    CHECK_STRING(report.not_checked[report.not_checked_count - 1], "sources of assets without a slice inside the file");
    verify_report_free(&report);
    build_free(&build);
}

/* The place of a reason, or SIZE_MAX. */
static size_t place_of(const struct verify_report *report, const char *reason)
{
    for (size_t i = 0; i < report->not_checked_count; i++) {
        if (strcmp(report->not_checked[i], reason) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

static void add_inputs(struct base_text *inputs, const char *path, struct base_bytes data)
{
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(base_hash_of(data), hex);
    base_text_addf(inputs, "[{'path':'%s','size':%zu,'xxh3_128':'%s'}]", path, data.size, hex);
}

/* The first asset has a large source, so that another worker finishes with the second asset first. */
UNIT_TEST(reasons_are_in_the_order_of_the_assets_whichever_worker_is_first)
{
    enum { LARGE = 48 << 20 };
    uint8_t *large = calloc(1, LARGE);
    REQUIRE(large != NULL);
    struct base_text slow = BASE_TEXT_EMPTY;
    struct base_text fast = BASE_TEXT_EMPTY;
    add_inputs(&slow, "large.wav", base_bytes_make(large, LARGE));
    add_inputs(&fast, "one.bin", base_bytes_make(large, 8));
    unit_write_file("project/assets/slow/large.wav", (const char *)large, LARGE);
    unit_write_file("project/assets/fast/one.bin", (const char *)large, 8);
#define SECOND_UUID "0b0ad1a4-9d5c-4a3e-8f27-2d6f3b3c9a11"
    char *first_text = declaration_make(DECLARATION("SOUNDS/pcm16le_v1", "'sources':['large.wav']"), RAW_HEADER);
    struct marked sound = marked_make(first_text);
    struct marked scene = marked_make("{'schema_version':1,'asset_uuid':'" SECOND_UUID
                                      "','name':'b','type':'scene_bank','inputs':{'sources':['one.bin']},"
                                      "'output':{'format':'SCENE/raw_v1','codec':'NONE'},'preload':{'enabled':false}}");
    registry_write(
        REGISTRY("3", REGISTRY_RECORD("1", PROJECT_UUID, "slow") "," REGISTRY_RECORD("2", SECOND_UUID, "fast")));
    unit_write_file("project/assets/slow/asset.json", sound.text, sound.size);
    unit_write_file("project/assets/fast/asset.json", scene.text, scene.size);
    const struct plan plan = {.header = HEADER(SOUND("1", "a", "{}", "0", "8") "," SCENE("2", "b", "8", "99"), ""),
                              .payload = 8};
    const struct recorded recorded[] = {
        {.asset_id = "1", .root = "slow", .inputs = base_text_string(&slow), .size = 8},
        {.asset_id = "2", .root = "fast", .inputs = base_text_string(&fast), .uuid = SECOND_UUID, .offset = 8},
    };
    struct build build = build_make(&plan, recorded, 2);
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_options options = {.jobs = 2, .sources = unit_path("project")};
    struct verify_report report;
    verify_bytes(&bytes, &options, &report);
    size_t first = place_of(&report, "sources of assets with broken metadata or size");
    size_t second = place_of(&report, "sources of assets without a slice inside the file");
    CHECK(first < second && second != SIZE_MAX);
    verify_report_free(&report);
    build_free(&build);
    marked_free(&sound);
    marked_free(&scene);
    free(first_text);
    base_text_free(&slow);
    base_text_free(&fast);
    free(large);
}

UNIT_TEST(without_a_header_there_is_nothing_to_compare)
{
    struct project project = raw_project();
    struct build build = project_make(&project);
    build.files[ASSETS_PA].data[0] = 'B';
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_options options = {.jobs = 1, .sources = unit_path("elsewhere")};
    struct verify_report report;
    verify_bytes(&bytes, &options, &report);
    CHECK_REPORT(&report, "prelude-magic:L @0; hash-mismatch:C @0");
    verify_report_free(&report);
    build_free(&build);
}
