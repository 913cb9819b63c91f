/* quarantine list: docs/contracts/workspace.md, 8.7. */
#include "base/report.h"
#include "service/quarantine/read.h"
#include "service/step.h"
#include "service/transaction/names.h"
#include "service/transaction/settle.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static int read_all(struct base_task *task, int quarantine_fd, struct service_quarantine *quarantine)
{
    struct base_names names = BASE_NAMES_EMPTY;
    int problem = service_quarantine_folders(quarantine_fd, &names);
    if (problem == 0) {
        quarantine->folders = calloc(names.count + 1, sizeof *quarantine->folders);
        problem = quarantine->folders != NULL ? 0 : ENOMEM;
    }
    for (size_t i = 0; problem == 0 && i < names.count; i++) {
        struct service_kept *kept = &quarantine->folders[quarantine->count++];
        int unread; /* the fault of the folder says it */
        problem = base_task_cancelled(task) ? ECANCELED
                                            : service_quarantine_read(quarantine_fd, names.items[i], kept, &unread);
    }
    base_names_free(&names);
    return problem;
}

static bool list(struct base_task *task, const struct workspace_place *place, struct service_quarantine *quarantine,
                 struct base_findings *findings)
{
    const struct service_lock_wish wish = {.task = task};
    struct service_site site;
    int fd;
    service_workspace_settle(task, place, findings);
    if (!service_look_at_workspace(&site, place, &wish, findings)) {
        return false;
    }
    int problem = service_quarantine_open(site.registry_fd, &fd);
    if (problem == 0) {
        problem = read_all(task, fd, quarantine);
        (void)close(fd);
    } else if (problem == ENOENT) {
        problem = 0;
    }
    if (problem != 0 && problem != ECANCELED) {
        char *display = workspace_assets_path(site.registry, SERVICE_QUARANTINE_NAME, NULL);
        const struct base_place at = {.file = display};
        base_report_read_failure(findings, &at, problem);
        free(display);
    }
    service_site_close(&site);
    return problem == 0;
}

enum service_status service_quarantine_list(struct base_task *task, const char *workspace,
                                            const struct service_quarantine_list_request *request,
                                            struct service_quarantine *quarantine, struct base_findings *findings)
{
    const struct workspace_place place = {.project = workspace, .assets = request->assets};
    struct base_findings step;
    *quarantine = (struct service_quarantine){.folders = NULL};
    base_findings_init(&step);
    quarantine->known = list(task, &place, quarantine, &step);
    bool goes_on = service_step_end(task, findings, &step);
    if (!goes_on) {
        service_report_cancelled(task, findings, "the quarantine was not read");
    }
    if (!goes_on || !quarantine->known) {
        service_quarantine_free(quarantine); /* half of it would pass for all of it */
    }
    return service_status_of_findings(findings);
}

void service_quarantine_free(struct service_quarantine *quarantine)
{
    for (size_t i = 0; i < quarantine->count; i++) {
        service_kept_free(&quarantine->folders[i]);
    }
    free(quarantine->folders);
    *quarantine = (struct service_quarantine){.folders = NULL};
}
