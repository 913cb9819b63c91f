#include "verify/cartridge/cartridge.h"

#include "base/directory.h"
#include "base/path.h"
#include "verify/cartridge/manifest.h"
#include "verify/core/findings.h"
#include "verify/pack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONGEST_MANIFEST = 1 << 24 };

static void report_finding(struct verify_sink *sink, enum diag diagnostic, const char *path, const char *text)
{
    base_report(&sink->findings, diagnostic, &(struct base_details){.place.file = path}, "%s", text);
}

/* Whether there is nothing usable, as opposed to something that cannot be read. */
static bool is_absent(int problem)
{
    return problem == ENOENT || problem == ENOTDIR || problem == BASE_FILE_NOT_REGULAR;
}

/* Says that the manifest is absent. Without a pack either, the directory is something else. */
static void report_absent(struct verify_sink *sink, int problem, int root_fd, const char *path, const char *assets)
{
    struct stat status;
    if (problem == BASE_FILE_NOT_REGULAR) {
        report_finding(sink, DIAG_CARTRIDGE_MANIFEST, path, "manifest.json is not a regular file");
    } else if (fstatat(root_fd, assets, &status, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT) {
        base_report(&sink->findings, DIAG_CARTRIDGE_MANIFEST,
                    &(struct base_details){.place.file = path, .cause = DIAG_CAUSE_NO_CARTRIDGE},
                    "manifest.json is not there, nor is assets.pa: the directory is neither a cartridge nor a build");
    } else {
        report_finding(sink, DIAG_CARTRIDGE_MANIFEST, path, "manifest.json is not there");
    }
}

/* Returns whether the manifest could be checked. */
static bool check_manifest(int root_fd, const char *path, const char *assets, struct verify_sink *sink,
                           struct verify_report *report)
{
    struct base_file file;
    uint8_t *memory = NULL;
    size_t size = 0;
    int problem = base_file_open_at(&file, root_fd, path);
    if (is_absent(problem)) {
        report_absent(sink, problem, root_fd, path, assets);
        return true;
    }
    if (problem == 0) {
        problem = base_file_read_all(&file, LONGEST_MANIFEST, &memory, &size);
    }
    base_file_close(&file);
    if (problem == BASE_FILE_TOO_LARGE) {
        report_finding(sink, DIAG_CARTRIDGE_MANIFEST, path, "manifest.json is larger than 16 MiB");
        return true;
    }
    if (problem != 0) {
        verify_report_read_failure(&sink->findings, path, 0, problem);
        return false;
    }
    sink->checked.bytes += size;
    verify_check_manifest(path, base_bytes_make(memory, size), sink, report);
    free(memory);
    return true;
}

/* What became of assets.pa. */
enum pack_state { PACK_ABSENT, PACK_LOADS, PACK_REFUSED, PACK_UNKNOWN };

static enum pack_state check_assets(const struct verify_options *options, const char *path, struct verify_sink *sink,
                                    struct verify_report *report, const char **why)
{
    struct base_file file;
    int problem = base_file_open_at(&file, base_task_directory(options->task), path);
    if (is_absent(problem)) {
        *why = problem == BASE_FILE_NOT_REGULAR ? "assets.pa is not a regular file" : "assets.pa is not there";
        return PACK_ABSENT;
    }
    if (problem != 0) {
        verify_report_read_failure(&sink->findings, path, 0, problem);
        return PACK_UNKNOWN;
    }
    struct verify_subject subject = {.options = options, .path = path, .input = verify_file_from_file(&file)};
    enum verify_verdict loads = verify_check_pack(&subject, NULL, sink, report);
    base_file_close(&file);
    *why = "assets.pa does not load";
    if (loads == VERIFY_VERDICT_UNKNOWN) {
        return PACK_UNKNOWN;
    }
    return loads == VERIFY_VERDICT_YES ? PACK_LOADS : PACK_REFUSED;
}

/* A finding of class L answers both questions, whatever it is about; without one, what could not be read leaves them
 * open. */
static enum verify_verdict verdict_of(const struct base_findings *findings, bool manifest_is_checked,
                                      enum pack_state pack)
{
    if (base_findings_any(findings, DIAG_CLASS_L)) {
        return VERIFY_VERDICT_NO;
    }
    return manifest_is_checked && pack != PACK_UNKNOWN ? VERIFY_VERDICT_YES : VERIFY_VERDICT_UNKNOWN;
}

static void check_files(const struct verify_options *options, const char *manifest, const char *assets,
                        struct verify_sink *sink, struct verify_report *report)
{
    const char *why = NULL;
    bool is_checked = check_manifest(base_task_directory(options->task), manifest, assets, sink, report);
    enum pack_state pack = check_assets(options, assets, sink, report, &why);
    if (report->cartridge.declares_asset && (pack == PACK_ABSENT || pack == PACK_REFUSED)) {
        report_finding(sink, DIAG_CARTRIDGE_ASSET_MISSING, assets, why);
    }
    verify_report_not_checked(sink, "companions, recorded hashes and sources: a cartridge has none");
    verify_report_not_checked(sink, "program.pbx: not read");
    report->loads = verdict_of(&sink->findings, is_checked, pack);
}

void verify_check_cartridge(const struct verify_options *options, const char *directory, struct verify_sink *sink,
                            struct verify_report *report)
{
    char *manifest = base_path_join(directory, "manifest.json");
    char *assets = base_path_join(directory, "assets.pa");
    int fd;
    report->kind = VERIFY_REPORT_CARTRIDGE;
    int problem = base_directory_open(&fd, base_task_directory(options->task), directory);
    if (problem == 0) {
        (void)close(fd);
    }
    if (manifest == NULL || assets == NULL) {
        base_report_out_of_memory(&sink->findings, directory);
    } else if (problem != 0) {
        verify_report_read_failure(&sink->findings, directory, 0, problem);
    } else {
        check_files(options, manifest, assets, sink, report);
    }
    free(manifest);
    free(assets);
}

void verify_check_reserved(const char *path, struct verify_sink *sink, struct verify_report *report)
{
    report->kind = VERIFY_REPORT_CARTRIDGE;
    report_finding(sink, DIAG_CARTRIDGE_RESERVED, path, "no console loads a .pmc file yet");
    verify_report_not_checked(sink, "inside of the .pmc file: the form is reserved");
    report->loads = VERIFY_VERDICT_NO;
}
