#include "workspace/ignore_file.h"

#include "workspace/document/problem.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>

static void report(struct base_findings *findings, const struct base_place *place, int problem)
{
    if (problem == BASE_FILE_TOO_LARGE) {
        base_report(findings, DIAG_INPUT_TOO_LARGE,
                    &(struct base_details){.place = *place, .expected = "at most 65,536 bytes"},
                    "the list of what is meant to stay out is too long");
    } else {
        workspace_report_read_problem(findings, place, problem, DIAG_ENVIRONMENT_READ, "the file is missing");
    }
}

bool workspace_ignore_load(struct workspace_ignore *ignore, const struct workspace *workspace,
                           struct base_findings *findings)
{
    struct base_file file;
    uint8_t *data = NULL;
    size_t size = 0;
    *ignore = WORKSPACE_IGNORE_EMPTY;
    int problem = base_file_open_below(&file, workspace->assets_fd, WORKSPACE_IGNORE_PATH);
    if (problem == ENOENT) {
        return true;
    }
    if (problem == 0) {
        problem = base_file_read_all(&file, WORKSPACE_IGNORE_BYTES_MAX, &data, &size);
        base_file_close(&file);
    }
    if (problem == 0) {
        problem = workspace_ignore_parse(ignore, base_bytes_make(data, size)) ? 0 : ENOMEM;
        free(data);
    }
    if (problem != 0) {
        char *path = workspace_assets_path(workspace->assets_path, WORKSPACE_IGNORE_PATH, NULL);
        const struct base_place place = {.file = path};
        findings->out_of_memory = findings->out_of_memory || path == NULL;
        report(findings, &place, problem);
        free(path);
    }
    return problem == 0;
}
