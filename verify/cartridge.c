#include "verify/cartridge.h"

#include "verify/manifest.h"
#include "verify/report.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONGEST_MANIFEST = 1 << 24 };

static void tell(struct pp_report *report, enum pp_diagnostic diagnostic, const char *path, const char *text)
{
    struct pp_place place = PP_NOWHERE;
    place.file = path;
    pp_findings_add(&report->findings, diagnostic, &place, NULL, NULL, "%s", text);
}

/* Whether nothing usable stands there, as opposed to something that cannot be read. */
static bool is_absent(int problem)
{
    return problem == ENOENT || problem == ENOTDIR || problem == PP_FILE_NOT_REGULAR;
}

/* What to say of a manifest that is absent. Without a pack either, the directory is something else. */
static const char *describe_absent(int problem, const char *assets)
{
    struct stat status;
    if (problem == PP_FILE_NOT_REGULAR) {
        return "manifest.json is not a regular file";
    }
    return lstat(assets, &status) != 0 && errno == ENOENT
               ? "manifest.json is not there, nor is assets.pa: the directory is neither a cartridge nor a build"
               : "manifest.json is not there";
}

/* Returns whether the manifest could be judged. */
static bool examine_manifest(struct pp_report *report, const char *path, const char *assets)
{
    struct pp_file file;
    uint8_t *memory = NULL;
    size_t size = 0;
    int problem = pp_file_open(&file, path);
    if (is_absent(problem)) {
        tell(report, PP_CARTRIDGE_MANIFEST, path, describe_absent(problem, assets));
        return true;
    }
    if (problem == 0) {
        problem = pp_file_read_all(&file, LONGEST_MANIFEST, &memory, &size);
    }
    pp_file_close(&file);
    if (problem == PP_FILE_TOO_LARGE) {
        tell(report, PP_CARTRIDGE_MANIFEST, path, "manifest.json is larger than 16 MiB");
        return true;
    }
    if (problem != 0) {
        pp_tell_problem(&report->findings, path, 0, problem);
        return false;
    }
    report->checked.bytes += size;
    pp_examine_manifest(report, path, pp_bytes_make(memory, size));
    free(memory);
    return true;
}

/* What became of assets.pa. */
enum pack_state { PACK_ABSENT, PACK_LOADS, PACK_REFUSED, PACK_UNKNOWN };

static enum pack_state examine_assets(struct pp_report *report, const struct pp_verify_options *options,
                                      const char *path, const char **why)
{
    struct pp_file file;
    int problem = pp_file_open(&file, path);
    if (is_absent(problem)) {
        *why = problem == PP_FILE_NOT_REGULAR ? "assets.pa is not a regular file" : "assets.pa is not there";
        return PACK_ABSENT;
    }
    if (problem != 0) {
        pp_tell_problem(&report->findings, path, 0, problem);
        return PACK_UNKNOWN;
    }
    struct pp_examination examination = pp_examination_of(report, options, path, pp_input_from_file(&file));
    pp_examine_pack(&examination, NULL);
    enum pp_verdict loads = pp_verdict_of_loading(&examination.findings, examination.loading_judged);
    pp_findings_move(&report->findings, &examination.findings);
    pp_examination_free(&examination);
    pp_file_close(&file);
    *why = "assets.pa does not load";
    if (loads == PP_VERDICT_UNKNOWN) {
        return PACK_UNKNOWN;
    }
    return loads == PP_VERDICT_YES ? PACK_LOADS : PACK_REFUSED;
}

/* A finding of class L answers both questions, whatever it is about; without one, what could not be read leaves them open. */
static enum pp_verdict verdict_of(const struct pp_report *report, bool manifest_judged, enum pack_state pack)
{
    if (pp_findings_any(&report->findings, PP_CLASS_L)) {
        return PP_VERDICT_NO;
    }
    return manifest_judged && pack != PACK_UNKNOWN ? PP_VERDICT_YES : PP_VERDICT_UNKNOWN;
}

static void examine(struct pp_report *report, const struct pp_verify_options *options, const char *manifest,
                    const char *assets)
{
    const char *why = NULL;
    bool judged = examine_manifest(report, manifest, assets);
    enum pack_state pack = examine_assets(report, options, assets, &why);
    if (report->cartridge.declares_asset && (pack == PACK_ABSENT || pack == PACK_REFUSED)) {
        tell(report, PP_CARTRIDGE_ASSET_MISSING, assets, why);
    }
    pp_report_not_checked(report, "companions, recorded hashes and sources: a cartridge has none");
    pp_report_not_checked(report, "program.pbx: not read");
    report->loads = verdict_of(report, judged, pack);
}

void pp_examine_cartridge(struct pp_report *report, const struct pp_verify_options *options, const char *directory)
{
    char *manifest = pp_place_path(directory, "manifest.json");
    char *assets = pp_place_path(directory, "assets.pa");
    int fd;
    report->kind = PP_REPORT_CARTRIDGE;
    int problem = pp_directory_open(&fd, directory);
    if (problem == 0) {
        (void)close(fd);
    }
    if (manifest == NULL || assets == NULL) {
        pp_tell_no_memory(&report->findings, directory);
    } else if (problem != 0) {
        pp_tell_problem(&report->findings, directory, 0, problem);
    } else {
        examine(report, options, manifest, assets);
    }
    free(manifest);
    free(assets);
}

void pp_examine_reserved(struct pp_report *report, const char *path)
{
    report->kind = PP_REPORT_CARTRIDGE;
    tell(report, PP_CARTRIDGE_RESERVED, path, "no console loads a .pmc file yet");
    pp_report_not_checked(report, "inside of the .pmc file: the form is reserved");
    report->loads = PP_VERDICT_NO;
}
