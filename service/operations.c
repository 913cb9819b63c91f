#include "service/operations.h"

#include "service/asked.h"
#include "service/policy.h"
#include "service/table/tables.h"

/* ---- Which findings count ---- */

/* Whether errors of class W keep the operation from its work. */
static bool refuses(enum service_operation_id id)
{
    return id == SERVICE_OPERATION_LIST || service_operation(id)->changes != SERVICE_CHANGES_NOTHING;
}

static void limit(struct service_answer *answer, const struct service_call *call)
{
    const struct service_findings_wish *wish = service_asked_findings(call->operation->request, call->request);
    answer->limited = wish != NULL && wish->has_max_findings;
    answer->most_shown = answer->limited ? wish->max_findings : 0;
}

/* Judges what the operation has not judged itself. */
static void judge(struct service_answer *answer, const struct service_call *call)
{
    const struct service_findings_wish *wish = service_asked_findings(call->operation->request, call->request);
    if (wish != NULL) {
        const struct base_policy policy = service_policy_of(wish, refuses(call->operation->id));
        service_policy_apply(&policy, &answer->findings);
        answer->status = service_status_worse(answer->status, service_status_of_findings(&answer->findings));
    }
}

/* ---- One way to run each ---- */

static void begin(struct service_answer *answer, const struct service_call *call)
{
    service_refuse(answer, call->operation);
    limit(answer, call);
    answer->ran = true;
}

/* Hands the answer over. What it owns besides its findings is for the caller to free. */
static enum service_status end(struct service_answer *answer, const struct service_call *call)
{
    judge(answer, call);
    if (answer->findings.out_of_memory && answer->status != SERVICE_STATUS_CANCELLED) {
        answer->status = SERVICE_STATUS_ENVIRONMENT;
    }
    call->take(call->take_context, answer);
    base_findings_free(&answer->findings);
    return answer->status;
}

static enum service_status run_init(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    struct service_init_result *result = &answer.result.init;
    answer.status = service_init(call->task, call->workspace, &call->request->init, result, &answer.findings);
    enum service_status status = end(&answer, call);
    service_init_result_free(result);
    return status;
}

/* The answer for one root. The result is lent; its findings come after those that concern all roots. */
static enum service_status answer_root(const struct service_call *call, struct service_add_result *result,
                                       struct base_findings *common, enum service_status of_all)
{
    struct service_answer answer;
    begin(&answer, call);
    base_findings_move(&answer.findings, common);
    base_findings_move(&answer.findings, &result->findings);
    answer.status = service_status_worse(result->added ? SERVICE_STATUS_WELL : of_all,
                                         service_status_of_findings(&answer.findings));
    answer.result.add = *result;
    return end(&answer, call);
}

/* What concerns all roots is said once, in the first answer. */
static enum service_status run_add(const struct service_call *call)
{
    struct service_additions additions;
    struct base_findings common;
    base_findings_init(&common);
    enum service_status status = service_add(call->task, call->workspace, &call->request->add, &additions, &common);
    enum service_status worst = status;
    enum service_status of_all = service_status_of_findings(&common);
    if (additions.count == 0) {
        struct service_answer answer;
        service_refuse(&answer, call->operation);
        answer.status = status;
        base_findings_move(&answer.findings, &common);
        worst = end(&answer, call);
    }
    for (size_t i = 0; i < additions.count && (i == 0 || status != SERVICE_STATUS_CANCELLED); i++) {
        worst = service_status_worse(worst, answer_root(call, &additions.items[i], &common, of_all));
    }
    service_additions_free(&additions);
    base_findings_free(&common);
    return worst;
}

static enum service_status find_palettes(const struct service_call *call, const char *asset)
{
    struct service_answer answer;
    begin(&answer, call);
    struct service_palettes_result *result = &answer.result.palettes;
    answer.status =
        service_palettes(call->task, call->workspace, asset, &call->request->palettes, result, &answer.findings);
    enum service_status status = end(&answer, call);
    service_palettes_result_free(result);
    return status;
}

/* Each asset by itself, in the order of the request. */
static enum service_status run_palettes(const struct service_call *call)
{
    const struct service_strings *names = &call->request->palettes.names;
    enum service_status worst = SERVICE_STATUS_WELL;
    for (size_t i = 0; i < names->count && worst != SERVICE_STATUS_CANCELLED; i++) {
        worst = service_status_worse(worst, find_palettes(call, names->items[i]));
    }
    return worst;
}

/* Shows what became of registered assets. */
static enum service_status end_change(struct service_answer *answer, const struct service_call *call,
                                      enum service_status status)
{
    answer->status = status;
    status = end(answer, call);
    service_change_result_free(&answer->result.change);
    return status;
}

static enum service_status run_include(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    return end_change(
        &answer, call,
        service_include(call->task, call->workspace, &call->request->change, &answer.result.change, &answer.findings));
}

static enum service_status run_exclude(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    return end_change(
        &answer, call,
        service_exclude(call->task, call->workspace, &call->request->change, &answer.result.change, &answer.findings));
}

static enum service_status run_forget(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    return end_change(
        &answer, call,
        service_forget(call->task, call->workspace, &call->request->change, &answer.result.change, &answer.findings));
}

static enum service_status run_remove(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    return end_change(
        &answer, call,
        service_remove(call->task, call->workspace, &call->request->change, &answer.result.change, &answer.findings));
}

static enum service_status run_rename(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    return end_change(
        &answer, call,
        service_rename(call->task, call->workspace, &call->request->rename, &answer.result.change, &answer.findings));
}

static enum service_status run_adopt(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    return end_change(
        &answer, call,
        service_adopt(call->task, call->workspace, &call->request->adopt, &answer.result.change, &answer.findings));
}

static enum service_status run_move(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    return end_change(
        &answer, call,
        service_move(call->task, call->workspace, &call->request->move, &answer.result.change, &answer.findings));
}

static enum service_status run_quarantine_restore(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    return end_change(&answer, call,
                      service_quarantine_restore(call->task, call->workspace, &call->request->restore,
                                                 &answer.result.change, &answer.findings));
}

static enum service_status run_quarantine_purge(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    struct service_purge_result *result = &answer.result.purge;
    answer.status =
        service_quarantine_purge(call->task, call->workspace, &call->request->purge, result, &answer.findings);
    enum service_status status = end(&answer, call);
    service_purge_result_free(result);
    return status;
}

static enum service_status run_quarantine_list(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    struct service_quarantine *result = &answer.result.quarantine;
    answer.status =
        service_quarantine_list(call->task, call->workspace, &call->request->quarantine_list, result, &answer.findings);
    enum service_status status = end(&answer, call);
    service_quarantine_free(result);
    return status;
}

static enum service_status run_undo(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    return end_change(
        &answer, call,
        service_undo(call->task, call->workspace, &call->request->undo, &answer.result.change, &answer.findings));
}

static enum service_status run_history(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    struct service_history *result = &answer.result.history;
    answer.status = service_history(call->task, call->workspace, &call->request->history, result, &answer.findings);
    enum service_status status = end(&answer, call);
    service_history_result_free(result);
    return status;
}

static enum service_status run_doctor(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    struct service_doctor_result *result = &answer.result.doctor;
    answer.status = service_doctor(call->task, call->workspace, &call->request->doctor, result, &answer.findings);
    enum service_status status = end(&answer, call);
    service_doctor_result_free(result);
    return status;
}

static enum service_status run_gc(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    struct service_gc_result *result = &answer.result.gc;
    answer.status = service_gc(call->task, call->workspace, &call->request->gc, result, &answer.findings);
    enum service_status status = end(&answer, call);
    service_gc_result_free(result);
    return status;
}

static enum service_status run_merge_registry(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    struct service_merge_result *result = &answer.result.merge;
    answer.status = service_merge_registry(call->task, &call->request->merge, result, &answer.findings);
    enum service_status status = end(&answer, call);
    service_merge_result_free(result);
    return status;
}

static enum service_status run_list(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    answer.status =
        service_list(call->task, call->workspace, &call->request->list, &answer.result.list, &answer.findings);
    enum service_status status = end(&answer, call);
    service_listing_free(&answer.result.list);
    return status;
}

static enum service_status run_show(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    struct service_shown *shown = &answer.result.show;
    answer.status = service_show(call->task, call->workspace, &call->request->show, shown, &answer.findings);
    enum service_status status = end(&answer, call);
    service_shown_free(shown);
    return status;
}

static enum service_status run_build(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    struct service_build_result *result = &answer.result.build;
    answer.status = service_build(call->task, call->workspace, &call->request->build, result, &answer.findings);
    base_findings_move(&answer.findings, &result->report.findings);
    enum service_status status = end(&answer, call);
    service_build_result_free(result);
    return status;
}

/* What a sink of answers gets. */
struct sink_context {
    const struct service_call *call;
};

_Static_assert(offsetof(struct service_watch_result, build) == 0, "its table is that of a build");

/* A service_watch_sink. The notes are not about the build, so no wish concerns them. */
static void take_build(void *context, enum service_status status, struct service_watch_result *result,
                       struct base_findings *findings, struct base_findings *notes)
{
    const struct service_call *call = ((const struct sink_context *)context)->call;
    struct service_answer answer;
    begin(&answer, call);
    answer.status = status;
    answer.result.watch = *result;
    base_findings_move(&answer.findings, findings);
    judge(&answer, call);
    base_findings_move(&answer.findings, notes);
    call->take(call->take_context, &answer);
    base_findings_free(&answer.findings);
}

static enum service_status run_watch(const struct service_call *call)
{
    struct sink_context context = {.call = call};
    struct service_answer answer;
    service_refuse(&answer, call->operation);
    answer.status =
        service_watch(call->task, call->workspace, &call->request->build, take_build, &context, &answer.findings);
    if (answer.findings.count > 0) {
        return end(&answer, call);
    }
    base_findings_free(&answer.findings);
    return answer.status;
}

/* A service_report_sink: the report is lent, and so are the findings, which the answer has in their place. */
static void take_report(void *context, const struct service_report *report)
{
    const struct service_call *call = ((const struct sink_context *)context)->call;
    struct service_answer answer;
    begin(&answer, call);
    answer.status = service_status_of_report(report);
    answer.result.report = *report;
    answer.findings = report->findings;
    base_findings_init(&answer.result.report.findings);
    call->take(call->take_context, &answer);
}

static enum service_status run_verify(const struct service_call *call)
{
    struct sink_context context = {.call = call};
    struct service_report report;
    enum service_status status = service_verify(call->task, call->workspace, &call->request->verify, &report);
    take_report(&context, &report);
    service_report_free(&report);
    return status;
}

static enum service_status run_inspect(const struct service_call *call)
{
    struct sink_context context = {.call = call};
    return service_inspect_each(call->task, &call->request->inspect, take_report, &context);
}

static enum service_status run_extract(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    struct service_extract_result *result = &answer.result.extract;
    answer.status = service_extract(call->task, &call->request->extract, result, &answer.findings);
    enum service_status status = end(&answer, call);
    service_extract_result_free(result);
    return status;
}

static enum service_status run_ids(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    struct service_ids_result *result = &answer.result.ids;
    answer.status = service_ids(call->task, call->workspace, &call->request->ids, result, &answer.findings);
    enum service_status status = end(&answer, call);
    service_ids_result_free(result);
    return status;
}

static enum service_status run_explain(const struct service_call *call)
{
    struct service_answer answer;
    begin(&answer, call);
    answer.status = service_explain(&call->request->explain, &answer.result.explain, &answer.findings);
    enum service_status status = end(&answer, call);
    service_explanations_free(&answer.result.explain);
    return status;
}

/* ---- The table ---- */

static const struct service_operation operations[SERVICE_OPERATION_COUNT] = {
#define SERVICE_OPERATION(symbol, called, what, asked, answered, line)                                                 \
    SERVICE_OPERATION_SPELT(symbol, #called, called, what, asked, answered, line)
#define SERVICE_OPERATION_SPELT(symbol, spelling, called, what, asked, answered, line)                                 \
    [SERVICE_OPERATION_##symbol] = {.id = SERVICE_OPERATION_##symbol,                                                  \
                                    .name = (spelling),                                                                \
                                    .summary = (line),                                                                 \
                                    .changes = SERVICE_CHANGES_##what,                                                 \
                                    .request = &service_request_##asked,                                               \
                                    .result = &service_members_##answered,                                             \
                                    .run = run_##called},
#define SERVICE_OPERATION_ON(symbol, first, second, what, asked, answered, line)                                       \
    [SERVICE_OPERATION_##symbol] = {.id = SERVICE_OPERATION_##symbol,                                                  \
                                    .name = #first " " #second,                                                        \
                                    .summary = (line),                                                                 \
                                    .changes = SERVICE_CHANGES_##what,                                                 \
                                    .request = &service_request_##asked,                                               \
                                    .result = &service_members_##answered,                                             \
                                    .run = run_##first##_##second},
#include "service/operations.def"
#undef SERVICE_OPERATION
#undef SERVICE_OPERATION_ON
#undef SERVICE_OPERATION_SPELT
};

const struct service_operation *service_operation(enum service_operation_id id)
{
    return &operations[id];
}

void service_refuse(struct service_answer *answer, const struct service_operation *operation)
{
    answer->operation = operation;
    answer->ran = false;
    answer->limited = false;
    answer->status = SERVICE_STATUS_USAGE;
    base_findings_init(&answer->findings);
}
