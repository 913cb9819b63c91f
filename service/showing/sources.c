#include "service/showing/sources.h"

#include "base/directory.h"
#include "base/hash_file.h"
#include "base/report.h"
#include "base/sort.h"
#include "service/absent.h"
#include "service/incremental/cache.h"
#include "workspace/path.h"
#include "json/object.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DOCUMENT = 2 }; /* asset_table_metadata.json among the artifacts of a cache */

/* An input, as the build records it or as it is now. */
struct source {
    const char *path;
    char *memory; /* of the path, if it is owned; else NULL */
    bool readable;
    struct base_hash hash;
};

struct sources {
    struct source *items; /* by path, each once */
    size_t count;
};

struct work {
    const struct service_show_comparison *comparison;
    struct service_shown *shown;
    struct base_findings *findings;
    int root_fd; /* or -1 */
    struct sources recorded;
    struct sources present; /* empty when the declaration was not accepted */
};

/* ---- What changed ---- */

static bool add_change(struct work *work, const char *path, enum service_source_change change)
{
    struct service_shown_build *build = &work->shown->build;
    struct service_changed_source *changed = &build->changes[build->change_count];
    changed->path = strdup(path);
    changed->change = change;
    if (changed->path == NULL) {
        return false;
    }
    build->change_count++;
    if (change != SERVICE_SOURCE_UNKNOWN) {
        build->sources = SERVICE_SOURCES_CHANGED;
    } else if (build->sources == SERVICE_SOURCES_SAME) {
        build->sources = SERVICE_SOURCES_UNKNOWN;
    }
    return true;
}

/* ---- Lists of inputs ---- */

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct source *)a)->path, ((const struct source *)b)->path);
}

/* A path may be listed more than once. */
static void sort(struct sources *sources, struct base_task *task)
{
    size_t kept = 0;
    (void)base_sort(sources->items, sources->count, sizeof *sources->items, by_path, task);
    for (size_t i = 0; i < sources->count; i++) {
        if (kept > 0 && strcmp(sources->items[kept - 1].path, sources->items[i].path) == 0) {
            free(sources->items[i].memory);
        } else {
            sources->items[kept++] = sources->items[i];
        }
    }
    sources->count = kept;
}

static bool read_recorded(struct work *work)
{
    const struct service_recorded *recorded = &work->comparison->set->recorded;
    struct base_task *task = work->comparison->workspace->task;
    struct json_token list = json_object_member(recorded->text, recorded->asset, "inputs");
    size_t count = list.kind == JSON_ARRAY_BEGIN ? json_count_elements(recorded->text, list, task) : 0;
    struct sources *sources = &work->recorded;
    sources->items = calloc(count + 1, sizeof *sources->items);
    if (sources->items == NULL) {
        return false;
    }
    struct json_walk walk;
    struct json_token element;
    json_walk_begin_inside(&walk, recorded->text, list);
    while (sources->count < count && json_walk_element(&walk, &element)) {
        struct source *source = &sources->items[sources->count];
        struct json_token hash = json_object_member(recorded->text, element, "xxh3_128");
        struct json_token path = json_object_member(recorded->text, element, "path");
        source->readable =
            hash.kind == JSON_STRING && base_hash_from_hex(json_span(recorded->text, hash), &source->hash);
        source->memory = path.kind == JSON_STRING ? json_token_string(recorded->text, path) : strdup("");
        source->path = source->memory;
        if (source->path == NULL) {
            return false;
        }
        sources->count++;
    }
    sort(sources, task);
    return true;
}

static bool take_present(struct work *work)
{
    const struct service_shown *shown = work->shown;
    struct sources *sources = &work->present;
    sources->items = calloc(shown->input_count + 1, sizeof *sources->items);
    if (sources->items == NULL) {
        return false;
    }
    for (size_t i = 0; i < shown->input_count; i++) {
        sources->items[sources->count++] = (struct source){
            .path = shown->inputs[i].path,
            .readable = shown->inputs[i].readable,
            .hash = shown->inputs[i].hash,
        };
    }
    sort(sources, work->comparison->workspace->task);
    return true;
}

static void free_sources(struct sources *sources)
{
    for (size_t i = 0; i < sources->count; i++) {
        free(sources->items[i].memory);
    }
    free(sources->items);
}

/* ---- Inputs ---- */

static bool compare_content(struct work *work, const struct source *recorded, const struct source *present)
{
    if (!present->readable) {
        return add_change(work, recorded->path, SERVICE_SOURCE_MISSING);
    }
    return base_hash_equal(recorded->hash, present->hash) || add_change(work, recorded->path, SERVICE_SOURCE_MODIFIED);
}

/* path is below the root; NULL: the root itself. */
static void report_problem(const struct work *work, const char *path, int problem)
{
    const struct workspace_record *record = work->comparison->record;
    char *display = workspace_assets_path(work->comparison->workspace->assets_path, record->root, path);
    const struct base_place place = {
        .file = display != NULL ? display : record->root, .has_asset_id = true, .asset_id = record->asset_id};
    base_report_read_failure(work->findings, &place, problem);
    free(display);
}

/* Hashes a file below the root. False when it cannot be read. */
static bool hash_file(const struct work *work, const char *path, struct base_hash *hash)
{
    struct base_file file;
    int problem = work->root_fd >= 0 ? base_file_open_below(&file, work->root_fd, path) : ENOENT;
    if (problem == 0) {
        problem = base_hash_file(&file, work->comparison->workspace->task, hash);
        base_file_close(&file);
    }
    if (problem != 0 && !service_is_absent(problem)) {
        report_problem(work, path, problem);
    }
    return problem == 0;
}

/* Reads an input below the root, whatever the declaration says. */
static bool compare_file(struct work *work, const struct source *recorded)
{
    struct source present = {.path = NULL};
    present.readable = hash_file(work, recorded->path, &present.hash);
    return compare_content(work, recorded, &present);
}

static bool compare_files(struct work *work)
{
    bool fine = true;
    for (size_t i = 0; fine && i < work->recorded.count; i++) {
        fine = compare_file(work, &work->recorded.items[i]);
    }
    return fine;
}

/* Both lists ascend. */
static bool compare_lists(struct work *work)
{
    size_t i = 0;
    size_t j = 0;
    bool fine = true;
    while (fine && (i < work->recorded.count || j < work->present.count)) {
        const struct source *recorded = i < work->recorded.count ? &work->recorded.items[i] : NULL;
        const struct source *present = j < work->present.count ? &work->present.items[j] : NULL;
        int order = recorded == NULL ? 1 : present == NULL ? -1 : strcmp(recorded->path, present->path);
        i += order <= 0;
        j += order >= 0;
        if (order < 0) {
            fine = add_change(work, recorded->path, SERVICE_SOURCE_DROPPED);
        } else if (order > 0) {
            fine = add_change(work, present->path, SERVICE_SOURCE_ADDED);
        } else {
            fine = compare_content(work, recorded, present);
        }
    }
    return fine;
}

static bool same_inputs(const struct work *work)
{
    bool same = work->recorded.count == work->present.count;
    for (size_t i = 0; same && i < work->recorded.count; i++) {
        same = strcmp(work->recorded.items[i].path, work->present.items[i].path) == 0;
    }
    return same;
}

/* ---- asset.json ---- */

/* What asset.json was when the set was built, as far as the cache is of this set; false: it is not known. */
static bool find_anchor(const struct work *work, struct base_hash *hash)
{
    const struct service_show_comparison *comparison = work->comparison;
    const char *output = comparison->output->inside != NULL ? comparison->output->inside : comparison->output->path;
    struct service_cache cache;
    bool found = false;
    if (service_cache_read(&cache, comparison->workspace->task, comparison->site->registry_fd, output) &&
        base_hash_equal(cache.artifacts[DOCUMENT].hash, comparison->set->document_hash)) {
        const struct service_cached_asset *asset = service_cache_find(&cache, comparison->record->asset_id);
        found = asset != NULL && strcmp(asset->asset_uuid, comparison->record->asset_uuid) == 0;
        *hash = found ? asset->anchor.hash : *hash;
    }
    service_cache_free(&cache);
    return found;
}

/* The companion does not record asset.json: without a cache its effects can prove a change, but nothing else. */
static bool compare_anchor(struct work *work)
{
    const struct service_shown *shown = work->shown;
    struct base_hash recorded = {.bytes = {0}};
    struct base_hash present = {.bytes = {0}};
    if (!hash_file(work, WORKSPACE_ANCHOR_NAME, &present)) {
        return add_change(work, WORKSPACE_ANCHOR_NAME, SERVICE_SOURCE_MISSING);
    }
    if (find_anchor(work, &recorded)) {
        return base_hash_equal(recorded, present) || add_change(work, WORKSPACE_ANCHOR_NAME, SERVICE_SOURCE_MODIFIED);
    }
    bool modified = !shown->valid || strcmp(shown->name, shown->build.name) != 0 || !same_inputs(work);
    return add_change(work, WORKSPACE_ANCHOR_NAME, modified ? SERVICE_SOURCE_MODIFIED : SERVICE_SOURCE_UNKNOWN);
}

/* ---- All ---- */

static bool compare_root(struct work *work)
{
    const struct service_recorded *recorded = &work->comparison->set->recorded;
    struct json_token token = json_object_member(recorded->text, recorded->asset, "asset_root");
    if (token.kind != JSON_STRING || json_token_is(recorded->text, token, work->comparison->record->root)) {
        return true;
    }
    char *root = json_token_string(recorded->text, token);
    bool fine = root != NULL && add_change(work, root, SERVICE_SOURCE_MOVED);
    free(root);
    return fine;
}

static bool compare(struct work *work)
{
    struct service_shown_build *build = &work->shown->build;
    if (!read_recorded(work) || !take_present(work)) {
        return false;
    }
    build->sources = SERVICE_SOURCES_SAME;
    build->changes = calloc(work->recorded.count + work->present.count + 2, sizeof *build->changes);
    return build->changes != NULL && compare_root(work) && compare_anchor(work) &&
           (work->shown->valid ? compare_lists(work) : compare_files(work));
}

bool service_show_sources(struct service_shown *shown, const struct service_show_comparison *comparison,
                          struct base_findings *findings)
{
    struct work work = {.comparison = comparison, .shown = shown, .findings = findings, .root_fd = -1};
    int problem = base_directory_open_below(&work.root_fd, comparison->workspace->assets_fd, comparison->record->root);
    if (problem != 0 && !service_is_absent(problem)) {
        report_problem(&work, NULL, problem);
    }
    bool fine = compare(&work);
    if (work.root_fd >= 0) {
        (void)close(work.root_fd);
    }
    free_sources(&work.recorded);
    free_sources(&work.present);
    return fine;
}
