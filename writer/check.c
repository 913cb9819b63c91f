#include "writer/check.h"

#include "writer/encode/encode.h"
#include "writer/plan/budget.h"
#include "writer/probe/probe.h"
#include "writer/report.h"

/* The steps of writer/build.c, with a payload that goes nowhere. */
static void check_planned(struct writer_plan *plan, const struct writer_work *work, uint64_t budget)
{
    struct base_findings *findings = work->subject.findings;
    writer_probe(work);
    writer_plan_check_budget(plan, work->subject.workspace, budget, findings);
    if (base_findings_any(findings, DIAG_CLASS_E) || findings->out_of_memory) {
        return;
    }
    struct base_meter untold;
    base_meter_begin(&untold, NULL, BASE_PHASE_PACKING, BASE_UNIT_BYTES, 0);
    const struct writer_region nowhere = {.pack = NULL, .written = &untold};
    writer_encode(work, &nowhere);
}

void writer_check_asset(struct base_task *task, const struct workspace *workspace, const struct workspace_asset *asset,
                        uint64_t max_decoded, const struct writer_sheets *sheets, struct base_findings *findings)
{
    struct workspace_asset only = *asset;
    struct workspace alone = *workspace;
    struct writer_plan plan;
    alone.assets = &only;
    alone.asset_count = 1;
    if (!writer_plan_create(&plan, task, &alone, NULL)) {
        if (!base_task_cancelled(task)) {
            (void)writer_report_memory(findings);
        }
        return;
    }
    const struct writer_work work = {
        .subject = {.task = task, .workspace = &alone, .asset = &only, .findings = findings, .sheets = sheets},
        .planned = &plan.assets[0],
    };
    check_planned(&plan, &work, max_decoded != 0 ? max_decoded : WRITER_DECODED_DEFAULT);
    writer_plan_free(&plan);
}
