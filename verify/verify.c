#include "verify/verify.h"

#include "base/path.h"
#include "verify/cartridge/cartridge.h"
#include "verify/companions/companion.h"
#include "verify/core/findings.h"
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

/* A pack that is all there is to the report. */
static void check_file(const struct verify_options *options, const char *path,
                       const struct verify_companions *companions, struct verify_sink *sink,
                       struct verify_report *report)
{
    struct base_file file;
    int problem = base_file_open(&file, path);
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
        check_file(options_or_default(options), path, NULL, &sink, report);
        verify_report_not_checked(&sink, "companions, recorded hashes and sources: the pack alone was examined");
    }
    verify_report_end(report, &sink);
}

/* ---- With companions ---- */

/* Hashes and sources are recorded in a companion. */
static const char no_companions[] = "companions, recorded hashes and sources: said to be none";

static void check_build(const struct verify_options *options, const char *directory, struct verify_sink *sink,
                        struct verify_report *report)
{
    struct verify_companions companions;
    char *path = base_path_join(directory, "assets.pa");
    if (path == NULL) {
        base_report_out_of_memory(&sink->findings, directory);
    } else if (options->no_companions) {
        check_file(options, path, NULL, sink, report);
        verify_report_not_checked(sink, no_companions);
    } else {
        verify_companions_open(&companions, directory, &sink->findings);
        check_file(options, path, &companions, sink, report);
        verify_companions_close(&companions);
    }
    free(path);
}

void verify_build(const char *directory, const struct verify_options *options, struct verify_report *report)
{
    struct verify_sink sink;
    if (begin(options, directory, &sink, report)) {
        check_build(options_or_default(options), directory, &sink, report);
    }
    verify_report_end(report, &sink);
}

void verify_bytes(const struct verify_build_bytes *build, const struct verify_options *options,
                  struct verify_report *report)
{
    const struct base_bytes lent[VERIFY_COMPANIONS] = {
        [VERIFY_COMPANION_TABLE] = build->asset_table,
        [VERIFY_COMPANION_PRELOAD] = build->preload,
        [VERIFY_COMPANION_METADATA] = build->metadata,
    };
    struct verify_subject subject = {
        .options = options_or_default(options),
        .path = "assets.pa",
        .input = verify_file_from_bytes(build->assets_pa),
    };
    struct verify_companions companions;
    struct verify_sink sink;
    verify_report_begin(report, &sink, subject.path);
    if (subject.options->no_companions) {
        report->loads = verify_check_pack(&subject, NULL, &sink, report);
        verify_report_not_checked(&sink, no_companions);
    } else {
        verify_companions_lend(&companions, lent, &sink.findings);
        report->loads = verify_check_pack(&subject, &companions, &sink, report);
        verify_companions_close(&companions);
    }
    verify_report_end(report, &sink);
}

/* ---- Cartridges and other paths ---- */

void verify_cartridge(const char *directory, const struct verify_options *options, struct verify_report *report)
{
    struct verify_sink sink;
    if (begin(options, directory, &sink, report)) {
        verify_check_cartridge(options_or_default(options), directory, &sink, report);
    }
    verify_report_end(report, &sink);
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

/* A build has companions. A directory with assets.pa but no companions is treated as a cartridge without its manifest.
 */
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
        struct verify_sink sink;
        verify_report_begin(report, &sink, path);
        verify_report_read_failure(&sink.findings, path, 0, problem);
        verify_report_end(report, &sink);
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
        struct verify_sink sink;
        verify_report_begin(report, &sink, path);
        verify_check_reserved(path, &sink, report);
        verify_report_end(report, &sink);
    } else {
        verify_pack(path, options, report);
    }
}
