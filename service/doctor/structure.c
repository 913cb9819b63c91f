#include "service/doctor/structure.h"

#include "base/report.h"
#include "service/transaction/output_check.h"
#include "service/transaction/targets.h"
#include "writer/writer.h"

#include <unistd.h>

static bool check_targets(const struct service_doctor_subject *subject, const struct service_output *output)
{
    const struct service_path where = service_output_where(output);
    int fd;
    if (service_directory_open(&where, &fd) != 0) {
        return true; /* a build would make it */
    }
    bool free = service_targets_are_free(fd, output->path, subject->findings);
    (void)close(fd);
    return free;
}

bool service_doctor_check_output(const struct service_doctor_subject *subject)
{
    struct service_output output;
    bool found = service_output_find(&output, subject->site, subject->request->output);
    bool fine = found &&
                service_output_check(&output, subject->site, &subject->workspace->registry, subject->findings) &&
                check_targets(subject, &output);
    subject->findings->out_of_memory = subject->findings->out_of_memory || !found;
    service_output_free(&output);
    return fine;
}

void service_doctor_pack(const struct service_doctor_subject *subject, struct service_doctor_sheets *sheets)
{
    const struct writer_sheets shown = {.context = sheets, .show = service_doctor_sheets_show};
    const struct writer_options options = {
        .task = subject->task,
        .jobs = subject->request->jobs,
        .max_decoded = subject->request->max_decoded,
        .sheets = &shown,
    };
    struct writer_summary summary;
    (void)writer_write_artifacts(subject->workspace, -1, "", &options, &summary, subject->findings);
}

void service_doctor_undeclared(const struct service_doctor_subject *subject)
{
    const struct workspace *workspace = subject->workspace;
    for (size_t i = 0; i < workspace->asset_count && !base_task_cancelled_in(subject->task, i); i++) {
        workspace_report_undeclared_by(workspace, workspace->assets[i].record, &workspace->assets[i].declaration,
                                       subject->findings);
    }
}
