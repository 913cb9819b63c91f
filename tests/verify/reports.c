#include "tests/lib/place.h"
#include "tests/lib/sample.h"
#include "tests/lib/unit.h"
#include "tests/verify/builder.h"

#include "verify/core/findings.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static bool says(const struct verify_report *report, const char *reason)
{
    for (size_t i = 0; i < report->not_checked_count; i++) {
        if (strcmp(report->not_checked[i], reason) == 0) {
            return true;
        }
    }
    return false;
}

static void verify_plan(const struct plan *plan, struct verify_report *report)
{
    struct pack pack = pack_make(plan);
    struct verify_build_bytes bytes = {.assets_pa = pack_bytes(&pack)};
    verify_bytes(&bytes, &(const struct verify_options){.no_companions = true, .jobs = 1}, report);
    pack_free(&pack);
}

UNIT_TEST(assets_are_listed_as_the_header_spells_them)
{
    struct verify_report report;
    verify_plan(
        &(const struct plan){.header = HEADER(ENTRY("-9007199254740991", "'a\\u0000b\\u00e9'", "'TI\\u004cES'", "1.5",
                                                    "{ 'k' : [ 1, ' \\\\' ] , 'x':'\\\\'}", "18446744073709551615",
                                                    "-0") ",7,{},{'asset_name':5,'metadata':[]}",
                                              "")},
        &report);
    REQUIRE(report.asset_count == 4);
    const struct verify_asset_report *asset = &report.assets[0];
    CHECK(asset->has_asset_id);
    CHECK(asset->asset_id == -INT64_C(9007199254740991));
    CHECK_STRING(asset->name, "a\xEF\xBF\xBD"
                              "b\xC3\xA9");
    CHECK_STRING(asset->bank, "TILES");
    CHECK_STRING(asset->codec, "NONE");
    CHECK_STRING(asset->metadata, "{\"k\":[1,\" \\\\\"],\"x\":\"\\\\\"}");
    CHECK(asset->has_offset && asset->offset == UINT64_MAX);
    CHECK(asset->has_size && asset->size == 0);
    CHECK(!asset->has_decoded_size);
    CHECK(report.assets[1].name == NULL && !report.assets[1].has_asset_id);
    CHECK(report.assets[3].name == NULL && report.assets[3].metadata == NULL);
    verify_report_free(&report);
}

UNIT_TEST(assets_of_a_broken_header_are_listed_to_the_fault)
{
    struct verify_report report;
    verify_plan(&(const struct plan){.header = "{'x':[[]],'asset_table':[" SCENE("1", "a", "0",
                                                                                 "0") ",{'asset_id':2,'codec':'X',"
                                                                                      "'metadata':{'a':tru"},
                &report);
    REQUIRE(report.asset_count == 2);
    CHECK_STRING(report.assets[0].name, "a");
    CHECK_U64(report.assets[1].asset_id, 2);
    CHECK_STRING(report.assets[1].codec, "X");
    CHECK(report.assets[1].metadata == NULL);
    CHECK_U64(report.checked.assets, 0);
    CHECK(says(&report, "entries and payloads: the header is not JSON"));
    verify_report_free(&report);
    verify_plan(&(const struct plan){.header = "{'asset_table':{'a':[1}"}, &report);
    CHECK_U64(report.asset_count, 0);
    verify_report_free(&report);
}

UNIT_TEST(hashes_of_payloads_stand_in_the_list)
{
    struct verify_report report;
    char hex[BASE_HASH_HEX + 1];
    verify_plan(&(const struct plan){.header = HEADER(SCENE("1", "a", "0", "0") "," SCENE("2", "b", "0", "99"), "")},
                &report);
    REQUIRE(report.asset_count == 2);
    REQUIRE(report.assets[0].has_hash);
    base_hash_to_hex(report.assets[0].payload_hash, hex);
    CHECK_STRING(hex, "99aa06d3014798d86001c324468d497f"); /* of no bytes, as xxhsum -H2 prints it */
    CHECK(!report.assets[1].has_hash);
    CHECK(says(&report, "payloads of assets without a slice inside the file"));
    CHECK(says(&report, "inside of SCENE payloads: their layout is not published"));
    CHECK(says(&report, "companions, recorded hashes and sources: said to be none"));
    verify_report_free(&report);
}

UNIT_TEST(each_reason_is_given_once)
{
    struct verify_report report;
    verify_plan(&(const struct plan){.header = HEADER(SCENE("1", "a", "0", "99") "," SCENE("2", "b", "0", "99"), "")},
                &report);
    REQUIRE(report.not_checked_count > 0);
    CHECK_STRING(report.not_checked[0], "payloads of assets without a slice inside the file");
    for (size_t i = 0; i < report.not_checked_count; i++) {
        for (size_t j = 0; j < i; j++) {
            CHECK(strcmp(report.not_checked[i], report.not_checked[j]) != 0);
        }
    }
    verify_report_free(&report);
}

UNIT_TEST(one_pack_is_examined_without_its_companions)
{
    struct verify_report report;
    struct pack pack = pack_make(&small_plan);
    unit_write_file("assets.pa", pack.data, pack.size);
    verify_pack(unit_path("assets.pa"), NULL, &report);
    CHECK_REPORT(&report, "");
    CHECK_U64(report.conforms, VERIFY_VERDICT_YES);
    CHECK_U64(report.checked.bytes, pack.size);
    CHECK_U64(report.file_size, pack.size);
    CHECK_U64(report.prelude.header_len, pack.header_size);
    CHECK_U64(report.not_checked_count, 2); /* and the inside of SCENE payloads */
    CHECK(says(&report, "companions, recorded hashes and sources: the pack alone was examined"));
    verify_report_free(&report);
    verify_pack(unit_path("assets.pa"), &(const struct verify_options){.sources = "."}, &report);
    CHECK(says(&report, "companions, recorded hashes and sources: the pack alone was examined"));
    verify_report_free(&report);
    pack_free(&pack);
}

/* A list that is long enough to be shown in part keeps its first texts; white space between tokens is not kept. */
UNIT_TEST(metadata_is_on_one_line)
{
    struct verify_report report;
    verify_plan(
        &(const struct plan){.header = HEADER(ENTRY("1", "'a'", "'SCENE'", "0",
                                                    "{\t'a b':\n[ 1 ,\r2 ],\n 'c\\' d':'  \\\\' , 'e':{ } }", "0", "0"),
                                              "")},
        &report);
    REQUIRE(report.asset_count == 1);
    CHECK_STRING(report.assets[0].metadata, "{\"a b\":[1,2],\"c\\\" d\":\"  \\\\\",\"e\":{}}");
    verify_report_free(&report);
}

UNIT_TEST(the_preload_is_listed_as_the_header_spells_it)
{
    struct verify_report report;
    verify_plan(&(const struct plan){.header = "{'asset_table':[],'preload':[{'asset_id':-9007199254740991,'slot':"
                                               "18446744073709551615},7,{'slot':1.5},{'asset_id':'x','slot':0}]}"},
                &report);
    REQUIRE(report.preload_count == 4);
    CHECK(report.preload[0].has_asset_id && report.preload[0].asset_id == -INT64_C(9007199254740991));
    CHECK(report.preload[0].has_slot && report.preload[0].slot == UINT64_MAX);
    CHECK(!report.preload[1].has_asset_id && !report.preload[1].has_slot);
    CHECK(!report.preload[2].has_asset_id && !report.preload[2].has_slot);
    CHECK(!report.preload[3].has_asset_id && report.preload[3].has_slot && report.preload[3].slot == 0);
    verify_report_free(&report);
}

/* ---- Paths ---- */

UNIT_TEST(a_directory_with_a_slash_is_named_with_one)
{
    struct verify_report report;
    struct build build = small_build();
    char path[4096];
    build_write(&build, "out");
    REQUIRE(unlink(unit_path("out/preload.json")) == 0);
    (void)snprintf(path, sizeof path, "%s/", unit_path("out"));
    verify_build(path, NULL, &report);
    const struct base_finding *finding = finding_of(&report, DIAG_COMPANION_MISSING);
    REQUIRE(finding != NULL);
    CHECK_STRING(finding->file, unit_path("out/preload.json"));
    verify_report_free(&report);
    verify_build(unit_path("out"), NULL, &report);
    finding = finding_of(&report, DIAG_COMPANION_MISSING);
    REQUIRE(finding != NULL);
    CHECK_STRING(finding->file, unit_path("out/preload.json"));
    verify_report_free(&report);
    build_free(&build);
}

UNIT_TEST(a_reserved_file_may_have_no_name_but_its_ending)
{
    struct verify_report report;
    int here = open(".", O_RDONLY | O_DIRECTORY);
    REQUIRE(here >= 0);
    unit_write_file(".pmc", "x", 1);
    unit_write_file("pmc", "x", 1);
    REQUIRE(chdir(unit_directory()) == 0);
    verify_path(".pmc", NULL, &report);
    CHECK(finding_of(&report, DIAG_CARTRIDGE_RESERVED) != NULL);
    verify_report_free(&report);
    verify_path("pmc", NULL, &report);
    CHECK(finding_of(&report, DIAG_CARTRIDGE_RESERVED) == NULL);
    verify_report_free(&report);
    REQUIRE(fchdir(here) == 0);
    (void)close(here);
}

UNIT_TEST(a_report_that_is_freed_is_empty)
{
    struct verify_report report;
    verify_plan(&(const struct plan){.header = HEADER(SCENE("1", "a", "0", "0"), PRELOAD("1", "0"))}, &report);
    CHECK(report.asset_count == 1 && report.preload_count == 1 && report.file != NULL);
    verify_report_free(&report);
    CHECK(report.asset_count == 0 && report.preload_count == 0 && report.file == NULL && report.assets == NULL);
    verify_report_free(&report);
}

UNIT_TEST(problems_name_their_file)
{
    struct base_findings findings;
    base_findings_init(&findings);
    base_report_out_of_memory(&findings, "a");
    verify_report_read_failure(&findings, "b", 7, ENOMEM);
    verify_report_read_failure(&findings, "c", 7, EIO);
    verify_report_read_failure(&findings, "d", INT64_MAX, BASE_FILE_SHRUNK);
    verify_report_read_failure(&findings, "e", UINT64_MAX, EIO);
    REQUIRE(findings.count == 5);
    static const struct {
        enum diag diagnostic;
        const char *file;
        int64_t at;
        const char *message;
    } expected[] = {
        {DIAG_ENVIRONMENT_MEMORY, "a", -1, "memory ran out"},
        {DIAG_ENVIRONMENT_MEMORY, "b", -1, "memory ran out"},
        {DIAG_ENVIRONMENT_READ, "c", 7, "could not be read: Input/output error"},
        {DIAG_ENVIRONMENT_READ, "d", INT64_MAX, "could not be read: The file became shorter while it was read"},
        {DIAG_ENVIRONMENT_READ, "e", -1, "could not be read: Input/output error"}};
    for (size_t i = 0; i < 5; i++) {
        CHECK_U64(findings.items[i].diagnostic, expected[i].diagnostic);
        CHECK_STRING(findings.items[i].file, expected[i].file);
        CHECK(place_byte(&findings.items[i]) == expected[i].at);
        CHECK_STRING(findings.items[i].message, expected[i].message);
    }
    base_findings_free(&findings);
}

/* ---- The environment ---- */

UNIT_TEST(what_cannot_be_opened_gets_no_verdict)
{
    struct verify_report report;
    verify_pack(unit_path("nothing.pa"), NULL, &report);
    CHECK_REPORT(&report, "nothing.pa: environment-read:E @0");
    CHECK_U64(report.loads, VERIFY_VERDICT_UNKNOWN);
    CHECK_U64(report.conforms, VERIFY_VERDICT_UNKNOWN);
    verify_report_free(&report);
    verify_path(unit_path("nothing.pmc"), NULL, &report);
    CHECK_REPORT(&report, "nothing.pmc: environment-read:E @0");
    verify_report_free(&report);
    verify_pack(unit_directory(), NULL, &report);
    CHECK_STRING(report.findings.items[0].message, "could not be read: Not a regular file");
    CHECK_U64(report.loads, VERIFY_VERDICT_UNKNOWN);
    verify_report_free(&report);
    REQUIRE(mkfifo(unit_path("fifo"), 0600) == 0);
    verify_path(unit_path("fifo"), NULL, &report);
    CHECK_REPORT(&report, "fifo: environment-read:E @0");
    verify_report_free(&report);
}

UNIT_TEST(a_directory_whose_files_cannot_be_named_gets_no_verdict)
{
    /* It can be named itself, but nothing below it. */
    struct verify_report report;
    char path[PATH_MAX];
    size_t size = strlen(unit_directory());
    memcpy(path, unit_directory(), size);
    while (size + 3 < sizeof path) {
        path[size++] = '/';
        path[size++] = '.';
    }
    path[size] = '\0';
    verify_path(path, NULL, &report);
    REQUIRE(report.findings.count == 1);
    CHECK_U64(report.findings.items[0].diagnostic, DIAG_ENVIRONMENT_READ);
    CHECK_STRING(report.findings.items[0].message, "could not be read: File name too long");
    CHECK_STRING(report.findings.items[0].file, path);
    CHECK_U64(report.findings.items[0].place.byte_offset, 0);
    CHECK_U64(report.conforms, VERIFY_VERDICT_UNKNOWN);
    verify_report_free(&report);
}

UNIT_TEST(without_a_second_descriptor_the_reader_is_not_asked)
{
    struct verify_report report;
    struct rlimit before;
    struct build build = small_build();
    build_write(&build, "out");
    int next = dup(STDIN_FILENO);
    REQUIRE(next >= 0 && close(next) == 0 && getrlimit(RLIMIT_NOFILE, &before) == 0);
    struct rlimit one = {.rlim_cur = (rlim_t)next + 1, .rlim_max = before.rlim_max};
    REQUIRE(setrlimit(RLIMIT_NOFILE, &one) == 0);
    verify_pack(unit_path("out/assets.pa"), &(const struct verify_options){.jobs = 1}, &report);
    REQUIRE(setrlimit(RLIMIT_NOFILE, &before) == 0);
    CHECK_REPORT(&report, "environment-read:E @0");
    CHECK(strstr(report.findings.items[0].message, strerror(EMFILE)) != NULL);
    CHECK_U64(report.conforms, VERIFY_VERDICT_UNKNOWN);
    verify_report_free(&report);
    build_free(&build);
}

/* Every file of a build that is opened in one directory and called by another, in findings of each kind. */
static void check_shown(const char *directory, const char *shown, size_t least)
{
    struct verify_report report;
    verify_build(directory, &(const struct verify_options){.shown = shown}, &report);
    CHECK_STRING(report.file, shown);
    CHECK(report.findings.count >= least);
    for (size_t i = 0; i < report.findings.count; i++) {
        const char *file = report.findings.items[i].file;
        size_t length = strlen(shown);
        CHECK(strncmp(file, shown, length) == 0 && (file[length] == '/' || file[length] == '\0'));
    }
    verify_report_free(&report);
}

UNIT_TEST(findings_name_the_directory_that_is_shown)
{
    static const char *const names[] = {"a name that is longer than that of the directory in which the files are/below",
                                        "b"};
    struct build build = small_build();
    build_replace(&build, PRELOAD_JSON, "[", "{");
    build_write(&build, "out");
    unit_write_file("out/assets.pa", "ASPA", 4);
    unit_write_file("out/asset_table_metadata.json", "{}", 2);
    REQUIRE(unlink(unit_path("out/asset_table.json")) == 0);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        check_shown(unit_path("out"), names[i], 4);
        check_shown(unit_path("nothing"), names[i], 1);
        check_shown(unit_path("out/assets.pa"), names[i], 1);
    }
    build_free(&build);
}

UNIT_TEST(a_build_without_a_pack_or_a_directory)
{
    struct verify_report report;
    struct build build = small_build();
    build_write(&build, "out");
    REQUIRE(unlink(unit_path("out/assets.pa")) == 0);
    verify_build(unit_path("out"), NULL, &report);
    CHECK_REPORT(&report, "environment-read:E @0");
    CHECK_U64(report.loads, VERIFY_VERDICT_UNKNOWN);
    CHECK_U64(report.conforms, VERIFY_VERDICT_UNKNOWN);
    verify_report_free(&report);
    verify_build(unit_path("out/not"), NULL, &report);
    CHECK_REPORT(&report, "not: environment-read:E @0; environment-read:E @0");
    CHECK_U64(report.conforms, VERIFY_VERDICT_UNKNOWN);
    verify_report_free(&report);
    build_free(&build);
}

static void cut_file(void *context, const struct base_progress *progress)
{
    (void)progress;
    CHECK(truncate(context, 4096) == 0);
}

UNIT_TEST(a_file_that_shrinks_is_reported_without_a_crash)
{
    static const struct plan plan = {
        .header = HEADER(SCENE("1", "a", "0", "3000000") "," SCENE("2", "b", "3000000", "3000000"), ""),
        .payload = 6000000};
    struct pack pack = pack_make(&plan);
    for (unsigned jobs = 1; jobs <= 2; jobs++) {
        struct verify_report report;
        char path[4096];
        unit_write_file("assets.pa", pack.data, pack.size);
        (void)snprintf(path, sizeof path, "%s", unit_path("assets.pa"));
        struct base_task task = BASE_TASK_INIT;
        task.progress = cut_file;
        task.progress_context = path;
        struct verify_options options = {.task = &task, .jobs = jobs};
        verify_pack(path, &options, &report);
        /* Two workers may have read everything before the first of them tells of its progress. */
        CHECK(jobs > 1 || report.findings.count == 1);
        if (report.findings.count > 0) {
            CHECK(finding_of(&report, DIAG_ENVIRONMENT_READ) != NULL);
            CHECK_U64(report.findings.count, 1);
            CHECK(report.findings.items[0].place.byte_offset > 4096);
            CHECK_STRING(report.findings.items[0].message,
                         "could not be read: The file became shorter while it was read");
            CHECK_U64(report.conforms, VERIFY_VERDICT_UNKNOWN);
            CHECK(says(&report, "payloads: the file could not be read to its end"));
        }
        CHECK_U64(report.loads, VERIFY_VERDICT_YES);
        verify_report_free(&report);
    }
    pack_free(&pack);
}

struct progress {
    uint64_t calls, last, total;
    bool rises;
};

static void take_progress(void *context, const struct base_progress *seen)
{
    struct progress *progress = context;
    progress->rises = progress->rises && seen->done > progress->last && seen->done <= seen->total;
    progress->rises = progress->rises && seen->phase == BASE_PHASE_EXAMINING && seen->unit == BASE_UNIT_BYTES;
    progress->last = seen->done;
    progress->total = seen->total;
    progress->calls++;
}

UNIT_TEST(progress_rises_to_its_total)
{
    struct progress progress = {.rises = true};
    struct verify_report report;
    struct plan plan = {.header = HEADER(SCENE("1", "a", "0", "8000000"), ""), .payload = 8000000};
    struct pack pack = pack_make(&plan);
    struct verify_build_bytes bytes = {.assets_pa = pack_bytes(&pack)};
    struct base_task task = BASE_TASK_INIT;
    task.progress = take_progress;
    task.progress_context = &progress;
    struct verify_options options = {.task = &task, .no_companions = true, .jobs = 1};
    verify_bytes(&bytes, &options, &report);
    CHECK(progress.rises);
    CHECK(progress.calls > 2);
    CHECK_U64(progress.last, 8000000);
    CHECK_U64(progress.total, 8000000);
    verify_report_free(&report);
    pack_free(&pack);
}

UNIT_TEST(progress_is_of_what_can_be_read)
{
    struct progress progress = {.rises = true};
    struct verify_report report;
    struct plan plan = {.header = HEADER(SCENE("1", "a", "0", "8") "," SCENE("2", "b", "8", "500"), ""), .payload = 8};
    struct pack pack = pack_make(&plan);
    struct verify_build_bytes bytes = {.assets_pa = pack_bytes(&pack)};
    struct base_task task = BASE_TASK_INIT;
    task.progress = take_progress;
    task.progress_context = &progress;
    struct verify_options options = {.task = &task, .no_companions = true, .jobs = 1};
    verify_bytes(&bytes, &options, &report);
    CHECK(progress.rises);
    CHECK_U64(progress.last, 8);
    CHECK_U64(progress.total, 8);
    verify_report_free(&report);
    pack_free(&pack);
    /* For its hash the whole file is read, once. */
    struct build build = small_build();
    bytes = build_bytes(&build);
    options.no_companions = false;
    progress = (struct progress){.rises = true};
    verify_bytes(&bytes, &options, &report);
    CHECK(progress.rises);
    CHECK_U64(progress.last, build.files[ASSETS_PA].size);
    CHECK_U64(progress.total, build.files[ASSETS_PA].size);
    verify_report_free(&report);
    build_free(&build);
}

UNIT_TEST(the_number_of_workers_changes_nothing)
{
    struct base_text header = BASE_TEXT_EMPTY;
    struct base_text first = BASE_TEXT_EMPTY;
    base_text_add_string(&header, "{'asset_table':[");
    for (int i = 0; i < 500; i++) {
        base_text_addf(&header,
                       "%s{'asset_id':%d,'asset_name':'%d','bank_type':'SCENE','codec':'NONE','decoded_size':1000,"
                       "'metadata':{},'offset':%d,'size':1000}",
                       i > 0 ? "," : "", i + 1, i % 7, i * 1000);
    }
    base_text_add_string(&header, "],'preload':[]}");
    struct pack pack = pack_make(&(const struct plan){.header = base_text_string(&header), .payload = 500000});
    struct verify_build_bytes bytes = {.assets_pa = pack_bytes(&pack)};
    const unsigned jobs[] = {1, 0, 3, 1000};
    for (size_t i = 0; i < sizeof jobs / sizeof jobs[0]; i++) {
        struct verify_report report;
        verify_bytes(&bytes, &(const struct verify_options){.no_companions = true, .jobs = jobs[i]}, &report);
        struct base_text found = findings_text(&report, NULL);
        for (size_t asset = 0; asset < report.asset_count; asset++) {
            char hex[BASE_HASH_HEX + 1];
            base_hash_to_hex(report.assets[asset].payload_hash, hex);
            base_text_addf(&found, " %s", hex);
        }
        CHECK_U64(report.checked.bytes, pack.size);
        if (i == 0) {
            first = found;
        } else {
            CHECK_STRING(base_text_string(&found), base_text_string(&first));
            base_text_free(&found);
        }
        verify_report_free(&report);
    }
    base_text_free(&first);
    pack_free(&pack);
    base_text_free(&header);
}

/* ---- Limits against headers made to be hostile ---- */

UNIT_TEST(a_pointer_takes_only_the_beginning_of_an_endless_key)
{
    struct base_text header = BASE_TEXT_EMPTY;
    struct verify_report report;
    base_text_add_string(&header, "{'asset_table':[],'preload':[],'x");
    for (int i = 0; i < 2000; i++) {
        base_text_add_string(&header, "\\u00e9");
    }
    base_text_add_string(&header, "':1}");
    verify_plan(&(const struct plan){.header = base_text_string(&header)}, &report);
    const struct base_finding *finding = finding_of(&report, DIAG_HEADER_UNKNOWN_MEMBER);
    REQUIRE(finding != NULL);
    size_t length = strlen(finding->place.json_pointer);
    CHECK(length > 500 && length < 530);
    CHECK_STRING(finding->place.json_pointer + length - 3, "…");
    verify_report_free(&report);
    base_text_free(&header);
}

UNIT_TEST(the_list_does_not_outgrow_the_header)
{
    struct base_text header = BASE_TEXT_EMPTY;
    struct verify_report report;
    base_text_add_string(&header, "{'asset_table':[0");
    for (int i = 0; i < 20000; i++) {
        base_text_add_string(&header, ",0");
    }
    base_text_add_string(&header, "],'preload':[0");
    for (int i = 0; i < 20000; i++) {
        base_text_add_string(&header, ",0");
    }
    base_text_add_string(&header, "]}");
    verify_plan(&(const struct plan){.header = base_text_string(&header)}, &report);
    CHECK_U64(report.asset_count, header.size / 16 + 1000);
    CHECK_U64(report.preload_count, header.size / 16 + 1000);
    CHECK_U64(report.findings.total[DIAG_HEADER_SHAPE], 40002);
    CHECK(says(&report, "list of assets: only the first elements of the table are shown"));
    verify_report_free(&report);
    base_text_free(&header);
}
