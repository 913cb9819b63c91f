#include "verify/sources/source.h"

#include "base/path.h"
#include "verify/core/findings.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>

/* A file that is not where it was is source-changed. One that cannot be read does not answer the question. */
static bool is_gone(int problem)
{
    return problem == ENOENT || problem == ENOTDIR || problem == ELOOP || problem == ENAMETOOLONG ||
           problem == BASE_FILE_NOT_REGULAR || problem == BASE_FILE_OUTSIDE_ROOT;
}

void verify_report_source(const struct verify_source_asset *asset, enum diag diagnostic, const char *path, int64_t at,
                          const char *format, ...)
{
    struct base_findings *findings = &asset->sink->findings;
    struct base_text message = BASE_TEXT_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    base_text_addv(&message, format, arguments);
    va_end(arguments);
    struct base_place place = {
        .file = path,
        .has_byte_offset = at >= 0,
        .byte_offset = at >= 0 ? (uint64_t)at : 0,
        .has_asset_id = (asset->known->flags & VERIFY_ENTRY_HAS_ID) != 0,
        .asset_id = asset->known->asset_id,
    };
    base_findings_add(findings, diagnostic, &place, NULL, NULL, "%s", base_text_string(&message));
    base_text_release(&message, &findings->out_of_memory);
}

void verify_report_source_problem(const struct verify_source_asset *asset, const char *path, int problem)
{
    if (is_gone(problem)) {
        verify_report_source(asset, DIAG_SOURCE_CHANGED, path, -1, "the source cannot be found: %s",
                             base_file_problem_text(problem));
    } else {
        verify_report_read_failure(&asset->sink->findings, path, 0, problem);
    }
}

bool verify_source_open(const struct verify_source_asset *asset, const char *path, struct base_file *file, char **shown)
{
    *shown = base_path_join(asset->root_path, path);
    if (*shown == NULL) {
        base_report_out_of_memory(&asset->sink->findings, asset->root_path);
        return false;
    }
    int problem = base_file_open_below(file, asset->root_fd, path);
    if (problem != 0) {
        verify_report_source_problem(asset, *shown, problem);
        free(*shown);
        *shown = NULL;
        return false;
    }
    return true;
}
