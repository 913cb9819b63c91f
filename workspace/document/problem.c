#include "workspace/document/problem.h"

#include "base/file.h"

#include <errno.h>

void workspace_report_read_problem(struct base_findings *findings, const struct base_place *place, int problem,
                                   enum diag missing, const char *missing_text)
{
    switch (problem) {
    case ENOENT:
    case ENOTDIR:
        base_findings_add(findings, missing, place, NULL, NULL, "%s", missing_text);
        break;
    case BASE_FILE_NOT_REGULAR:
        base_findings_add(findings, DIAG_INPUT_NOT_REGULAR, place, "a regular file", NULL,
                          "the path leads to a directory, FIFO, socket or device");
        break;
    case BASE_FILE_OUTSIDE_ROOT:
        base_findings_add(findings, DIAG_PATH_OUTSIDE, place, NULL, NULL, "the path leaves its root through a link");
        break;
    case ELOOP:
        base_findings_add(findings, DIAG_PATH_OUTSIDE, place, NULL, NULL, "the path is a loop of links");
        break;
    case BASE_FILE_SHRUNK:
        base_findings_add(findings, DIAG_INPUT_CHANGED, place, NULL, NULL, "the file became shorter while it was read");
        break;
    default:
        base_report_read_failure(findings, place, problem);
        break;
    }
}

bool workspace_nothing_wrong_since(const struct base_findings *findings, uint64_t before)
{
    return base_findings_errors(findings) == before && !findings->out_of_memory;
}
