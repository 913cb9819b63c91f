#include "tests/lib/unit.h"
#include "tests/verify/builder.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define MANIFEST(app_id, capabilities)                                                                                 \
    "{'magic':'PMTU','cartridge_version':1,'app_id':" app_id                                                           \
    ",'title':'Game','app_version':'1.0','app_mode':'Game'" capabilities "}"
#define DECLARED ",'capabilities':['input','asset']"

/* Writes a manifest from a pattern, and a pack when there is a plan. Returns the first mark. */
static size_t write_cartridge(const char *manifest, const struct plan *plan)
{
    size_t mark = SIZE_MAX;
    unit_write_file("game/program.pbx", "", 0);
    if (manifest != NULL) {
        struct marked marked = marked_make(manifest);
        unit_write_file("game/manifest.json", marked.text, marked.size);
        mark = marked.mark_count > 0 ? marked.marks[0] : SIZE_MAX;
        marked_free(&marked);
    }
    if (plan != NULL) {
        struct pack pack = pack_make(plan);
        unit_write_file("game/assets.pa", pack.data, pack.size);
        pack_free(&pack);
    }
    return mark;
}

static void clear(void)
{
    (void)unlink(unit_path("game/assets.pa"));
    (void)unlink(unit_path("game/manifest.json"));
}

/* Whatever path leads there, the cartridge is the same. */
static void check_cartridge(const char *expected, enum verify_verdict loads, enum verify_verdict conforms,
                            unsigned line)
{
    for (int way = 0; way < 2; way++) {
        struct verify_report report;
        if (way == 0) {
            verify_cartridge(unit_path("game"), NULL, &report);
        } else {
            verify_path(unit_path("game"), NULL, &report);
        }
        check_report(&report, expected, __FILE__, line);
        (void)unit_check_u64(report.loads, loads, "loads", __FILE__, line);
        (void)unit_check_u64(report.conforms, conforms, "conforms", __FILE__, line);
        (void)unit_check_u64(report.kind, VERIFY_REPORT_CARTRIDGE, "kind", __FILE__, line);
        verify_report_free(&report);
    }
}
#define CHECK_CARTRIDGE(expected, loads, conforms)                                                                     \
    check_cartridge(expected, VERIFY_VERDICT_##loads, VERIFY_VERDICT_##conforms, __LINE__)

UNIT_TEST(a_sound_cartridge)
{
    struct verify_report report;
    write_cartridge(MANIFEST("7", DECLARED), &small_plan);
    CHECK_CARTRIDGE("", YES, YES);
    verify_cartridge(unit_path("game"), NULL, &report);
    CHECK(report.cartridge.declares_asset && report.cartridge.has_app_id);
    CHECK_U64(report.cartridge.app_id, 7);
    CHECK_STRING(report.cartridge.title, "Game");
    CHECK_STRING(report.cartridge.app_version, "1.0");
    CHECK_STRING(report.cartridge.app_mode, "Game");
    CHECK_U64(report.asset_count, 2);
    CHECK_U64(report.checked.assets, 2);
    CHECK(report.has_prelude);
    CHECK_U64(report.checked.bytes, report.file_size + strlen(MANIFEST("7", DECLARED)));
    verify_report_free(&report);
}

UNIT_TEST(without_the_capability_no_pack_is_needed)
{
    write_cartridge(MANIFEST("7", ""), NULL);
    CHECK_CARTRIDGE("", YES, YES);
    write_cartridge("{'magic':'PMTU','cartridge_version':1,'app_id':0,'title':'','app_version':'','app_mode':'System',"
                    "'entrypoint':3,'capabilities':[],'more':{'x':1.5}}",
                    NULL);
    CHECK_CARTRIDGE("", YES, YES);
    write_cartridge("{'magic':'PMTU','cartridge_version':1,'app_id':4294967295,'title':'','app_version':'',"
                    "'app_mode':'Game','entrypoint':'main','capabilities':['Assed','asse','audio']}",
                    NULL);
    CHECK_CARTRIDGE("", YES, YES);
}

/* A warning decides nothing. */
static void check_spelling(const char *manifest, const char *pointer, unsigned line)
{
    char expected[128];
    size_t mark = write_cartridge(manifest, NULL);
    (void)snprintf(expected, sizeof expected, "manifest.json: cartridge-spelling:C @%zu %s", mark, pointer);
    check_cartridge(expected, VERIFY_VERDICT_YES, VERIFY_VERDICT_YES, line);
}
#define CHECK_SPELLING(manifest, pointer) check_spelling(manifest, pointer, __LINE__)

UNIT_TEST(a_misspelled_value_is_a_warning)
{
    CHECK_SPELLING("{'magic':'PMTU','cartridge_version':1,'app_id':7,'title':'','app_version':'','app_mode':^'game'}",
                   "/app_mode");
    CHECK_SPELLING("{'magic':'PMTU','cartridge_version':1,'app_id':7,'title':'','app_version':'','app_mode':^'system'}",
                   "/app_mode");
    CHECK_SPELLING(MANIFEST("7", ",'capabilities':['audio',^'assets']"), "/capabilities/1");
    CHECK_SPELLING(MANIFEST("7", ",'capabilities':[^'Asset']"), "/capabilities/0");
}

UNIT_TEST(a_manifest_that_is_missing_or_no_file)
{
    write_cartridge(NULL, &small_plan);
    CHECK_CARTRIDGE("manifest.json: cartridge-manifest:L -", NO, NO);
    REQUIRE(mkdir(unit_path("game/manifest.json"), 0700) == 0);
    CHECK_CARTRIDGE("manifest.json: cartridge-manifest:L -", NO, NO);
}

static void check_manifest(const char *manifest, const char *pointer, unsigned line)
{
    char expected[128];
    size_t mark = write_cartridge(manifest, &small_plan);
    (void)snprintf(expected, sizeof expected, "manifest.json: cartridge-manifest:L @%zu%s%s", mark,
                   pointer != NULL ? " " : "", pointer != NULL ? pointer : "");
    check_cartridge(expected, VERIFY_VERDICT_NO, VERIFY_VERDICT_NO, line);
}
#define CHECK_MANIFEST(manifest, pointer) check_manifest(manifest, pointer, __LINE__)

UNIT_TEST(a_manifest_that_is_not_json)
{
    CHECK_MANIFEST("^\xef\xbb\xbf" MANIFEST("7", DECLARED), NULL);
    CHECK_MANIFEST("^", NULL);
    CHECK_MANIFEST("{'magic':'PMTU',^}", NULL);
    CHECK_MANIFEST("{'magic':'^\xff'}", NULL);
    CHECK_MANIFEST("^[]", NULL);
}

UNIT_TEST(each_member_of_the_manifest)
{
    CHECK_MANIFEST("{'magic':^'PMTX','cartridge_version':1,'app_id':7,'title':'','app_version':'','app_mode':'Game'}",
                   "/magic");
    CHECK_MANIFEST("{'magic':'PMTU','cartridge_version':^2,'app_id':7,'title':'','app_version':'','app_mode':'Game'}",
                   "/cartridge_version");
    CHECK_MANIFEST("{'magic':'PMTU','cartridge_version':^1.0,'app_id':7,'title':'','app_version':'','app_mode':'Game'}",
                   "/cartridge_version");
    CHECK_MANIFEST(MANIFEST("^4294967296", ""), "/app_id");
    CHECK_MANIFEST(MANIFEST("^-1", ""), "/app_id");
    CHECK_MANIFEST("{'magic':'PMTU','cartridge_version':1,'app_id':7,'title':^0,'app_version':'','app_mode':'Game'}",
                   "/title");
    CHECK_MANIFEST("{'magic':'PMTU','cartridge_version':1,'app_id':7,'title':'','app_version':^[],'app_mode':'Game'}",
                   "/app_version");
    CHECK_MANIFEST("{'magic':'PMTU','cartridge_version':1,'app_id':7,'title':'','app_version':'','app_mode':^'GAME'}",
                   "/app_mode");
    CHECK_MANIFEST("{'magic':'PMTU','cartridge_version':1,'app_id':7,'title':'','app_version':'','app_mode':^0}",
                   "/app_mode");
    CHECK_MANIFEST("^{'magic':'PMTU','cartridge_version':1,'app_id':7,'title':'','app_version':''}", NULL);
    CHECK_MANIFEST(MANIFEST("7", ",'entrypoint':^1.5"), "/entrypoint");
    CHECK_MANIFEST(MANIFEST("7", ",'entrypoint':^null"), "/entrypoint");
    CHECK_MANIFEST(MANIFEST("7", ",'capabilities':^'asset'"), "/capabilities");
    CHECK_MANIFEST(MANIFEST("7", ",'capabilities':['asset',^3]"), "/capabilities/1");
    CHECK_MANIFEST(MANIFEST("7", ",^'title':'again'"), "/title");
}

UNIT_TEST(a_repeated_member_that_is_not_listed_is_left_alone)
{
    write_cartridge(MANIFEST("7", ",'x':1,'x':{'title':1,'title':2}"), NULL);
    CHECK_CARTRIDGE("", YES, YES);
}

UNIT_TEST(every_fault_of_a_manifest_is_told)
{
    write_cartridge("{'title':5}", NULL);
    CHECK_CARTRIDGE(
        "manifest.json: cartridge-manifest:L @9 /title; manifest.json: cartridge-manifest:L @0; manifest.json: "
        "cartridge-manifest:L @0; manifest.json: cartridge-manifest:L @0; manifest.json: "
        "cartridge-manifest:L @0; manifest.json: cartridge-manifest:L @0",
        NO, NO);
}

UNIT_TEST(the_capability_asks_for_a_pack_that_loads)
{
    write_cartridge(MANIFEST("7", DECLARED), NULL);
    CHECK_CARTRIDGE("cartridge-asset-missing:L -", NO, NO);
    REQUIRE(mkdir(unit_path("game/assets.pa"), 0700) == 0);
    CHECK_CARTRIDGE("cartridge-asset-missing:L -", NO, NO);
    REQUIRE(rmdir(unit_path("game/assets.pa")) == 0);
    write_cartridge(MANIFEST("7", DECLARED),
                    &(const struct plan){.header = HEADER(SCENE("1", "a", "0", "9"), ""), .payload = 8});
    CHECK_CARTRIDGE("slice-range:L @163 /asset_table/0/size #1; cartridge-asset-missing:L -", NO, NO);
    /* A pack that loads and does not conform will do for the console. */
    write_cartridge(MANIFEST("7", DECLARED),
                    &(const struct plan){.header = HEADER(SCENE("1", "a", "0", "8"), ""), .payload = 9});
    CHECK_CARTRIDGE("payload-trailing:C @188", YES, NO);
}

UNIT_TEST(a_pack_that_the_manifest_does_not_declare_is_examined_all_the_same)
{
    write_cartridge(MANIFEST("7", ""),
                    &(const struct plan){.header = HEADER(SCENE("1", "a", "0", "9"), ""), .payload = 8});
    CHECK_CARTRIDGE("slice-range:L @163 /asset_table/0/size #1", NO, NO);
    write_cartridge(MANIFEST("7", ""),
                    &(const struct plan){.header = HEADER(SCENE("1", "a", "0", "8"), ""), .payload = 8, .flags = 1});
    CHECK_CARTRIDGE("prelude-reserved:C @20", YES, NO);
}

UNIT_TEST(a_directory_that_is_not_there)
{
    struct verify_report report;
    verify_cartridge(unit_path("nowhere"), NULL, &report);
    CHECK_REPORT(&report, "nowhere: environment-read:E @0");
    CHECK_U64(report.loads, VERIFY_VERDICT_UNKNOWN);
    CHECK_U64(report.conforms, VERIFY_VERDICT_UNKNOWN);
    verify_report_free(&report);
}

UNIT_TEST(an_empty_directory_is_a_cartridge_without_a_manifest)
{
    write_cartridge(NULL, NULL);
    clear();
    CHECK_CARTRIDGE("manifest.json: cartridge-manifest:L -", NO, NO);
    REQUIRE(unlink(unit_path("game/program.pbx")) == 0);
    CHECK_CARTRIDGE("manifest.json: cartridge-manifest:L -", NO, NO);
}

UNIT_TEST(a_lone_pack_in_a_directory_is_a_cartridge_without_a_manifest)
{
    write_cartridge(NULL, &small_plan);
    REQUIRE(unlink(unit_path("game/program.pbx")) == 0);
    CHECK_CARTRIDGE("manifest.json: cartridge-manifest:L -", NO, NO);
}

UNIT_TEST(a_pmc_file_is_reserved)
{
    struct verify_report report;
    struct pack pack = pack_make(&small_plan);
    unit_write_file("game.pmc", pack.data, pack.size);
    verify_path(unit_path("game.pmc"), NULL, &report);
    CHECK_REPORT(&report, "game.pmc: cartridge-reserved:L -");
    CHECK_U64(report.loads, VERIFY_VERDICT_NO);
    CHECK_U64(report.conforms, VERIFY_VERDICT_NO);
    CHECK_U64(report.asset_count, 0);
    CHECK(report.not_checked_count == 1);
    verify_report_free(&report);
    unit_write_file("game.pm", pack.data, pack.size);
    verify_path(unit_path("game.pm"), NULL, &report);
    CHECK_U64(report.conforms, VERIFY_VERDICT_YES);
    verify_report_free(&report);
    pack_free(&pack);
}

UNIT_TEST(a_manifest_of_megabytes_is_refused)
{
    write_cartridge(MANIFEST("7", ""), NULL);
    REQUIRE(truncate(unit_path("game/manifest.json"), (1 << 24) + 1) == 0);
    CHECK_CARTRIDGE("manifest.json: cartridge-manifest:L -", NO, NO);
}

UNIT_TEST(a_pack_that_cannot_be_opened_leaves_the_question_open)
{
    write_cartridge(MANIFEST("7", DECLARED), NULL);
    REQUIRE(symlink("assets.pa", unit_path("game/assets.pa")) == 0);
    CHECK_CARTRIDGE("environment-read:E @0", UNKNOWN, UNKNOWN);
}

UNIT_TEST(a_program_beside_the_companions_makes_a_cartridge)
{
    write_cartridge(NULL, &small_plan);
    clear();
    write_cartridge(NULL, &small_plan);
    unit_write_file("game/preload.json", "[]", 2);
    CHECK_CARTRIDGE("manifest.json: cartridge-manifest:L -", NO, NO);
}
