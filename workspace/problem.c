#include "workspace/problem.h"

#include "base/file.h"

#include <errno.h>

void pp_report_out_of_memory(struct pp_findings *findings)
{
    findings->out_of_memory = true;
    pp_findings_add(findings, PP_ENVIRONMENT_MEMORY, &PP_NOWHERE, NULL, NULL, "memory ran out");
}

void pp_text_done(struct pp_findings *findings, struct pp_text *text)
{
    findings->out_of_memory = findings->out_of_memory || pp_text_failed(text);
    pp_text_free(text);
}

void pp_report_read_problem(struct pp_findings *findings, const struct pp_place *place, int problem,
                            enum pp_diagnostic missing, const char *missing_text)
{
    switch (problem) {
    case ENOENT:
    case ENOTDIR:
        pp_findings_add(findings, missing, place, NULL, NULL, "%s", missing_text);
        break;
    case ENOMEM:
        pp_report_out_of_memory(findings);
        break;
    case PP_FILE_NOT_REGULAR:
        pp_findings_add(findings, PP_INPUT_NOT_REGULAR, place, "a regular file", NULL,
                        "a directory, FIFO, socket or device stands there");
        break;
    case PP_FILE_OUTSIDE_ROOT:
        pp_findings_add(findings, PP_PATH_OUTSIDE, place, NULL, NULL, "the path leaves its root through a link");
        break;
    case ELOOP:
        pp_findings_add(findings, PP_PATH_OUTSIDE, place, NULL, NULL, "the path is a loop of links");
        break;
    case PP_FILE_SHRUNK:
        pp_findings_add(findings, PP_INPUT_CHANGED, place, NULL, NULL, "the file became shorter while it was read");
        break;
    default:
        pp_findings_add(findings, PP_ENVIRONMENT_READ, place, NULL, NULL, "could not be read: %s",
                        pp_file_problem_text(problem));
        break;
    }
}

void pp_report_write_problem(struct pp_findings *findings, const struct pp_place *place, int problem, const char *doing)
{
    if (problem == ENOMEM) {
        pp_report_out_of_memory(findings);
    } else {
        pp_findings_add(findings, PP_ENVIRONMENT_WRITE, place, NULL, NULL, "could not %s: %s", doing,
                        pp_file_problem_text(problem));
    }
}

bool pp_nothing_wrong_since(const struct pp_findings *findings, uint64_t before)
{
    return pp_findings_errors(findings) == before && !findings->out_of_memory;
}
