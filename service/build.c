#include "service/artifacts.h"
#include "service/service.h"
#include "service/settle.h"
#include "service/survey.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One build. */
struct build {
    const struct pp_build_options *options;
    struct pp_build_result *result;
    struct pp_findings *findings;
    struct pp_workspace workspace;
    int registry_fd; /* holds the workspace lock */
    struct pp_output output;
    int64_t begun;
    struct pp_cache cache;
    struct pp_survey survey; /* its cache is the one above, or NULL: everything is packed from its sources */
    struct pp_text text;     /* the next cache */
};

/* The output directory as the cache has it. */
static const char *cached_output(const struct build *build)
{
    return build->output.path + build->output.base;
}

/* Findings name the files as they are to be published: nobody ever sees them where they were staged, below that. */
static void name_published(struct pp_findings *findings, const char *staging, const char *published)
{
    size_t staged_length = strlen(staging);
    size_t length = strlen(published);
    for (size_t i = 0; i < findings->count; i++) {
        char *file = findings->items[i].file;
        if (file != NULL && strncmp(file, staging, staged_length) == 0 && file[staged_length] == '/') {
            memmove(file + length, file + staged_length, strlen(file + staged_length) + 1);
        }
    }
}

/* Whether the files in a directory are what the contract promises; the verdicts stand in result->report, which speaks of what is
 * published, not of where it was staged. */
static bool verify_files(struct build *build, const char *directory)
{
    const struct pp_verify_options verify = {
        .sources = build->workspace.directory,
        .jobs = build->options->jobs,
        .progress = build->options->verify_progress,
        .progress_context = build->options->progress_context,
    };
    struct pp_report *report = &build->result->report;
    char *published = strdup(build->output.path);
    if (published == NULL) {
        build->findings->out_of_memory = true;
        return false;
    }
    pp_verify_build(directory, &verify, report);
    build->result->verified = true;
    free(report->file);
    report->file = published;
    name_published(&report->findings, directory, published);
    return pp_status_of_report(report) == PP_STATUS_WELL;
}

/* ---- Nothing has changed ---- */

static void write_fresh_cache(struct build *build)
{
    struct pp_workspace *workspace = &build->workspace;
    if (!pp_survey_load(&build->survey, build->findings)) {
        return;
    }
    pp_cache_text_begin(&build->text, build->registry_fd, cached_output(build), build->begun);
    for (size_t i = 0; i < workspace->asset_count; i++) {
        const struct pp_cached_asset *asset = pp_cache_find(&build->cache, workspace->assets[i].record->asset_id);
        (void)pp_cache_text_asset(&build->text, &workspace->assets[i], &asset->made);
    }
    pp_cache_text_write(&build->text, build->registry_fd, build->cache.payload_offset, build->cache.artifacts);
}

static struct pp_write_summary summary_of_cache(const struct pp_cache *cache)
{
    struct pp_write_summary summary = {
        .assets = cache->count,
        .kept = cache->count,
        .pack_size = cache->artifacts[PP_ARTIFACT_COUNT - 1].stamp.size,
        .payload_offset = cache->payload_offset,
        .pack_hash = cache->artifacts[PP_ARTIFACT_COUNT - 1].hash,
    };
    for (size_t i = 0; i < cache->count; i++) {
        summary.preloads += cache->assets[i].preload;
    }
    for (size_t i = 0; i < cache->input_count; i++) {
        summary.input_bytes += cache->inputs[i].stamp.size;
    }
    return summary;
}

/* All assets are kept. Whether that is all there is to it; else everything is to be packed from its sources. */
static bool finish_unchanged(struct build *build)
{
    int fd = pp_publication_enter(build->output.path);
    bool stands = fd >= 0 && pp_survey_artifacts(&build->survey, fd);
    if (stands && build->options->verify && !verify_files(build, build->output.path)) {
        pp_report_free(&build->result->report);
        pp_findings_init(&build->result->report.findings);
        build->result->verified = false;
        build->survey.cache = NULL;
        stands = false;
    }
    pp_publication_leave(fd);
    if (stands) {
        build->result->published = PP_PUBLISHED;
        build->result->unchanged = true;
        build->result->summary = summary_of_cache(&build->cache);
    }
    if (stands && build->survey.fresh) {
        write_fresh_cache(build);
    }
    return stands;
}

/* ---- Packing ---- */

static bool note_made(void *context, size_t index, const struct pp_made *made)
{
    struct build *build = context;
    return pp_cache_text_asset(&build->text, &build->workspace.assets[index], made);
}

static bool write_artifacts(struct build *build, const struct pp_publication *publication,
                            const struct pp_earlier *earlier)
{
    const struct pp_write_options options = {
        .jobs = build->options->jobs,
        .progress = build->options->write_progress,
        .progress_context = build->options->progress_context,
        .earlier = earlier,
        .made = note_made,
        .made_context = build,
    };
    pp_text_free(&build->text);
    pp_cache_text_begin(&build->text, build->registry_fd, cached_output(build), build->begun);
    return pp_write_artifacts(&build->workspace, publication->staging_fd, publication->staging, &options,
                              &build->result->summary, build->findings);
}

/* What the cache has made, an element for each asset (free() it), or NULL when that is nothing or memory ran out. */
static const struct pp_made **list_made(const struct build *build)
{
    const struct pp_workspace *workspace = &build->workspace;
    const struct pp_made **made = calloc(workspace->asset_count + 1, sizeof(const struct pp_made *));
    for (size_t i = 0; made != NULL && i < workspace->asset_count; i++) {
        if (workspace->assets[i].kept) {
            made[i] = &pp_cache_find(&build->cache, workspace->assets[i].record->asset_id)->made;
        }
    }
    return made;
}

/* Packs with the payloads of the last build. False when it failed; *again: only because they cannot be used. */
static bool write_with_cache(struct build *build, const struct pp_publication *publication, bool *again)
{
    struct pp_file pack = PP_FILE_CLOSED;
    const struct pp_made **made = list_made(build);
    bool written = false;
    *again = made == NULL || pp_file_open_below(&pack, publication->directory_fd, "assets.pa") != 0;
    if (!*again) {
        const struct pp_earlier earlier = {.pack = &pack, .payload_offset = build->cache.payload_offset, .made = made};
        written = write_artifacts(build, publication, &earlier);
        *again = !written && build->result->summary.stale;
    }
    pp_file_close(&pack);
    free(made);
    return written;
}

/* Packs from the sources what the last build does not have. */
static bool write_all(struct build *build, const struct pp_publication *publication)
{
    if (build->survey.cache == NULL) {
        return write_artifacts(build, publication, NULL);
    }
    bool again;
    bool written = write_with_cache(build, publication, &again);
    if (!again) {
        return written;
    }
    int problem = pp_staging_empty(publication->staging_fd);
    if (problem != 0) {
        struct pp_place place = PP_NOWHERE;
        place.file = publication->staging;
        pp_findings_add(build->findings, PP_ENVIRONMENT_WRITE, &place, NULL, pp_file_problem_text(problem),
                        "cannot clear the staging directory");
        return false;
    }
    return pp_workspace_load(&build->workspace, build->findings) && write_artifacts(build, publication, NULL);
}

static void stage_and_publish(struct build *build)
{
    struct pp_publication publication;
    if (!pp_publication_begin(&publication, build->registry_fd, &build->output, build->options->wait,
                              build->findings)) {
        return;
    }
    if (!write_all(build, &publication) || (build->options->verify && !verify_files(build, publication.staging))) {
        pp_publication_abandon(&publication);
        return;
    }
    struct pp_seen artifacts[PP_ARTIFACT_COUNT];
    bool seen = pp_artifacts_see(publication.staging_fd, build->result->summary.pack_hash, artifacts);
    build->result->published = pp_publication_commit(&publication, build->findings);
    if (seen && build->result->published == PP_PUBLISHED && pp_artifacts_follow(build->output.path, artifacts)) {
        pp_cache_text_write(&build->text, build->registry_fd, build->result->summary.payload_offset, artifacts);
    }
}

static void build_opened(struct build *build)
{
    bool cached = !build->options->no_cache && pp_cache_read(&build->cache, build->registry_fd, cached_output(build));
    if (pp_survey_make(&build->survey, &build->workspace, cached ? &build->cache : NULL, build->begun,
                       build->options->jobs, build->findings)) {
        bool unchanged = cached && build->survey.different == 0 && finish_unchanged(build);
        if (!unchanged && pp_survey_load(&build->survey, build->findings)) {
            stage_and_publish(build);
        }
    }
    pp_survey_free(&build->survey);
}

enum pp_status pp_service_build(const char *workspace, const struct pp_build_options *options,
                                struct pp_build_result *result, struct pp_findings *findings)
{
    *result = (struct pp_build_result){.published = PP_PUBLISHED_NOT};
    pp_findings_init(&result->report.findings);
    struct build build = {
        .options = options,
        .result = result,
        .findings = findings,
        .registry_fd = pp_lock_workspace(workspace, options->wait, findings),
        .begun = pp_stamp_now(),
        .cache = PP_CACHE_EMPTY,
        .text = PP_TEXT_EMPTY,
    };
    if (build.registry_fd < 0) {
        return pp_status_of_findings(findings);
    }
    if (!pp_output_find(&build.output, workspace, options->output != NULL ? options->output : "build")) {
        findings->out_of_memory = true;
    } else if (pp_workspace_open(&build.workspace, workspace, findings)) {
        build_opened(&build);
        pp_workspace_close(&build.workspace);
    }
    pp_text_free(&build.text);
    pp_cache_free(&build.cache);
    (void)close(build.registry_fd);
    result->output = build.output.path;
    enum pp_status status = pp_status_of_findings(findings);
    return result->verified ? pp_status_worse(status, pp_status_of_report(&result->report)) : status;
}

void pp_build_result_free(struct pp_build_result *result)
{
    free(result->output);
    pp_report_free(&result->report);
    *result = (struct pp_build_result){.published = PP_PUBLISHED_NOT};
}
