#include "service/publish.h"
#include "service/service.h"
#include "service/settle.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Whether the staged files are what the contract promises; the verdicts stand in result->report. */
static bool verify_staged(const char *workspace, const struct pp_publication *publication,
                          const struct pp_build_options *options, struct pp_build_result *result,
                          struct pp_findings *findings)
{
    const struct pp_verify_options verify = {
        .sources = workspace,
        .jobs = options->jobs,
        .progress = options->verify_progress,
        .progress_context = options->progress_context,
    };
    char *published = strdup(publication->output->path);
    if (published == NULL) {
        findings->out_of_memory = true;
        return false;
    }
    pp_verify_build(publication->staging, &verify, &result->report);
    result->verified = true;
    /* The report speaks of what is published, not of where it was staged. */
    free(result->report.file);
    result->report.file = published;
    return pp_status_of_report(&result->report) == PP_STATUS_WELL;
}

static void stage_and_publish(const struct pp_workspace *workspace, int registry_fd, const struct pp_output *output,
                              const struct pp_build_options *options, struct pp_build_result *result,
                              struct pp_findings *findings)
{
    const struct pp_write_options write = {
        .jobs = options->jobs,
        .progress = options->write_progress,
        .progress_context = options->progress_context,
    };
    struct pp_publication publication;
    if (!pp_publication_begin(&publication, registry_fd, output, options->wait, findings)) {
        return;
    }
    if (pp_write_artifacts(workspace, publication.staging_fd, publication.staging, &write, &result->summary,
                           findings) &&
        (!options->verify || verify_staged(workspace->directory, &publication, options, result, findings))) {
        result->published = pp_publication_commit(&publication, findings);
    } else {
        pp_publication_abandon(&publication);
    }
}

enum pp_status pp_service_build(const char *workspace, const struct pp_build_options *options,
                                struct pp_build_result *result, struct pp_findings *findings)
{
    *result = (struct pp_build_result){.published = PP_PUBLISHED_NOT};
    pp_findings_init(&result->report.findings);
    int lock = pp_lock_workspace(workspace, options->wait, findings);
    if (lock < 0) {
        return pp_status_of_findings(findings);
    }
    struct pp_output output;
    struct pp_workspace opened;
    if (!pp_output_find(&output, workspace, options->output != NULL ? options->output : "build")) {
        findings->out_of_memory = true;
    } else if (pp_workspace_open(&opened, workspace, findings)) {
        (void)pp_workspace_scan(&opened, findings);
        if (pp_workspace_load(&opened, findings)) {
            stage_and_publish(&opened, lock, &output, options, result, findings);
        }
        pp_workspace_close(&opened);
    }
    (void)close(lock);
    result->output = output.path;
    enum pp_status status = pp_status_of_findings(findings);
    return result->verified ? pp_status_worse(status, pp_status_of_report(&result->report)) : status;
}

void pp_build_result_free(struct pp_build_result *result)
{
    free(result->output);
    pp_report_free(&result->report);
    *result = (struct pp_build_result){.published = PP_PUBLISHED_NOT};
}
