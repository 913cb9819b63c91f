#include "base/report.h"
#include "service/extracting/assets.h"
#include "service/extracting/choose.h"
#include "service/extracting/source.h"
#include "service/extracting/target.h"
#include "service/service.h"
#include "service/step.h"

#include <stdlib.h>
#include <string.h>

/* One call. */
struct extracting {
    struct base_task *task;
    const struct service_extract_request *request;
    struct service_extract_result *result;
    struct base_findings *findings;
    struct service_extract_target target;
    struct service_extract_source source;
    struct service_extract_companion companion;
    struct service_extract_titles titles;
    bool *chosen; /* of each entry */
};

static void drop_assets(struct service_extract_result *result)
{
    for (size_t i = 0; i < result->count; i++) {
        struct service_extracted_asset *asset = &result->assets[i];
        for (size_t j = 0; j < asset->file_count; j++) {
            free(asset->files[j].path);
        }
        free(asset->files);
        free(asset->name);
        free(asset->root);
    }
    free(result->assets);
    result->assets = NULL;
    result->count = 0;
    result->files = 0;
    result->bytes = 0;
}

/* ---- Before ---- */

static bool begin(struct extracting *extracting)
{
    const struct service_extract_request *request = extracting->request;
    struct service_extract_result *result = extracting->result;
    if (request->to == NULL) {
        const struct base_details details = {.place.request_field = SERVICE_FIELD_EXTRACT_TO};
        base_report(extracting->findings, DIAG_USAGE, &details, "the directory to extract into is missing");
        return false;
    }
    result->file = strdup(request->pack);
    result->directory = strdup(request->to);
    if (result->file == NULL || result->directory == NULL) {
        base_report_out_of_memory(extracting->findings, request->pack);
        return false;
    }
    return service_extract_target_check(&extracting->target, extracting->task, request->to, extracting->findings);
}

/* Examines the pack as `inspect` does. Whether it can be taken apart. */
static bool examine(struct extracting *extracting, enum service_status *status)
{
    const struct service_extract_request *request = extracting->request;
    const struct service_inspect_request asked = {
        .paths = {.items = &request->pack, .count = 1},
        .wait = request->wait,
        .jobs = request->jobs,
        .findings = request->findings,
    };
    struct service_report report;
    *status = service_inspect(extracting->task, request->pack, &asked, &report);
    bool loads = report.loads == SERVICE_VERDICT_YES;
    extracting->result->conforms = report.conforms;
    base_findings_move(extracting->findings, &report.findings);
    service_report_free(&report);
    return loads && !base_task_cancelled(extracting->task);
}

static bool choose(struct extracting *extracting)
{
    extracting->titles =
        (struct service_extract_titles){.source = &extracting->source, .companion = &extracting->companion};
    extracting->chosen = calloc(pp_pack_count(extracting->source.pack) + 1, sizeof *extracting->chosen);
    if (extracting->chosen == NULL) {
        base_report_out_of_memory(extracting->findings, extracting->source.path);
        return false;
    }
    return service_extract_choose(&extracting->titles, &extracting->request->names, extracting->task,
                                  extracting->chosen, extracting->findings);
}

/* ---- Writing ---- */

static bool write_assets(struct extracting *extracting)
{
    struct base_meter meter;
    const struct pp_pack *pack = extracting->source.pack;
    struct service_extract_files files = {
        .task = extracting->task,
        .pack = pack,
        .pack_path = extracting->source.path,
        .directory = extracting->target.plain,
        .stage_fd = extracting->target.stage_fd,
        .meter = &meter,
    };
    base_meter_begin(&meter, extracting->task, BASE_PHASE_WRITING, BASE_UNIT_BYTES,
                     service_extract_size(pack, extracting->chosen));
    bool done = service_extract_files_begin(&files);
    if (!done) {
        base_report_out_of_memory(extracting->findings, extracting->source.path);
    }
    done = done && service_extract_assets(&extracting->titles, extracting->chosen, &files, extracting->result,
                                          extracting->findings);
    base_meter_end(&meter);
    service_extract_files_free(&files);
    return done;
}

static void write(struct extracting *extracting)
{
    bool dry_run = extracting->request->dry_run;
    struct service_extract_target *target = &extracting->target;
    bool done = dry_run || service_extract_target_begin(target, extracting->request->wait, extracting->findings);
    done = done && write_assets(extracting) && !base_task_cancelled(extracting->task);
    done = done && (dry_run || service_extract_target_finish(target, extracting->findings));
    extracting->result->done = done;
    if (!done) {
        drop_assets(extracting->result);
    }
}

enum service_status service_extract(struct base_task *task, const struct service_extract_request *request,
                                    struct service_extract_result *result, struct base_findings *findings)
{
    enum service_status status = SERVICE_STATUS_WELL;
    struct extracting extracting = {
        .task = task,
        .request = request,
        .result = result,
        .findings = findings,
        .target = SERVICE_EXTRACT_TARGET_EMPTY,
    };
    *result = (struct service_extract_result){.conforms = SERVICE_VERDICT_UNKNOWN, .dry_run = request->dry_run};
    if (begin(&extracting) && examine(&extracting, &status) &&
        service_extract_source_open(&extracting.source, task, request->pack, findings) &&
        service_extract_companion_read(&extracting.companion, task, &extracting.source, findings) &&
        choose(&extracting)) {
        write(&extracting);
    }
    service_extract_companion_free(&extracting.companion);
    service_extract_source_free(&extracting.source);
    service_extract_target_free(&extracting.target);
    free(extracting.chosen);
    if (!result->done) {
        service_report_cancelled(task, findings, "nothing was written");
    }
    return service_status_worse(status, service_status_of_findings(findings));
}

void service_extract_result_free(struct service_extract_result *result)
{
    drop_assets(result);
    free(result->file);
    free(result->directory);
    *result = (struct service_extract_result){.conforms = SERVICE_VERDICT_UNKNOWN};
}
