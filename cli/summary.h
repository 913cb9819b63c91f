/* The job summary of GitHub Actions: the file that GITHUB_STEP_SUMMARY names. docs/contracts/ci-formats.md, 4. */
#ifndef PRPACK_CLI_SUMMARY_H
#define PRPACK_CLI_SUMMARY_H

#include "cli/arguments.h"

/* One run. Zero-initialise. */
struct cli_summary {
    const char *path; /* NULL: none was asked for. Borrowed from the environment */
    FILE *stream;     /* what is written here is appended to the file; NULL: there is none, or it cannot be written */
    int problem;      /* why; an errno value or a base_file_problem */
};

/* Opens the file, if the format has a summary and the environment names one: a regular file, or one that is made. */
void cli_summary_open(struct cli_summary *summary, const struct cli_arguments *arguments);

/* Writes what is left, and closes. Returns 0, or why the summary is not complete. */
int cli_summary_close(struct cli_summary *summary);

#endif
