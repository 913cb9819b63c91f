#include "verify/verify.h"

#include "verify/cartridge.h"
#include "verify/companion.h"
#include "verify/recorded.h"
#include "verify/report.h"
#include "verify/sources.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct pp_verify_options *options_or_default(const struct pp_verify_options *options)
{
    static const struct pp_verify_options defaults = {.jobs = 0};
    return options != NULL ? options : &defaults;
}

char *pp_place_path(const char *directory, const char *name)
{
    struct pp_text path = PP_TEXT_EMPTY;
    if (directory != NULL && directory[0] != '\0') {
        pp_text_add_string(&path, directory);
        if (directory[strlen(directory) - 1] != '/') {
            pp_text_add_char(&path, '/');
        }
    }
    pp_text_add_string(&path, name);
    return pp_text_take(&path);
}

/* ---- One pack ---- */

struct pp_examination pp_examination_of(struct pp_report *report, const struct pp_verify_options *options,
                                        const char *path, struct pp_input input)
{
    struct pp_examination examination = {.report = report, .options = options, .path = path, .input = input};
    pp_findings_init(&examination.findings);
    return examination;
}

void pp_examination_free(struct pp_examination *examination)
{
    pp_findings_free(&examination->findings);
    free(examination->header_memory);
    free(examination->entries);
    free(examination->preloads);
    pp_recorded_free(examination->record);
}

void pp_examine_pack(struct pp_examination *examination, const struct pp_companions *companions)
{
    pp_examine_opening(examination);
    pp_examine_prelude(examination);
    if (examination->prelude_stands) {
        pp_examine_header(examination);
    }
    pp_examine_agreement(examination);
    if (companions != NULL) {
        pp_examine_companions(examination, companions);
    }
    if (examination->record != NULL) {
        pp_examine_recorded_hashes(examination);
    }
    pp_examine_payloads(examination);
    if (companions != NULL) {
        pp_examine_sources(examination);
    }
}

/* Examines a pack as all there is to the report. */
static void examine_alone(struct pp_report *report, const struct pp_verify_options *options, const char *path,
                          struct pp_input input, const struct pp_companions *companions)
{
    struct pp_examination examination = pp_examination_of(report, options, path, input);
    pp_examine_pack(&examination, companions);
    report->loads = pp_verdict_of_loading(&examination.findings, examination.loading_judged);
    pp_findings_move(&report->findings, &examination.findings);
    pp_examination_free(&examination);
}

static void examine_file(struct pp_report *report, const struct pp_verify_options *options, const char *path,
                         const struct pp_companions *companions)
{
    struct pp_file file;
    int problem = pp_file_open(&file, path);
    if (problem != 0) {
        pp_tell_problem(&report->findings, path, 0, problem);
        return;
    }
    examine_alone(report, options, path, pp_input_from_file(&file), companions);
    pp_file_close(&file);
}

void pp_verify_pack(const char *path, const struct pp_verify_options *options, struct pp_report *report)
{
    options = options_or_default(options);
    pp_report_begin(report, path);
    examine_file(report, options, path, NULL);
    pp_report_not_checked(report, "companions, recorded hashes and sources: the pack alone was examined");
    pp_report_end(report);
}

/* ---- With companions ---- */

/* Hashes and sources are recorded in a companion. */
static const char no_companions[] = "companions, recorded hashes and sources: said to be none";

static void examine_build(struct pp_report *report, const struct pp_verify_options *options, const char *directory)
{
    struct pp_companions companions;
    char *path = pp_place_path(directory, "assets.pa");
    if (path == NULL) {
        pp_tell_no_memory(&report->findings, directory);
    } else if (options->no_companions) {
        examine_file(report, options, path, NULL);
        pp_report_not_checked(report, no_companions);
    } else {
        pp_companions_open(&companions, directory, &report->findings);
        examine_file(report, options, path, &companions);
        pp_companions_close(&companions);
    }
    free(path);
}

void pp_verify_build(const char *directory, const struct pp_verify_options *options, struct pp_report *report)
{
    pp_report_begin(report, directory);
    examine_build(report, options_or_default(options), directory);
    pp_report_end(report);
}

void pp_verify_bytes(const struct pp_build_bytes *build, const struct pp_verify_options *options,
                     struct pp_report *report)
{
    struct pp_input input = pp_input_from_bytes(build->assets_pa);
    struct pp_companions companions;
    options = options_or_default(options);
    pp_report_begin(report, "assets.pa");
    if (options->no_companions) {
        examine_alone(report, options, "assets.pa", input, NULL);
        pp_report_not_checked(report, no_companions);
    } else {
        pp_companions_lend(&companions, build, &report->findings);
        examine_alone(report, options, "assets.pa", input, &companions);
        pp_companions_close(&companions);
    }
    pp_report_end(report);
}

/* ---- Cartridges, and whatever stands there ---- */

void pp_verify_cartridge(const char *directory, const struct pp_verify_options *options, struct pp_report *report)
{
    pp_report_begin(report, directory);
    pp_examine_cartridge(report, options_or_default(options), directory);
    pp_report_end(report);
}

/* Sets *problem when that cannot be found out. */
static bool has(const char *directory, const char *name, int *problem)
{
    struct stat status;
    char *path = pp_place_path(directory, name);
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

static void verify_directory(const char *path, const struct pp_verify_options *options, struct pp_report *report)
{
    int problem = 0;
    bool build = is_build(path, &problem);
    if (problem != 0) {
        pp_report_begin(report, path);
        pp_tell_problem(&report->findings, path, 0, problem);
        pp_report_end(report);
    } else if (build) {
        pp_verify_build(path, options, report);
    } else {
        pp_verify_cartridge(path, options, report);
    }
}

static bool ends_with(const char *path, const char *ending)
{
    size_t length = strlen(path);
    size_t size = strlen(ending);
    return length >= size && strcmp(path + length - size, ending) == 0;
}

void pp_verify_path(const char *path, const struct pp_verify_options *options, struct pp_report *report)
{
    struct stat status;
    bool there = stat(path, &status) == 0;
    if (there && S_ISDIR(status.st_mode)) {
        verify_directory(path, options, report);
    } else if (there && ends_with(path, ".pmc")) {
        pp_report_begin(report, path);
        pp_examine_reserved(report, path);
        pp_report_end(report);
    } else {
        pp_verify_pack(path, options, report);
    }
}
