#include "base/report.h"

#include "base/file.h"

#include <errno.h>

void base_report_out_of_memory(struct base_findings *findings, const char *file)
{
    findings->out_of_memory = true;
    base_report(findings, DIAG_ENVIRONMENT_MEMORY, &(struct base_details){.place.file = file}, "memory ran out");
}

void base_report_read_failure(struct base_findings *findings, const struct base_place *place, int problem)
{
    if (problem == ENOMEM) {
        base_report_out_of_memory(findings, place->file);
        return;
    }
    base_report(findings, DIAG_ENVIRONMENT_READ, &(struct base_details){.place = *place}, "could not be read: %s",
                base_file_problem_text(problem));
}

enum diag_cause base_write_cause(int problem)
{
    switch (problem) {
    case EACCES:
    case EPERM:
        return DIAG_CAUSE_WRITE_DENIED;
    case ENOSPC:
    case EDQUOT:
        return DIAG_CAUSE_WRITE_FULL;
    case EROFS:
        return DIAG_CAUSE_WRITE_READ_ONLY;
    case ENOTDIR:
        return DIAG_CAUSE_WRITE_NO_DIRECTORY;
    default:
        return DIAG_CAUSE_NONE;
    }
}

void base_report_write_failure(struct base_findings *findings, const struct base_place *place, const char *doing,
                               int problem)
{
    if (problem == ENOMEM) {
        base_report_out_of_memory(findings, place->file);
        return;
    }
    base_report(findings, DIAG_ENVIRONMENT_WRITE,
                &(struct base_details){.place = *place, .cause = base_write_cause(problem)}, "could not %s: %s", doing,
                base_file_problem_text(problem));
}
