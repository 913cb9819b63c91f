/* doctor: docs/contracts/workspace.md, 8.10. */
#include "service/doctor/content.h"
#include "service/doctor/files.h"
#include "service/doctor/fix.h"
#include "service/doctor/leftover.h"
#include "service/doctor/loaded.h"
#include "service/doctor/names.h"
#include "service/doctor/structure.h"
#include "service/planned.h"
#include "service/reached.h"
#include "service/registered.h"
#include "service/selected.h"
#include "service/step.h"
#include "service/transaction/settle.h"
#include "workspace/leads.h"

#include <stdlib.h>

/* One examination. */
struct work {
    struct base_task *task;
    const struct service_doctor_request *request;
    struct service_doctor_result *result;
    const struct service_site *site;
    struct workspace workspace;
    struct service_doctor_loaded loaded;
    struct base_findings *findings;
};

static struct service_doctor_subject subject_of(struct work *work)
{
    return (struct service_doctor_subject){
        .task = work->task,
        .request = work->request,
        .site = work->site,
        .workspace = &work->workspace,
        .assets = work->loaded.assets,
        .count = work->loaded.count,
        .findings = work->findings,
    };
}

/* Without `workspace` what is not registered is no advice. */
static bool is_registered(const struct base_finding *finding)
{
    return finding->diagnostic != DIAG_ANCHOR_UNREGISTERED && finding->diagnostic != DIAG_ART_UNREGISTERED;
}

static void scan(struct work *work)
{
    struct base_findings scanned;
    base_findings_init(&scanned);
    (void)workspace_scan_large(&work->workspace, SERVICE_DOCTOR_LARGE, work->request->workspace, &scanned);
    if (work->request->workspace) {
        base_findings_move(work->findings, &scanned);
    } else {
        service_select_findings(work->findings, &scanned, is_registered);
        work->result->unregistered =
            scanned.total[DIAG_ANCHOR_UNREGISTERED] > 0 || scanned.total[DIAG_ART_UNREGISTERED] > 0;
    }
    base_findings_free(&scanned);
}

/* Advice about sheets comes after the findings of the writer, which shows them while it packs. */
static void pack(struct work *work, bool builds)
{
    const struct service_doctor_subject subject = subject_of(work);
    struct service_doctor_sheets sheets;
    if (!service_doctor_sheets_begin(&sheets, &subject)) {
        work->findings->out_of_memory = true;
    } else {
        if (builds) {
            service_doctor_pack(&subject, &sheets);
            service_reach(&work->result->reached, SERVICE_REACHED_SOURCES, work->task, work->findings);
        }
        service_doctor_undeclared(&subject);
        service_doctor_sheets_end(&sheets);
    }
    service_doctor_sheets_free(&sheets);
}

static void advise(struct work *work)
{
    const struct service_doctor_subject subject = subject_of(work);
    struct service_doctor_inputs inputs;
    if (service_doctor_inputs_find(&inputs, &subject)) {
        service_doctor_inputs_sort_by_file(&inputs);
        service_doctor_files(&inputs);
        service_doctor_content(&inputs, work->result);
    } else {
        work->findings->out_of_memory = true;
    }
    service_doctor_inputs_free(&inputs);
    service_doctor_names(&subject);
    service_doctor_leftovers(&subject);
}

/* A registry that cannot be read leaves nothing but its findings to say. */
static void examine_opened(struct work *work)
{
    const struct service_doctor_subject unloaded = subject_of(work);
    bool free = service_doctor_check_output(&unloaded);
    scan(work);
    if (service_doctor_load(&work->loaded, &work->workspace, work->request->jobs, work->findings)) {
        work->result->assets = work->workspace.registry.count;
        service_reach(&work->result->reached, SERVICE_REACHED_DECLARATIONS, work->task, work->findings);
        workspace_lead_on(&work->workspace, work->findings);
        pack(work, free && work->loaded.fine);
        advise(work);
    }
    service_doctor_loaded_free(&work->loaded);
}

static void keep_registered(struct work *work)
{
    bool kept = service_registered_copy(&work->result->registered, &work->workspace.registry);
    work->findings->out_of_memory = work->findings->out_of_memory || !kept;
    service_reach(&work->result->reached, SERVICE_REACHED_REGISTRY, work->task, work->findings);
}

static void examine(struct work *work, const struct workspace_place *place)
{
    if (workspace_open(&work->workspace, place, work->task, work->findings)) {
        keep_registered(work);
        examine_opened(work);
    }
    workspace_close(&work->workspace);
}

static bool check_request(const struct service_doctor_request *request, struct base_findings *findings)
{
    if (request->dry_run && !request->fix) {
        base_report(findings, DIAG_USAGE, &(struct base_details){.place.request_field = SERVICE_FIELD_DOCTOR_DRY_RUN},
                    "only what is fixed can be run dry");
        return false;
    }
    return true;
}

enum service_status service_doctor(struct base_task *task, const char *workspace,
                                   const struct service_doctor_request *request, struct service_doctor_result *result,
                                   struct base_findings *findings)
{
    const struct workspace_place place = {.project = workspace, .assets = request->assets};
    const struct service_lock_wish wish = {.task = task};
    struct service_site site;
    struct base_findings step;
    *result = (struct service_doctor_result){.dry_run = request->dry_run, .fixed = request->fix};
    if (!check_request(request, findings)) {
        return SERVICE_STATUS_USAGE;
    }
    base_findings_init(&step);
    bool examines = service_doctor_fix(task, &place, request, result, findings);
    result->examined = !examines && !base_task_cancelled(task);
    if (examines && !base_task_cancelled(task) && service_look_at_workspace(&site, &place, &wish, findings)) {
        struct work work = {
            .task = task,
            .request = request,
            .result = result,
            .site = &site,
            .workspace = WORKSPACE_EMPTY,
            .findings = &step,
        };
        examine(&work, &place);
        result->examined = !base_task_cancelled(task);
        service_site_close(&site);
    }
    (void)service_step_end(task, findings, &step);
    if (!result->examined) {
        service_report_cancelled(task, findings, "the examination is not complete");
    }
    return service_status_of_findings(findings);
}

void service_doctor_result_free(struct service_doctor_result *result)
{
    for (size_t i = 0; i < result->equal_count; i++) {
        base_names_free(&result->equal[i].files);
    }
    free(result->equal);
    service_planned_free(&result->plan);
    service_registered_free(&result->registered);
    *result = (struct service_doctor_result){.equal = NULL};
}
