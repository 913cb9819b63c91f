#include "verify/verify.h"

#include "base/path.h"
#include "verify/cartridge/cartridge.h"
#include "verify/companions/companion.h"
#include "verify/core/findings.h"
#include "verify/core/set.h"
#include "verify/core/verdict.h"
#include "verify/pack.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct verify_options *options_or_default(const struct verify_options *options)
{
    static const struct verify_options defaults = {.jobs = 0};
    return options != NULL ? options : &defaults;
}

/* Begins a report. False when the task was cancelled already, which is then all that it says. */
static bool begin(const struct verify_options *options, const char *path, struct verify_sink *sink,
                  struct verify_report *report)
{
    verify_report_begin(report, sink, path);
    if (base_task_cancelled(options_or_default(options)->task)) {
        verify_report_cancelled(&sink->findings, path);
        return false;
    }
    return true;
}

/* ---- One pack ---- */

/* A pack that is all there is to the report. It lies in the set, or without one at `path`, which is its name in any
 * case. */
static void check_file(const struct verify_options *options, const struct verify_set *set, const char *path,
                       const struct verify_companions *companions, struct verify_sink *sink,
                       struct verify_report *report)
{
    struct base_file file;
    int problem = set != NULL ? verify_set_open_file(set, "assets.pa", &file)
                              : base_file_open_at(&file, base_task_directory(options->task), path);
    if (problem != 0) {
        verify_report_read_failure(&sink->findings, path, 0, problem);
        return;
    }
    struct verify_subject subject = {.options = options, .path = path, .input = verify_file_from_file(&file)};
    report->loads = verify_check_pack(&subject, companions, sink, report);
    base_file_close(&file);
}

void verify_pack(const char *path, const struct verify_options *options, struct verify_report *report)
{
    struct verify_sink sink;
    if (begin(options, path, &sink, report)) {
        check_file(options_or_default(options), NULL, path, NULL, &sink, report);
        verify_report_not_checked(&sink, "companions, recorded hashes and sources: the pack alone was examined");
    }
    verify_report_end(report, &sink, options_or_default(options)->policy);
}

/* ---- With companions ---- */

/* Hashes and sources are recorded in a companion. */
static const char no_companions[] = "companions, recorded hashes and sources: said to be none";

static void check_set(const struct verify_options *options, const struct verify_set *set, struct verify_sink *sink,
                      struct verify_report *report)
{
    struct verify_companions companions;
    char *path = base_path_join(set->shown, "assets.pa");
    if (path == NULL) {
        base_report_out_of_memory(&sink->findings, set->shown);
    } else if (options->no_companions) {
        check_file(options, set, path, NULL, sink, report);
        verify_report_not_checked(sink, no_companions);
    } else {
        verify_companions_open(&companions, set, &sink->findings);
        check_file(options, set, path, &companions, sink, report);
        verify_companions_close(&companions);
    }
    free(path);
}

static void check_build(const struct verify_options *options, const char *directory, const char *shown,
                        struct verify_sink *sink, struct verify_report *report)
{
    struct verify_set set;
    int problem = verify_set_open(&set, base_task_directory(options->task), directory, options->pending);
    set.shown = shown;
    if (problem != 0) {
        verify_report_read_failure(&sink->findings, shown, 0, problem);
    } else {
        check_set(options, &set, sink, report);
    }
    verify_set_close(&set);
}

void verify_build(const char *directory, const struct verify_options *options, struct verify_report *report)
{
    struct verify_sink sink;
    const char *shown = options_or_default(options)->shown;
    shown = shown != NULL ? shown : directory;
    if (begin(options, shown, &sink, report)) {
        check_build(options_or_default(options), directory, shown, &sink, report);
    }
    verify_report_end(report, &sink, options_or_default(options)->policy);
}

/* The pack and the companions of a build in memory, under these names. */
static void check_bytes(const struct verify_build_bytes *build, const struct verify_options *options, const char *path,
                        struct verify_sink *sink, struct verify_report *report)
{
    const struct base_bytes lent[VERIFY_COMPANIONS] = {
        [VERIFY_COMPANION_TABLE] = build->asset_table,
        [VERIFY_COMPANION_PRELOAD] = build->preload,
        [VERIFY_COMPANION_METADATA] = build->metadata,
    };
    struct verify_subject subject = {
        .options = options, .path = path, .input = verify_file_from_bytes(build->assets_pa)};
    struct verify_companions companions;
    if (options->no_companions) {
        report->loads = verify_check_pack(&subject, NULL, sink, report);
        verify_report_not_checked(sink, no_companions);
    } else {
        verify_companions_lend(&companions, lent, options->shown, &sink->findings);
        report->loads = verify_check_pack(&subject, &companions, sink, report);
        verify_companions_close(&companions);
    }
}

void verify_bytes(const struct verify_build_bytes *build, const struct verify_options *options,
                  struct verify_report *report)
{
    static const char name[] = "assets.pa";
    const char *shown = options_or_default(options)->shown;
    char *path = base_path_join(shown, name);
    struct verify_sink sink;
    if (begin(options, shown != NULL ? shown : name, &sink, report)) {
        if (path == NULL) {
            base_report_out_of_memory(&sink.findings, shown);
        } else {
            check_bytes(build, options_or_default(options), path, &sink, report);
        }
    }
    verify_report_end(report, &sink, options_or_default(options)->policy);
    free(path);
}

/* ---- Cartridges and other paths ---- */

void verify_cartridge(const char *directory, const struct verify_options *options, struct verify_report *report)
{
    struct verify_sink sink;
    if (begin(options, directory, &sink, report)) {
        verify_check_cartridge(options_or_default(options), directory, &sink, report);
    }
    verify_report_end(report, &sink, options_or_default(options)->policy);
}

/* A build has companions. A directory with assets.pa but no companions is treated as a cartridge without its manifest.
 */
bool verify_is_build(const struct base_task *task, const char *directory, const char *pending, int *problem)
{
    struct verify_set only; /* what is pending has artifacts alone */
    struct verify_set set;
    (void)verify_set_open(&only, base_task_directory(task), directory, NULL); /* cannot fail: nothing is pending */
    *problem = verify_set_open(&set, base_task_directory(task), directory, pending);
    bool build = *problem == 0 && !verify_set_has(&only, "manifest.json", problem) &&
                 !verify_set_has(&only, "program.pbx", problem) && verify_set_has(&set, "assets.pa", problem) &&
                 (verify_set_has(&set, "asset_table.json", problem) || verify_set_has(&set, "preload.json", problem) ||
                  verify_set_has(&set, "asset_table_metadata.json", problem));
    verify_set_close(&set);
    return build;
}

static void verify_directory(const char *path, const struct verify_options *options, struct verify_report *report)
{
    int problem;
    bool build =
        verify_is_build(options_or_default(options)->task, path, options_or_default(options)->pending, &problem);
    if (problem != 0) {
        struct verify_sink sink;
        verify_report_begin(report, &sink, path);
        verify_report_read_failure(&sink.findings, path, 0, problem);
        verify_report_end(report, &sink, options_or_default(options)->policy);
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
    bool there = fstatat(base_task_directory(options_or_default(options)->task), path, &status, 0) == 0;
    if (there && S_ISDIR(status.st_mode)) {
        verify_directory(path, options, report);
    } else if (there && ends_with(path, ".pmc")) {
        struct verify_sink sink;
        verify_report_begin(report, &sink, path);
        verify_check_reserved(path, &sink, report);
        verify_report_end(report, &sink, options_or_default(options)->policy);
    } else {
        verify_pack(path, options, report);
    }
}
