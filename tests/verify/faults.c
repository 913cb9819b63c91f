/* Every allocation and every read refused in turn: no crash, no leak, and never a better verdict than the truth. */
#include "tests/lib/unit.h"
#include "tests/verify/builder.h"
#include "tests/verify/refusal.h"

#include <stdio.h>

static const struct verify_options options = {.jobs = 1};

static void verify_sound(struct verify_report *report)
{
    verify_build(unit_path("sound"), &options, report);
}

static void verify_the_faulty(struct verify_report *report)
{
    verify_build(unit_path("faulty"), &options, report);
}

/* Finds out first what is there. */
static void verify_the_sound(struct verify_report *report)
{
    verify_path(unit_path("sound"), &options, report);
}

static void verify_the_cartridge(struct verify_report *report)
{
    verify_cartridge(unit_path("game"), &options, report);
}

static void verify_the_wrong(struct verify_report *report)
{
    verify_cartridge(unit_path("wrong"), &options, report);
}

/* Nothing is wrong with these files: nothing but the environment may be blamed, and it is, unless the refusal was made
 * good and everything has been looked at. */
static void check_right_files(const struct verify_report *report)
{
    CHECK(!base_findings_any(&report->findings, DIAG_CLASS_L));
    CHECK(!base_findings_any(&report->findings, DIAG_CLASS_C));
    CHECK(report->loads != VERIFY_VERDICT_NO);
    CHECK_U64(report->findings.total[DIAG_INTERNAL], 0);
    if (base_findings_any(&report->findings, DIAG_CLASS_E)) {
        CHECK_U64(report->conforms, VERIFY_VERDICT_UNKNOWN);
    } else {
        CHECK_U64(report->conforms, VERIFY_VERDICT_YES);
        CHECK_U64(report->checked.assets, 2);
        CHECK_U64(report->asset_count, 2);
        CHECK(report->kind == VERIFY_REPORT_CARTRIDGE ||
              (report->checked.hashes == 7 && report->checked.companions == 3));
        CHECK(report->kind != VERIFY_REPORT_CARTRIDGE || report->cartridge.title != NULL);
        CHECK(report->assets[0].has_hash && report->assets[0].name != NULL && report->assets[0].metadata != NULL);
    }
}

/* Besides: only memory may be blamed. */
static void check_without_memory(const struct verify_report *report)
{
    check_right_files(report);
    for (size_t i = 0; i < report->findings.count; i++) {
        CHECK_U64(report->findings.items[i].diagnostic, DIAG_ENVIRONMENT_MEMORY);
    }
    for (size_t i = 0; i < report->not_checked_count; i++) {
        CHECK(strstr(report->not_checked[i], "is not JSON") == NULL);
    }
}

/* Besides: what could not be read is named, and a manifest that was not read answers nothing. */
static void check_unread(const struct verify_report *report)
{
    check_right_files(report);
    for (size_t i = 0; i < report->findings.count; i++) {
        CHECK_U64(report->findings.items[i].diagnostic, DIAG_ENVIRONMENT_READ);
        CHECK(report->findings.items[i].file != NULL);
        CHECK_STRING(report->findings.items[i].message, "could not be read: Input/output error");
        const char *name = strrchr(report->findings.items[i].file, '/');
        REQUIRE(name != NULL);
        if (strcmp(name, "/assets.pa") != 0) {
            CHECK(report->findings.items[i].place.byte_offset == 0);
            CHECK(report->checked.companions < 3);
        }
    }
    if (report->kind == VERIFY_REPORT_CARTRIDGE && report->cartridge.title == NULL) {
        CHECK_U64(report->loads, VERIFY_VERDICT_UNKNOWN);
    }
}

static struct base_text all_faults; /* when nothing is refused */

/* These are wrong: they never pass. */
static void check_refused(const struct verify_report *report)
{
    CHECK(report->conforms != VERIFY_VERDICT_YES);
    CHECK_U64(report->findings.total[DIAG_INTERNAL], 0);
}

/* Besides: what is reported of them is true, and unless the environment is blamed it is all there is. */
static void check_faulty_files(const struct verify_report *report)
{
    check_refused(report);
    for (size_t i = 0; i < report->findings.count; i++) {
        struct base_finding finding = report->findings.items[i];
        if (finding.class_ != DIAG_CLASS_E) {
            /* The texts may be lost, the position is not. */
            finding.place.json_pointer = NULL;
            finding.place.has_asset_id = false;
            const struct verify_report alone = {.findings = {.items = &finding, .count = 1}};
            struct base_text fault = findings_text(&alone, NULL);
            CHECK(strstr(base_text_string(&all_faults), base_text_string(&fault)) != NULL);
            base_text_free(&fault);
        }
    }
    if (!base_findings_any(&report->findings, DIAG_CLASS_E)) {
        check_findings(report, NULL, base_text_string(&all_faults), __FILE__, __LINE__);
        REQUIRE(report->asset_count == 2);
        CHECK_STRING(report->assets[0].name, "a\"");
        CHECK_STRING(report->assets[1].name, "a\"");
    }
}

static void write_files(void)
{
    struct build build = small_build();
    build_write(&build, "sound");
    unit_write_file("game/assets.pa", build.files[ASSETS_PA].data, build.files[ASSETS_PA].size);
    struct marked manifest =
        marked_make("{'magic':'PMTU','cartridge_version':1,'app_id':1,'title':'t','app_version':'1',"
                    "'app_mode':'Game','capabilities':['asset']}");
    unit_write_file("game/manifest.json", manifest.text, manifest.size);
    marked_free(&manifest);
    build_free(&build);
    static const struct recorded assets[] = {{.asset_id = "1", .root = "a", .size = 8},
                                             {.asset_id = "1", .root = "b", .offset = 9, .size = 3}};
    static const struct plan plan = {
        .header = "{'asset_table':[" ENTRY(
            "1", "'a\\\"'", "'SOUNDS'", "8", "{'x':1.5,'x':-0,'pipeline':1}", "0",
            "8") "," ENTRY("-0", "'a\\\"'", "'GLYPH'", "8", "{}", "9",
                           "3") "],'preload':[" PRELOAD("1", "0") "," PRELOAD("1", "1") ",{'y':2}]}",
        .payload = 13,
        .flags = 1};
    build = build_make(&plan, assets, 2);
    build_replace(&build, ASSET_TABLE, "'size':8", "'size':7");
    build_replace(&build, PRELOAD_JSON, "'slot':1", "'slot':1,'z':1");
    build_replace(&build, METADATA, "'asset_root':'b'", "'asset_root':'..'");
    build_write(&build, "faulty");
    unit_write_file("wrong/assets.pa", build.files[ASSETS_PA].data, build.files[ASSETS_PA].size);
    manifest =
        marked_make("{'magic':'PMTV','magic':2,'cartridge_version':'1','app_id':0,'title':[],'capabilities':[1]}");
    unit_write_file("wrong/manifest.json", manifest.text, manifest.size);
    marked_free(&manifest);
    build_free(&build);
}

/* Refuses each allocation of what has faults; returns how many there were. */
static unsigned long refuse_in_faulty_files(bool for_ever, void (*verify)(struct verify_report *report))
{
    struct verify_report report;
    verify(&report);
    all_faults = findings_text(&report, NULL);
    verify_report_free(&report);
    unsigned long count = refuse_each(REFUSE_ALLOCATION, for_ever, verify, check_faulty_files);
    base_text_free(&all_faults);
    return count;
}

UNIT_TEST(each_allocation_fails_once)
{
    write_files();
    unsigned long sound = refuse_each(REFUSE_ALLOCATION, false, verify_sound, check_without_memory);
    unsigned long faulty = refuse_in_faulty_files(false, verify_the_faulty);
    unsigned long game = refuse_each(REFUSE_ALLOCATION, false, verify_the_cartridge, check_without_memory);
    (void)printf("allocations refused: %lu + %lu + %lu\n", sound, faulty, game);
    CHECK(sound > 30 && faulty > 100 && game > 20);
    CHECK(refuse_in_faulty_files(false, verify_the_wrong) > 40);
    CHECK(refuse_each(REFUSE_ALLOCATION, false, verify_the_sound, check_without_memory) > sound);
}

UNIT_TEST(each_allocation_and_all_later_ones_fail)
{
    write_files();
    CHECK(refuse_each(REFUSE_ALLOCATION, true, verify_sound, check_right_files) > 30);
    CHECK(refuse_in_faulty_files(true, verify_the_faulty) > 100);
    CHECK(refuse_each(REFUSE_ALLOCATION, true, verify_the_cartridge, check_right_files) > 20);
}

UNIT_TEST(each_read_fails_once)
{
    write_files();
    CHECK(refuse_each(REFUSE_READ, false, verify_sound, check_unread) >= 8);
    CHECK(refuse_each(REFUSE_READ, false, verify_the_faulty, check_refused) >= 8);
    CHECK(refuse_each(REFUSE_READ, false, verify_the_cartridge, check_unread) >= 4);
}

/* ---- A file that changes between the reader's look at it and ours ---- */

static void overwrite_bank(void)
{
    struct build build = small_build();
    build_replace(&build, ASSETS_PA, "'SCENE'", "'SCENX'");
    build_write(&build, "sound");
    build_free(&build);
}

UNIT_TEST(a_file_that_changes_while_it_is_read_is_told)
{
    struct verify_report report;
    write_files();
    /* The reader has opened it when the prelude is read once more. */
    before_read(3, overwrite_bank);
    verify_pack(unit_path("sound/assets.pa"), &options, &report);
    const struct base_finding *finding = finding_of(&report, DIAG_ENVIRONMENT_READ);
    REQUIRE(finding != NULL);
    CHECK_STRING(finding->message, "the file changed while it was read");
    CHECK_U64(report.findings.total[DIAG_INTERNAL], 0);
    verify_report_free(&report);
}
