#include "service/examination/examine.h"
#include "service/incremental/artifacts.h"
#include "service/incremental/survey.h"
#include "service/service.h"
#include "service/step.h"
#include "service/transaction/publish.h"
#include "service/transaction/reader.h"
#include "service/transaction/settle.h"
#include "service/transaction/swap.h"
#include "writer/writer.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One build. */
struct build {
    struct base_task *task;
    const char *directory; /* the workspace, as the user names it */
    const struct service_build_request *request;
    struct service_lock_wish wish;
    struct service_build_result *result;
    struct base_findings *findings;
    struct workspace workspace;
    int registry_fd; /* holds the workspace lock */
    struct service_output output;
    int64_t begun;
    struct service_cache cache;
    struct service_survey survey; /* its cache is the one above, or NULL: everything is packed from its sources */
    struct base_text text;        /* the next cache */
    struct writer_summary summary;
};

/* The output directory as the cache has it. */
static const char *cached_output(const struct build *build)
{
    return build->output.path + build->output.base;
}

/* Whether the files in a directory are what the contract promises; the verdicts are in result->report, which speaks
 * of what is published, not of where it was staged. Without verdicts when the task was cancelled. */
static bool verify_files(struct build *build, const char *directory)
{
    const struct service_examination_options options = {
        .sources = build->workspace.directory,
        .jobs = build->request->jobs,
    };
    struct service_report *report = &build->result->report;
    const struct service_examination examination = {
        .examined = SERVICE_EXAMINED_BUILD,
        .path = directory,
        .shown = build->output.path,
    };
    if (!service_examine(build->task, &examination, &options, report)) {
        service_report_free(report);
        build->findings->out_of_memory = true;
        return false;
    }
    if (base_task_cancelled(build->task)) {
        service_report_free(report);
        return false;
    }
    build->result->verified = true;
    return service_status_of_report(report) == SERVICE_STATUS_WELL;
}

/* ---- Nothing has changed ---- */

static void write_fresh_cache(struct build *build)
{
    struct workspace *workspace = &build->workspace;
    if (!service_survey_load(&build->survey, build->findings)) {
        return;
    }
    service_cache_text_begin(&build->text, build->registry_fd, cached_output(build), build->begun);
    for (size_t i = 0; i < workspace->asset_count; i++) {
        const struct service_cached_asset *asset =
            service_cache_find(&build->cache, workspace->assets[i].record->asset_id);
        (void)service_cache_text_asset(&build->text, &workspace->assets[i], &asset->made);
    }
    service_cache_text_write(&build->text, build->registry_fd, build->cache.payload_offset, build->cache.artifacts);
}

static struct writer_summary summary_of_cache(const struct service_cache *cache)
{
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

/* All assets are kept. Returns whether the build is finished; else everything is packed from its sources. */
static bool finish_unchanged(struct build *build)
{
    int fd;
    bool entered = service_reader_enter(build->output.path, &build->wish, &fd) == 0 && fd >= 0;
    const struct service_left_over left = service_reader_look(entered ? fd : -1);
    bool current = entered && left.commit == SERVICE_LEFT_NOTHING && left.staging == SERVICE_LEFT_NOTHING &&
                   service_survey_artifacts(&build->survey, fd);
    if (current && build->request->verify && !verify_files(build, build->output.path)) {
        service_report_free(&build->result->report);
        build->result->verified = false;
        build->survey.cache = NULL;
        current = false;
    }
    service_reader_leave(fd);
    if (current) {
        build->result->published = SERVICE_PUBLISHED;
        build->result->unchanged = true;
        build->summary = summary_of_cache(&build->cache);
    }
    if (current && build->survey.fresh) {
        write_fresh_cache(build);
    }
    return current;
}

/* ---- Packing ---- */

static bool note_made(void *context, size_t index, const struct writer_made *made)
{
    struct build *build = context;
    return service_cache_text_asset(&build->text, &build->workspace.assets[index], made);
}

static bool write_artifacts(struct build *build, const struct service_publication *publication,
                            const struct writer_earlier *earlier)
{
    const struct writer_options options = {
        .task = build->task,
        .jobs = build->request->jobs,
        .earlier = earlier,
        .made = note_made,
        .made_context = build,
    };
    base_text_free(&build->text);
    service_cache_text_begin(&build->text, build->registry_fd, cached_output(build), build->begun);
    struct base_findings step;
    base_findings_init(&step);
    bool written = writer_write_artifacts(&build->workspace, publication->staging_fd, publication->staging, &options,
                                          &build->summary, &step);
    return service_step_end(build->task, build->findings, &step) && written;
}

/* What the cache has made, an element for each asset (free() it), or NULL when that is nothing or memory ran out. */
static const struct writer_made **list_made(const struct build *build)
{
    const struct workspace *workspace = &build->workspace;
    const struct writer_made **made = calloc(workspace->asset_count + 1, sizeof(const struct writer_made *));
    for (size_t i = 0; made != NULL && i < workspace->asset_count; i++) {
        if (workspace->assets[i].kept) {
            made[i] = &service_cache_find(&build->cache, workspace->assets[i].record->asset_id)->made;
        }
    }
    return made;
}

/* Packs with the payloads of the last build. False when it failed; *again: only because they cannot be used. */
static bool write_with_cache(struct build *build, const struct service_publication *publication, bool *again)
{
    struct base_file pack = BASE_FILE_CLOSED;
    const struct writer_made **made = list_made(build);
    bool written = false;
    *again = made == NULL || base_file_open_below(&pack, publication->directory_fd, "assets.pa") != 0;
    if (!*again) {
        const struct writer_earlier earlier = {
            .pack = &pack, .payload_offset = build->cache.payload_offset, .made = made};
        written = write_artifacts(build, publication, &earlier);
        *again = !written && build->summary.stale;
    }
    base_file_close(&pack);
    free(made);
    return written;
}

/* Packs from the sources what the last build does not have. */
static bool write_all(struct build *build, const struct service_publication *publication)
{
    if (build->survey.cache == NULL) {
        return write_artifacts(build, publication, NULL);
    }
    bool again;
    bool written = write_with_cache(build, publication, &again);
    if (!again) {
        return written;
    }
    int problem = service_staging_empty(publication->staging_fd);
    if (problem != 0) {
        struct base_place place = BASE_NOWHERE;
        place.file = publication->staging;
        base_findings_add(build->findings, DIAG_ENVIRONMENT_WRITE, &place, NULL, base_file_problem_text(problem),
                          "cannot clear the staging directory");
        return false;
    }
    struct base_findings step;
    base_findings_init(&step);
    bool loaded = workspace_load(&build->workspace, &step);
    return service_step_end(build->task, build->findings, &step) && loaded && write_artifacts(build, publication, NULL);
}

static enum service_published published_of(enum service_publication_end end)
{
    switch (end) {
    case SERVICE_PUBLICATION_COMMITTED:
        return SERVICE_COMMITTED;
    case SERVICE_PUBLICATION_COMPLETE:
        return SERVICE_PUBLISHED;
    case SERVICE_PUBLICATION_ABANDONED:
        break;
    }
    return SERVICE_PUBLISHED_NOT;
}

/* Writes and checks the set in the staging directory; artifacts[] is for the cache, when *seen. False when it must not
 * be published. This is the last place where a task that is cancelled ends the build. */
static bool stage(struct build *build, const struct service_publication *publication,
                  struct workspace_content artifacts[SERVICE_ARTIFACT_COUNT], bool *seen)
{
    if (!write_all(build, publication) || (build->request->verify && !verify_files(build, publication->staging))) {
        return false;
    }
    *seen = service_artifacts_read(publication->staging_fd, build->task, build->summary.pack_hash, artifacts);
    return !base_task_cancelled(build->task);
}

static void stage_and_publish(struct build *build)
{
    struct service_publication publication;
    if (!service_publication_begin(&publication, build->registry_fd, build->directory, &build->output, &build->wish,
                                   build->findings)) {
        return;
    }
    struct workspace_content artifacts[SERVICE_ARTIFACT_COUNT];
    bool seen = false;
    if (!stage(build, &publication, artifacts, &seen)) {
        service_publication_abandon(&publication);
        return;
    }
    build->result->published = published_of(service_publication_commit(&publication, build->findings));
    if (seen && build->result->published == SERVICE_PUBLISHED &&
        service_artifacts_follow(build->output.path, artifacts)) {
        service_cache_text_write(&build->text, build->registry_fd, build->summary.payload_offset, artifacts);
    }
}

static bool load(struct build *build)
{
    struct base_findings step;
    base_findings_init(&step);
    bool loaded = service_survey_load(&build->survey, &step);
    return service_step_end(build->task, build->findings, &step) && loaded;
}

static void build_opened(struct build *build)
{
    bool cached =
        !build->request->no_cache && service_cache_read(&build->cache, build->registry_fd, cached_output(build));
    if (service_survey_make(&build->survey, &build->workspace, cached ? &build->cache : NULL, build->begun,
                            build->request->jobs, build->findings)) {
        bool unchanged = cached && build->survey.different == 0 && finish_unchanged(build);
        if (!unchanged && load(build)) {
            stage_and_publish(build);
        }
    }
    service_survey_free(&build->survey);
}

static bool open_workspace(struct build *build, const char *directory)
{
    struct base_findings step;
    base_findings_init(&step);
    bool opened = workspace_open(&build->workspace, directory, build->task, &step);
    return service_step_end(build->task, build->findings, &step) && opened;
}

static struct service_pack_summary summary_of(const struct writer_summary *summary)
{
    return (struct service_pack_summary){
        .assets = summary->assets,
        .kept = summary->kept,
        .preloads = summary->preloads,
        .pack_size = summary->pack_size,
        .input_bytes = summary->input_bytes,
    };
}

static const char nothing_published[] = "nothing was published; what was there before is untouched";

enum service_status service_build(struct base_task *task, const char *workspace,
                                  const struct service_build_request *request, struct service_build_result *result,
                                  struct base_findings *findings)
{
    *result = (struct service_build_result){.published = SERVICE_PUBLISHED_NOT, .report = SERVICE_REPORT_EMPTY};
    struct build build = {
        .task = task,
        .directory = workspace,
        .request = request,
        .wish = {.task = task, .wait = request->wait},
        .result = result,
        .findings = findings,
        .registry_fd = -1,
        .begun = base_task_date(task),
        .cache = SERVICE_CACHE_EMPTY,
        .text = BASE_TEXT_EMPTY,
        .workspace = WORKSPACE_EMPTY,
    };
    build.registry_fd = service_lock_workspace(workspace, true, &build.wish, findings);
    if (build.registry_fd < 0) {
        service_report_cancelled(task, findings, nothing_published);
        return service_status_of_findings(findings);
    }
    if (!service_output_find(&build.output, workspace, request->output)) {
        findings->out_of_memory = true;
    } else if (open_workspace(&build, workspace)) {
        build_opened(&build);
    }
    workspace_close(&build.workspace);
    base_text_free(&build.text);
    service_cache_free(&build.cache);
    (void)close(build.registry_fd);
    result->output = build.output.path;
    result->summary = summary_of(&build.summary);
    if (result->published == SERVICE_PUBLISHED_NOT) {
        service_report_cancelled(task, findings, nothing_published);
    }
    enum service_status status = service_status_of_findings(findings);
    return result->verified ? service_status_worse(status, service_status_of_report(&result->report)) : status;
}

void service_build_result_free(struct service_build_result *result)
{
    free(result->output);
    service_report_free(&result->report);
    *result = (struct service_build_result){.published = SERVICE_PUBLISHED_NOT, .report = SERVICE_REPORT_EMPTY};
}
