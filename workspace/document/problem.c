#include "workspace/document/problem.h"

#include "base/file.h"

#include <errno.h>

void workspace_report_out_of_memory(struct base_findings *findings)
{
    findings->out_of_memory = true;
    base_findings_add(findings, DIAG_ENVIRONMENT_MEMORY, &BASE_NOWHERE, NULL, NULL, "memory ran out");
}

void workspace_text_done(struct base_findings *findings, struct base_text *text)
{
    findings->out_of_memory = findings->out_of_memory || base_text_failed(text);
    base_text_free(text);
}

void workspace_report_read_problem(struct base_findings *findings, const struct base_place *place, int problem,
                                   enum diag missing, const char *missing_text)
{
    switch (problem) {
    case ENOENT:
    case ENOTDIR:
        base_findings_add(findings, missing, place, NULL, NULL, "%s", missing_text);
        break;
    case ENOMEM:
        workspace_report_out_of_memory(findings);
        break;
    case BASE_FILE_NOT_REGULAR:
        base_findings_add(findings, DIAG_INPUT_NOT_REGULAR, place, "a regular file", NULL,
                          "a directory, FIFO, socket or device stands there");
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
        base_findings_add(findings, DIAG_ENVIRONMENT_READ, place, NULL, NULL, "could not be read: %s",
                          base_file_problem_text(problem));
        break;
    }
}

void workspace_report_write_problem(struct base_findings *findings, const struct base_place *place, int problem,
                                    const char *doing)
{
    if (problem == ENOMEM) {
        workspace_report_out_of_memory(findings);
    } else {
        base_findings_add(findings, DIAG_ENVIRONMENT_WRITE, place, NULL, NULL, "could not %s: %s", doing,
                          base_file_problem_text(problem));
    }
}

bool workspace_nothing_wrong_since(const struct base_findings *findings, uint64_t before)
{
    return base_findings_errors(findings) == before && !findings->out_of_memory;
}
