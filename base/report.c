#include "base/report.h"

#include "base/file.h"

#include <errno.h>

void base_report_out_of_memory(struct base_findings *findings, const char *file)
{
    struct base_place place = BASE_NOWHERE;
    place.file = file;
    findings->out_of_memory = true;
    base_findings_add(findings, DIAG_ENVIRONMENT_MEMORY, &place, NULL, NULL, "memory ran out");
}

void base_report_read_failure(struct base_findings *findings, const struct base_place *place, int problem)
{
    if (problem == ENOMEM) {
        base_report_out_of_memory(findings, place->file);
        return;
    }
    base_findings_add(findings, DIAG_ENVIRONMENT_READ, place, NULL, NULL, "could not be read: %s",
                      base_file_problem_text(problem));
}

void base_report_write_failure(struct base_findings *findings, const struct base_place *place, const char *doing,
                               int problem)
{
    if (problem == ENOMEM) {
        base_report_out_of_memory(findings, place->file);
        return;
    }
    base_findings_add(findings, DIAG_ENVIRONMENT_WRITE, place, NULL, NULL, "could not %s: %s", doing,
                      base_file_problem_text(problem));
}
