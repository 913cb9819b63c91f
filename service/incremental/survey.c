#include "service/incremental/survey.h"

#include "base/directory.h"
#include "base/parallel.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the workers share besides the survey. Each worker changes its own records of the survey only. */
struct work {
    struct service_survey *survey;
    struct base_meter looked; /* at records */
    atomic_size_t different;
    atomic_bool fresh;
};

/* Whether a file has the recorded content; *fresh is set when only its stamp has to be recorded anew. */
static bool holds(const struct service_survey *survey, int fd, const char *name, struct base_content *seen, bool *fresh)
{
    enum base_content_state result =
        base_content_check(fd, name, survey->cache->recorded, survey->workspace->task, seen);
    *fresh = *fresh || (result == BASE_CONTENT_HASHED && base_stamp_is_settled(seen->stamp, survey->begun));
    return result != BASE_CONTENT_CHANGED;
}

static bool has_pixels(const struct service_cached_asset *asset)
{
    size_t i = 0;
    while (i < asset->packed.warning_count && !asset->packed.warnings[i].has_pixel) {
        i++;
    }
    return i < asset->packed.warning_count;
}

static struct service_survey_difference compare_files(const struct service_survey *survey, int root_fd,
                                                      struct service_cached_asset *asset, bool *fresh)
{
    if (!holds(survey, root_fd, WORKSPACE_ANCHOR_NAME, &asset->anchor, fresh)) {
        return (struct service_survey_difference){.change = SERVICE_SURVEY_DECLARATION};
    }
    for (size_t i = 0; i < asset->input_count; i++) {
        if (!holds(survey, root_fd, asset->paths[i], &asset->inputs[i], fresh)) {
            return (struct service_survey_difference){.change = SERVICE_SURVEY_INPUT, .input = i};
        }
    }
    bool shown = survey->show_pixels && has_pixels(asset);
    return (struct service_survey_difference){.change = shown ? SERVICE_SURVEY_PIXELS : SERVICE_SURVEY_SAME};
}

static struct service_survey_difference compare_asset(struct work *work, const struct workspace_record *record)
{
    const struct service_survey *survey = work->survey;
    struct service_cached_asset *asset =
        survey->cache != NULL ? service_cache_find(survey->cache, record->asset_id) : NULL;
    int root_fd;
    if (asset == NULL) {
        return (struct service_survey_difference){.change = SERVICE_SURVEY_NEW};
    }
    if (strcmp(asset->asset_uuid, record->asset_uuid) != 0 || strcmp(asset->root, record->root) != 0 ||
        base_directory_open_below(&root_fd, survey->workspace->assets_fd, record->root) != 0) {
        return (struct service_survey_difference){.change = SERVICE_SURVEY_IDENTITY};
    }
    bool fresh = false;
    const struct service_survey_difference difference = compare_files(survey, root_fd, asset, &fresh);
    asset->kept = difference.change == SERVICE_SURVEY_SAME;
    (void)close(root_fd);
    if (fresh) {
        atomic_store(&work->fresh, true);
    }
    return difference;
}

/* Of a record that is in the build. */
static void look_at_record(struct work *work, size_t i, struct base_findings *findings)
{
    struct service_survey *survey = work->survey;
    const struct workspace_record *record = &survey->workspace->registry.records[i];
    survey->differences[i] = compare_asset(work, record);
    if (survey->differences[i].change == SERVICE_SURVEY_SAME) {
        survey->known[i] = SERVICE_SURVEY_KEPT;
        return;
    }
    (void)atomic_fetch_add(&work->different, 1);
    bool loaded = workspace_load_record(survey->workspace, record, &survey->loaded[i], findings);
    survey->known[i] = loaded ? SERVICE_SURVEY_LOADED : SERVICE_SURVEY_FAULTY;
}

/* Index 0 is the scan, so that its findings come first; index i + 1 is record i. */
static void look(void *context, size_t index, struct base_findings *findings)
{
    struct work *work = context;
    struct service_survey *survey = work->survey;
    if (index == 0) {
        (void)workspace_scan(survey->workspace, findings);
        return;
    }
    if (survey->workspace->registry.records[index - 1].included_in_build) {
        look_at_record(work, index - 1, findings);
    }
    base_meter_add(&work->looked, 1);
}

/* Warns of what no declaration names, as far as declarations are known. */
static void report_undeclared(const struct service_survey *survey, struct base_findings *findings)
{
    struct workspace *workspace = survey->workspace;
    for (size_t i = 0; i < workspace->registry.count && !base_task_cancelled_in(workspace->task, i); i++) {
        const struct workspace_record *record = &workspace->registry.records[i];
        if (survey->known[i] == SERVICE_SURVEY_LOADED) {
            workspace_report_undeclared_by(workspace, record, &survey->loaded[i], findings);
        } else if (survey->known[i] == SERVICE_SURVEY_KEPT) {
            const struct service_cached_asset *asset = service_cache_find(survey->cache, record->asset_id);
            workspace_report_undeclared(workspace, record, asset->paths, asset->input_count, findings);
        }
    }
}

bool service_survey_make(struct service_survey *survey, struct workspace *workspace, struct service_cache *cache,
                         int64_t begun, unsigned jobs, bool show_pixels, struct base_findings *findings)
{
    size_t count = workspace->registry.count;
    *survey = (struct service_survey){
        .workspace = workspace,
        .cache = cache,
        .begun = begun,
        .show_pixels = show_pixels,
        .known = calloc(count + 1, sizeof(enum service_survey_knowledge)),
        .loaded = calloc(count + 1, sizeof(struct workspace_declaration)),
        .differences = calloc(count + 1, sizeof(struct service_survey_difference)),
    };
    if (survey->known == NULL || survey->loaded == NULL || survey->differences == NULL) {
        findings->out_of_memory = true;
        return false;
    }
    struct work work = {.survey = survey};
    atomic_init(&work.different, 0);
    atomic_init(&work.fresh, false);
    base_meter_begin(&work.looked, workspace->task, BASE_PHASE_LOADING, BASE_UNIT_ASSETS, count);
    base_parallel_each(workspace->task, jobs, count + 1, look, &work, findings);
    base_meter_end(&work.looked);
    report_undeclared(survey, findings);
    survey->fresh = atomic_load(&work.fresh);
    survey->different = atomic_load(&work.different);
    for (size_t i = 0; cache != NULL && i < cache->count; i++) {
        survey->different += !cache->assets[i].kept;
    }
    return true;
}

void service_survey_free(struct service_survey *survey)
{
    for (size_t i = 0; survey->loaded != NULL && i < survey->workspace->registry.count; i++) {
        workspace_declaration_free(&survey->loaded[i]);
    }
    free(survey->loaded);
    free(survey->known);
    free(survey->differences);
    *survey = (struct service_survey){.cache = NULL};
}

const struct workspace_declaration *service_survey_declaration(const struct service_survey *survey, size_t index)
{
    return survey->known[index] == SERVICE_SURVEY_LOADED ? &survey->loaded[index] : NULL;
}

static bool copy_inputs(const struct service_cached_asset *asset, struct workspace_declaration *declaration)
{
    declaration->inputs = calloc(asset->input_count + 1, sizeof *declaration->inputs);
    bool fine = declaration->inputs != NULL;
    for (size_t i = 0; fine && i < asset->input_count; i++) {
        declaration->inputs[i].path = strdup(asset->paths[i]);
        fine = declaration->inputs[i].path != NULL;
        declaration->input_count += fine;
    }
    return fine;
}

/* The declaration of a kept asset. False when memory ran out. */
static bool copy_kept(const struct service_cached_asset *asset, struct workspace_declaration *declaration)
{
    *declaration = (struct workspace_declaration){
        .anchor = asset->anchor,
        .asset_uuid = strdup(asset->asset_uuid),
        .name = strdup(asset->name),
        .name_at = asset->name_at,
        .type = asset->type,
        .preload = asset->preload,
        .has_slot = asset->has_slot,
        .slot = asset->slot,
    };
    if (declaration->asset_uuid == NULL || declaration->name == NULL || !copy_inputs(asset, declaration)) {
        workspace_declaration_free(declaration);
        return false;
    }
    return true;
}

/* Moves the declaration of a record out of what is known, or loads it. False when it is faulty. */
static bool take(struct service_survey *survey, size_t index, struct workspace_declaration *declaration,
                 struct base_findings *findings)
{
    const struct workspace_record *record = &survey->workspace->registry.records[index];
    switch (survey->known[index]) {
    case SERVICE_SURVEY_FAULTY:
        return false;
    case SERVICE_SURVEY_LOADED:
        *declaration = survey->loaded[index];
        survey->loaded[index] = (struct workspace_declaration){.asset_uuid = NULL};
        return true;
    case SERVICE_SURVEY_KEPT:
        if (survey->cache != NULL && copy_kept(service_cache_find(survey->cache, record->asset_id), declaration)) {
            return true;
        }
        break;
    case SERVICE_SURVEY_UNKNOWN:
        break;
    }
    return workspace_load_record(survey->workspace, record, declaration, findings);
}

bool service_survey_load(struct service_survey *survey, struct base_findings *findings)
{
    struct workspace *workspace = survey->workspace;
    if (!workspace_begin_load(workspace, findings)) {
        return false;
    }
    bool faulty = false;
    for (size_t i = 0;
         i < workspace->registry.count && !findings->out_of_memory && !base_task_cancelled(workspace->task); i++) {
        struct workspace_declaration declaration;
        if (!workspace->registry.records[i].included_in_build) {
            continue;
        }
        if (take(survey, i, &declaration, findings)) {
            workspace_take_declaration(workspace, &workspace->registry.records[i], &declaration);
        } else {
            faulty = true;
        }
    }
    return workspace_end_load(workspace, findings) && !faulty;
}

/* A link leads to a file that no build published. */
static bool is_plain_file(int directory_fd, const char *name)
{
    struct stat status;
    return fstatat(directory_fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(status.st_mode);
}

bool service_survey_artifacts(struct service_survey *survey, int directory_fd)
{
    bool same = true;
    for (size_t i = 0; same && i < SERVICE_ARTIFACT_COUNT; i++) {
        same = is_plain_file(directory_fd, service_artifacts[i]) &&
               holds(survey, directory_fd, service_artifacts[i], &survey->cache->artifacts[i], &survey->fresh);
    }
    return same;
}
