#include "verify/verify.h"

#include "verify/cartridge/cartridge.h"
#include "verify/companions/companions.h"
#include "verify/companions/recorded.h"
#include "verify/core/report.h"
#include "verify/sources/sources.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct verify_options *options_or_default(const struct verify_options *options)
{
    static const struct verify_options defaults = {.jobs = 0};
    return options != NULL ? options : &defaults;
}

/* ---- One pack ---- */

struct verify_examination verify_examination_of(struct verify_report *report, const struct verify_options *options,
                                                const char *path, struct verify_file input)
{
    struct verify_examination examination = {.report = report, .options = options, .path = path, .input = input};
    base_findings_init(&examination.findings);
    return examination;
}

void verify_examination_free(struct verify_examination *examination)
{
    base_findings_free(&examination->findings);
    free(examination->header_memory);
    free(examination->entries);
    free(examination->preloads);
    verify_recorded_free(examination->record);
}

void verify_check_pack(struct verify_examination *examination, const struct verify_companions *companions)
{
    verify_open_with_reader(examination);
    verify_check_prelude(examination);
    if (examination->prelude_stands) {
        verify_check_header(examination);
    }
    verify_check_agreement(examination);
    if (companions != NULL) {
        verify_check_companions(examination, companions);
    }
    if (examination->record != NULL) {
        verify_check_recorded_hashes(examination);
    }
    verify_check_payloads(examination);
    if (companions != NULL) {
        verify_check_sources(examination);
    }
}

/* Examines a pack as all there is to the report. */
static void examine_alone(struct verify_report *report, const struct verify_options *options, const char *path,
                          struct verify_file input, const struct verify_companions *companions)
{
    struct verify_examination examination = verify_examination_of(report, options, path, input);
    verify_check_pack(&examination, companions);
    report->loads = verify_verdict_of_loading(&examination.findings, examination.loading_judged);
    base_findings_move(&report->findings, &examination.findings);
    verify_examination_free(&examination);
}

static void examine_file(struct verify_report *report, const struct verify_options *options, const char *path,
                         const struct verify_companions *companions)
{
    struct base_file file;
    int problem = base_file_open(&file, path);
    if (problem != 0) {
        verify_report_read_failure(&report->findings, path, 0, problem);
        return;
    }
    examine_alone(report, options, path, verify_file_from_file(&file), companions);
    base_file_close(&file);
}

void verify_pack(const char *path, const struct verify_options *options, struct verify_report *report)
{
    options = options_or_default(options);
    verify_report_begin(report, path);
    examine_file(report, options, path, NULL);
    verify_report_not_checked(report, "companions, recorded hashes and sources: the pack alone was examined");
    verify_report_end(report);
}

/* ---- With companions ---- */

/* Hashes and sources are recorded in a companion. */
static const char no_companions[] = "companions, recorded hashes and sources: said to be none";

static void examine_build(struct verify_report *report, const struct verify_options *options, const char *directory)
{
    struct verify_companions companions;
    char *path = base_path_join(directory, "assets.pa");
    if (path == NULL) {
        base_report_out_of_memory(&report->findings, directory);
    } else if (options->no_companions) {
        examine_file(report, options, path, NULL);
        verify_report_not_checked(report, no_companions);
    } else {
        verify_companions_open(&companions, directory, &report->findings);
        examine_file(report, options, path, &companions);
        verify_companions_close(&companions);
    }
    free(path);
}

void verify_build(const char *directory, const struct verify_options *options, struct verify_report *report)
{
    verify_report_begin(report, directory);
    examine_build(report, options_or_default(options), directory);
    verify_report_end(report);
}

void verify_bytes(const struct verify_build_bytes *build, const struct verify_options *options,
                  struct verify_report *report)
{
    struct verify_file input = verify_file_from_bytes(build->assets_pa);
    struct verify_companions companions;
    options = options_or_default(options);
    verify_report_begin(report, "assets.pa");
    if (options->no_companions) {
        examine_alone(report, options, "assets.pa", input, NULL);
        verify_report_not_checked(report, no_companions);
    } else {
        verify_companions_lend(&companions, build, &report->findings);
        examine_alone(report, options, "assets.pa", input, &companions);
        verify_companions_close(&companions);
    }
    verify_report_end(report);
}

/* ---- Cartridges, and whatever stands there ---- */

void verify_cartridge(const char *directory, const struct verify_options *options, struct verify_report *report)
{
    verify_report_begin(report, directory);
    verify_check_cartridge(report, options_or_default(options), directory);
    verify_report_end(report);
}

/* Sets *problem when that cannot be found out. */
static bool has(const char *directory, const char *name, int *problem)
{
    struct stat status;
    char *path = base_path_join(directory, name);
    bool there = path != NULL && lstat(path, &status) == 0;
    if (path == NULL) {
        *problem = ENOMEM;
    } else if (!there && errno != ENOENT) {
        *problem = errno;
    }
    free(path);
    return there;
}

/* A build has companions. Without one, an assets.pa is what is left of a cartridge whose manifest is missing. */
static bool is_build(const char *directory, int *problem)
{
    return !has(directory, "manifest.json", problem) && !has(directory, "program.pbx", problem) &&
           has(directory, "assets.pa", problem) &&
           (has(directory, "asset_table.json", problem) || has(directory, "preload.json", problem) ||
            has(directory, "asset_table_metadata.json", problem));
}

static void verify_directory(const char *path, const struct verify_options *options, struct verify_report *report)
{
    int problem = 0;
    bool build = is_build(path, &problem);
    if (problem != 0) {
        verify_report_begin(report, path);
        verify_report_read_failure(&report->findings, path, 0, problem);
        verify_report_end(report);
    } else if (build) {
        verify_build(path, options, report);
    } else {
        verify_cartridge(path, options, report);
    }
}

static bool ends_with(const char *path, const char *ending)
{
    size_t length = strlen(path);
    size_t size = strlen(ending);
    return length >= size && strcmp(path + length - size, ending) == 0;
}

void verify_path(const char *path, const struct verify_options *options, struct verify_report *report)
{
    struct stat status;
    bool there = stat(path, &status) == 0;
    if (there && S_ISDIR(status.st_mode)) {
        verify_directory(path, options, report);
    } else if (there && ends_with(path, ".pmc")) {
        verify_report_begin(report, path);
        verify_check_reserved(report, path);
        verify_report_end(report);
    } else {
        verify_pack(path, options, report);
    }
}
