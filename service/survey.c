#include "service/survey.h"

#include "writer/workers.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the workers share beside the survey, of which each touches its own records only. */
struct work {
    struct pp_survey *survey;
    atomic_size_t different;
    atomic_bool fresh;
};

/* Whether a file has the recorded content; *fresh is set when only its stamp has to be recorded anew. */
static bool holds(const struct pp_survey *survey, int fd, const char *name, struct pp_seen *seen, bool *fresh)
{
    enum pp_unchanged result = pp_seen_check(fd, name, survey->cache->recorded, seen);
    *fresh = *fresh || (result == PP_UNCHANGED_HASHED && pp_stamp_is_settled(seen->stamp, survey->begun));
    return result != PP_CHANGED;
}

static bool compare_files(const struct pp_survey *survey, int root_fd, struct pp_cached_asset *asset, bool *fresh)
{
    bool same = holds(survey, root_fd, "asset.json", &asset->anchor, fresh);
    for (size_t i = 0; same && i < asset->input_count; i++) {
        same = holds(survey, root_fd, asset->paths[i], &asset->inputs[i], fresh);
    }
    return same;
}

static bool compare_asset(struct work *work, const struct pp_record *record)
{
    const struct pp_survey *survey = work->survey;
    struct pp_cached_asset *asset = survey->cache != NULL ? pp_cache_find(survey->cache, record->asset_id) : NULL;
    int root_fd;
    if (asset == NULL || strcmp(asset->asset_uuid, record->asset_uuid) != 0 || strcmp(asset->root, record->root) != 0 ||
        pp_directory_open_below(&root_fd, survey->workspace->assets_fd, record->root) != 0) {
        return false;
    }
    bool fresh = false;
    asset->kept = compare_files(survey, root_fd, asset, &fresh);
    (void)close(root_fd);
    if (fresh) {
        atomic_store(&work->fresh, true);
    }
    return asset->kept;
}

/* Index 0 is the scan, so that its findings come first; index i + 1 is record i. */
static void look(void *context, size_t index, struct pp_findings *findings)
{
    struct work *work = context;
    struct pp_survey *survey = work->survey;
    if (index == 0) {
        (void)pp_workspace_scan(survey->workspace, findings);
        return;
    }
    size_t i = index - 1;
    const struct pp_record *record = &survey->workspace->registry.records[i];
    if (!record->included_in_build) {
        return;
    }
    if (compare_asset(work, record)) {
        survey->known[i] = PP_KNOWN_KEPT;
        return;
    }
    (void)atomic_fetch_add(&work->different, 1);
    bool loaded = pp_workspace_load_record(survey->workspace, record, &survey->loaded[i], findings);
    survey->known[i] = loaded ? PP_KNOWN_LOADED : PP_KNOWN_FAULTY;
}

bool pp_survey_make(struct pp_survey *survey, struct pp_workspace *workspace, struct pp_cache *cache, int64_t begun,
                    unsigned jobs, struct pp_findings *findings)
{
    size_t count = workspace->registry.count;
    *survey = (struct pp_survey){
        .workspace = workspace,
        .cache = cache,
        .begun = begun,
        .known = calloc(count + 1, sizeof(enum pp_known)),
        .loaded = calloc(count + 1, sizeof(struct pp_declaration)),
    };
    if (survey->known == NULL || survey->loaded == NULL) {
        findings->out_of_memory = true;
        return false;
    }
    struct work work = {.survey = survey};
    atomic_init(&work.different, 0);
    atomic_init(&work.fresh, false);
    pp_writer_workers_run(jobs, count + 1, look, &work, findings);
    survey->fresh = atomic_load(&work.fresh);
    survey->different = atomic_load(&work.different);
    for (size_t i = 0; cache != NULL && i < cache->count; i++) {
        survey->different += !cache->assets[i].kept;
    }
    return true;
}

void pp_survey_free(struct pp_survey *survey)
{
    for (size_t i = 0; survey->loaded != NULL && i < survey->workspace->registry.count; i++) {
        pp_declaration_free(&survey->loaded[i]);
    }
    free(survey->loaded);
    free(survey->known);
    *survey = (struct pp_survey){.cache = NULL};
}

static bool copy_inputs(const struct pp_cached_asset *asset, struct pp_declaration *declaration)
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
static bool copy_kept(const struct pp_cached_asset *asset, struct pp_declaration *declaration)
{
    *declaration = (struct pp_declaration){
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
        pp_declaration_free(declaration);
        return false;
    }
    return true;
}

static enum pp_known tell(void *context, const struct pp_record *record, struct pp_declaration *declaration)
{
    struct pp_survey *survey = context;
    size_t i = (size_t)(record - survey->workspace->registry.records);
    if (survey->known[i] == PP_KNOWN_LOADED) {
        *declaration = survey->loaded[i];
        survey->loaded[i] = (struct pp_declaration){.asset_uuid = NULL};
        return PP_KNOWN_LOADED;
    }
    if (survey->known[i] != PP_KNOWN_KEPT) {
        return survey->known[i];
    }
    bool copied = survey->cache != NULL && copy_kept(pp_cache_find(survey->cache, record->asset_id), declaration);
    return copied ? PP_KNOWN_KEPT : PP_KNOWN_NOT;
}

bool pp_survey_load(struct pp_survey *survey, struct pp_findings *findings)
{
    return pp_workspace_load_unknown(survey->workspace, tell, survey, findings);
}

/* A link leads to a file that nobody published. */
static bool is_plain_file(int directory_fd, const char *name)
{
    struct stat status;
    return fstatat(directory_fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(status.st_mode);
}

bool pp_survey_artifacts(struct pp_survey *survey, int directory_fd)
{
    bool same = true;
    for (size_t i = 0; same && i < PP_ARTIFACT_COUNT; i++) {
        same = is_plain_file(directory_fd, pp_artifacts[i]) &&
               holds(survey, directory_fd, pp_artifacts[i], &survey->cache->artifacts[i], &survey->fresh);
    }
    return same;
}
