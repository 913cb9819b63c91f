#include "service/incremental/incremental.h"

#include "service/incremental/artifacts.h"
#include "service/incremental/explain.h"
#include "service/incremental/survey.h"
#include "service/step.h"
#include "workspace/path.h"

#include <stdlib.h>

struct service_incremental {
    struct service_incremental_request request;
    struct service_cache cache;   /* of the last build; empty when there is none */
    struct service_survey survey; /* its cache is the one above, or NULL: nothing is kept */
    struct base_file pack;        /* of the last build; for the provider */
    struct base_text text;        /* the next cache */
    bool staged;                  /* the next three are known */
    uint64_t payload_offset;      /* of the staged pack */
    struct base_content artifacts[SERVICE_ARTIFACT_COUNT];
};

struct service_incremental *service_incremental_begin(const struct service_incremental_request *request,
                                                      struct base_findings *findings)
{
    struct service_incremental *incremental = malloc(sizeof *incremental);
    if (incremental == NULL) {
        findings->out_of_memory = true;
        return NULL;
    }
    *incremental = (struct service_incremental){
        .request = *request, .cache = SERVICE_CACHE_EMPTY, .pack = BASE_FILE_CLOSED, .text = BASE_TEXT_EMPTY};
    bool known = !request->ignore && service_cache_read(&incremental->cache, request->workspace->task,
                                                        request->registry_fd, request->output);
    if (!service_survey_make(&incremental->survey, request->workspace, known ? &incremental->cache : NULL,
                             request->begun, request->jobs, request->show_pixels, findings)) {
        service_incremental_end(incremental);
        return NULL;
    }
    return incremental;
}

void service_incremental_end(struct service_incremental *incremental)
{
    if (incremental == NULL) {
        return;
    }
    base_file_close(&incremental->pack);
    base_text_free(&incremental->text);
    service_survey_free(&incremental->survey);
    service_cache_free(&incremental->cache);
    free(incremental);
}

/* The inputs of one record. */
static bool each_input(const struct service_survey *survey, size_t index, service_file_visitor visit, void *context)
{
    const struct workspace_record *record = &survey->workspace->registry.records[index];
    const struct workspace_declaration *declaration = service_survey_declaration(survey, index);
    const struct service_cached_asset *kept = survey->differences[index].change == SERVICE_SURVEY_SAME
                                                  ? service_cache_find(survey->cache, record->asset_id)
                                                  : NULL;
    bool going_on = true;
    for (size_t i = 0; going_on && declaration != NULL && i < declaration->input_count; i++) {
        going_on = visit(context, record->root, declaration->inputs[i].path);
    }
    for (size_t i = 0; going_on && kept != NULL && i < kept->input_count; i++) {
        going_on = visit(context, record->root, kept->paths[i]);
    }
    return going_on;
}

bool service_incremental_each_file(const struct service_incremental *incremental, service_file_visitor visit,
                                   void *context)
{
    const struct service_survey *survey = &incremental->survey;
    const struct workspace_registry *registry = &survey->workspace->registry;
    bool going_on = true;
    for (size_t i = 0; going_on && i < registry->count; i++) {
        if (registry->records[i].included_in_build) {
            going_on = visit(context, registry->records[i].root, WORKSPACE_ANCHOR_NAME) &&
                       each_input(survey, i, visit, context);
        }
    }
    return going_on;
}

/* ---- Nothing has changed ---- */

bool service_incremental_unchanged(const struct service_incremental *incremental)
{
    return incremental->survey.cache != NULL && incremental->survey.different == 0;
}

bool service_incremental_published(struct service_incremental *incremental, int directory_fd)
{
    return service_survey_artifacts(&incremental->survey, directory_fd);
}

struct writer_summary service_incremental_summary(const struct service_incremental *incremental)
{
    const struct service_cache *cache = &incremental->cache;
    struct writer_summary summary = {
        .assets = cache->count,
        .kept = cache->count,
        .pack_size = cache->artifacts[SERVICE_ARTIFACT_COUNT - 1].stamp.size,
        .payload_offset = cache->payload_offset,
        .pack_hash = cache->artifacts[SERVICE_ARTIFACT_COUNT - 1].hash,
    };
    for (size_t i = 0; i < cache->count; i++) {
        summary.preloads += cache->assets[i].preload;
    }
    for (size_t i = 0; i < cache->input_count; i++) {
        summary.input_bytes += cache->inputs[i].stamp.size;
    }
    return summary;
}

void service_incremental_warn(const struct service_incremental *incremental, struct base_findings *findings)
{
    const struct service_cache *cache = &incremental->cache;
    for (size_t i = 0; i < cache->count; i++) {
        const struct service_cached_asset *asset = &cache->assets[i];
        for (size_t k = 0; k < asset->packed.warning_count; k++) {
            const struct writer_warning *warning = &asset->packed.warnings[k];
            char *file = workspace_assets_path(incremental->request.workspace->assets_path, asset->root,
                                               asset->paths[warning->input]);
            findings->out_of_memory = findings->out_of_memory || file == NULL;
            writer_warning_report(warning, file, asset->asset_id, findings);
            free(file);
        }
    }
}

void service_incremental_renew(struct service_incremental *incremental, struct base_findings *findings)
{
    const struct workspace *workspace = incremental->request.workspace;
    struct base_findings step;
    base_findings_init(&step);
    bool loaded = incremental->survey.fresh && service_survey_load(&incremental->survey, &step);
    if (!service_step_end(workspace->task, findings, &step) || !loaded) {
        return;
    }
    service_incremental_note_begin(incremental);
    for (size_t i = 0; i < workspace->asset_count && !base_task_cancelled_in(workspace->task, i); i++) {
        const struct service_cached_asset *asset =
            service_cache_find(&incremental->cache, workspace->assets[i].record->asset_id);
        (void)service_cache_text_asset(&incremental->text, &workspace->assets[i], &asset->packed);
    }
    if (!base_task_cancelled(workspace->task)) {
        service_cache_text_write(&incremental->text, incremental->request.registry_fd,
                                 incremental->cache.payload_offset, incremental->cache.artifacts);
    }
}

/* ---- Something has changed ---- */

void service_incremental_forget(struct service_incremental *incremental)
{
    incremental->survey.cache = NULL;
}

/* Why everything is packed when the survey had no cache. */
static enum service_build_reason reason_of_lack(const struct service_incremental *incremental)
{
    if (incremental->request.ignore) {
        return SERVICE_REASON_NO_CACHE;
    }
    switch (incremental->cache.lack) {
    case SERVICE_CACHE_OTHER_PACKER:
        return SERVICE_REASON_OTHER_PACKER;
    case SERVICE_CACHE_OTHER_OUTPUT:
        return SERVICE_REASON_OTHER_OUTPUT;
    case SERVICE_CACHE_NONE:
        break;
    }
    return SERVICE_REASON_NO_LAST_BUILD;
}

bool service_incremental_explain(const struct service_incremental *incremental, struct service_explained *explained)
{
    return service_explain_survey(&incremental->survey, &incremental->cache, reason_of_lack(incremental), explained);
}

bool service_incremental_load(struct service_incremental *incremental, struct base_findings *findings)
{
    return service_survey_load(&incremental->survey, findings);
}

/* What the writer's provider finds. */
static const struct writer_packed *find(void *context, size_t asset)
{
    const struct service_incremental *incremental = context;
    const struct workspace_record *record = incremental->request.workspace->assets[asset].record;
    const struct service_cached_asset *cached = service_cache_find(&incremental->cache, record->asset_id);
    return cached != NULL && cached->kept ? &cached->packed : NULL;
}

bool service_incremental_keeps(const struct service_incremental *incremental)
{
    return incremental->survey.cache != NULL;
}

bool service_incremental_provide(struct service_incremental *incremental, int directory_fd,
                                 struct writer_provider *provider)
{
    if (base_file_open_below(&incremental->pack, directory_fd, "assets.pa") != 0) {
        return false;
    }
    *provider = (struct writer_provider){
        .find = find,
        .context = incremental,
        .pack = &incremental->pack,
        .payload_offset = incremental->cache.payload_offset,
    };
    return true;
}

void service_incremental_note_begin(struct service_incremental *incremental)
{
    const struct service_incremental_request *request = &incremental->request;
    base_text_free(&incremental->text);
    service_cache_text_begin(&incremental->text, request->output, request->begun);
}

bool service_incremental_note(void *context, size_t index, const struct writer_packed *packed)
{
    struct service_incremental *incremental = context;
    return service_cache_text_asset(&incremental->text, &incremental->request.workspace->assets[index], packed);
}

void service_incremental_note_staged(struct service_incremental *incremental, int staging_fd,
                                     const struct writer_summary *summary)
{
    incremental->payload_offset = summary->payload_offset;
    incremental->staged = service_artifacts_read(staging_fd, incremental->request.workspace->task, summary->pack_hash,
                                                 incremental->artifacts);
}

void service_incremental_save(struct service_incremental *incremental, const struct service_path *directory)
{
    if (incremental->staged && service_artifacts_follow(directory, incremental->artifacts)) {
        service_cache_text_write(&incremental->text, incremental->request.registry_fd, incremental->payload_offset,
                                 incremental->artifacts);
    }
}
