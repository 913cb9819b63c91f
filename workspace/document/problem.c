#include "workspace/document/problem.h"

#include "base/file.h"

#include <errno.h>

void workspace_report_read_problem(struct base_findings *findings, const struct base_place *place, int problem,
                                   enum diag missing, const char *missing_text)
{
    workspace_report_read_problem_details(findings, &(struct base_details){.place = *place}, problem, missing,
                                          missing_text);
}

void workspace_report_read_problem_details(struct base_findings *findings, const struct base_details *given,
                                           int problem, enum diag missing, const char *missing_text)
{
    struct base_details details = {.place = given->place};
    switch (problem) {
    case ENOENT:
    case ENOTDIR:
        base_report(findings, missing, given, "%s", missing_text);
        break;
    case BASE_FILE_NOT_REGULAR:
        details.expected = "a regular file";
        base_report(findings, DIAG_INPUT_NOT_REGULAR, &details,
                    "the path leads to a directory, FIFO, socket or device");
        break;
    case BASE_FILE_OUTSIDE_ROOT:
        base_report(findings, DIAG_PATH_OUTSIDE, &details, "the path leaves its root through a link");
        break;
    case ELOOP:
        base_report(findings, DIAG_PATH_OUTSIDE, &details, "the path is a loop of links");
        break;
    case BASE_FILE_SHRUNK:
        base_report(findings, DIAG_INPUT_CHANGED, &details, "the file became shorter while it was read");
        break;
    default:
        base_report_read_failure(findings, &given->place, problem);
        break;
    }
}

bool workspace_nothing_wrong_since(const struct base_findings *findings, uint64_t before)
{
    return base_findings_errors(findings) == before && !findings->out_of_memory;
}
