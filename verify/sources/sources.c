#include "verify/sources/sources.h"

#include "base/directory.h"
#include "base/parallel.h"
#include "base/path.h"
#include "base/workers.h"
#include "verify/core/findings.h"
#include "verify/sources/asset.h"
#include "verify/sources/assets.h"
#include "verify/sources/membership.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The registry gives the build set. Several workers compare its assets. Each asset gets a sink of its own: its findings
 * and its reasons for what was not checked are joined in rising asset_id, so they do not depend on which worker was
 * first; its counts are added at once. Subject and facts are only read. What holds between the assets is checked last.
 */

/* ---- One asset ---- */

/* A reason for something that was not checked, and the first asset that has it. */
struct reason {
    const char *text; /* static */
    size_t index;
    size_t place; /* among the reasons of that asset */
};

/* What the workers share. */
struct comparison {
    struct verify_build_set set;
    const struct verify_member *members;
    struct verify_summary *summaries; /* those of the set; a worker writes its own */
    int assets_fd;
    struct base_meter compared; /* assets */
    pthread_mutex_t lock;       /* of everything below */
    struct verify_checked *checked;
    struct reason reasons[VERIFY_NOT_CHECKED_MAX];
    size_t reason_count;
};

static void report_root(const struct verify_source_asset *asset, int problem)
{
    if (verify_is_not_there(problem)) {
        verify_report_source_value(
            asset, DIAG_ROOT_INVALID,
            &(struct base_details){.place.file = asset->root_path, .cause = DIAG_CAUSE_ROOT_GONE},
            "the asset root is not a directory below assets: %s", base_file_problem_text(problem));
    } else {
        verify_report_read_failure(&asset->sink->findings, asset->root_path, 0, problem);
    }
}

/* Lets the asset name its entry, if the pack has one. */
static void find_in_set(const struct comparison *comparison, size_t index, struct verify_source_asset *asset)
{
    const struct verify_facts *facts = comparison->set.facts;
    const struct verify_record *record = facts->record;
    const struct verify_member *member = &comparison->members[index];
    if (member->entry == VERIFY_NO_ENTRY || member->entry >= record->asset_count) {
        return;
    }
    asset->known = &facts->entries[member->entry];
    asset->index = member->entry;
    asset->entry = (struct json_token){.kind = JSON_OBJECT_BEGIN, .begin = member->entry_at, .end = facts->header.size};
    asset->recorded = (struct json_token){
        .kind = JSON_OBJECT_BEGIN, .begin = record->assets[member->entry].at, .end = record->text.size};
}

/* Compares the asset with this index; the sink is its own. */
static void compare_one(const struct comparison *comparison, size_t index, struct verify_sink *sink)
{
    const struct verify_record_of_registry *record = &comparison->set.registry->records[index];
    char *path = base_path_join(comparison->set.assets_path, record->root);
    struct verify_source_asset asset = {.subject = comparison->set.subject,
                                        .facts = comparison->set.facts,
                                        .sink = sink,
                                        .record = record,
                                        .root_fd = -1,
                                        .root_path = path};
    if (path == NULL) {
        base_report_out_of_memory(&sink->findings, comparison->set.assets_path);
        return;
    }
    find_in_set(comparison, index, &asset);
    int problem = base_directory_open_below(&asset.root_fd, comparison->assets_fd, record->root);
    if (problem != 0) {
        report_root(&asset, problem);
    } else {
        verify_compare_asset(&asset, &comparison->summaries[index]);
        (void)close(asset.root_fd);
    }
    free(path);
}

/* ---- All assets, by several workers ---- */

static void keep_reason(struct comparison *comparison, struct reason found)
{
    size_t i = 0;
    while (i < comparison->reason_count && strcmp(comparison->reasons[i].text, found.text) != 0) {
        i++;
    }
    if (i == comparison->reason_count && i < VERIFY_NOT_CHECKED_MAX) {
        comparison->reasons[comparison->reason_count++] = found;
    } else if (i < comparison->reason_count && found.index < comparison->reasons[i].index) {
        comparison->reasons[i] = found;
    }
}

static int compare_reasons(const void *left, const void *right)
{
    const struct reason *a = left;
    const struct reason *b = right;
    if (a->index != b->index) {
        return a->index < b->index ? -1 : 1;
    }
    return (a->place > b->place) - (a->place < b->place);
}

static void compare_indexed(void *context, size_t index, struct base_findings *findings)
{
    struct comparison *comparison = context;
    struct verify_sink own;
    verify_sink_init(&own);
    compare_one(comparison, index, &own);
    base_findings_move(findings, &own.findings);
    (void)pthread_mutex_lock(&comparison->lock);
    verify_checked_add(comparison->checked, &own.checked);
    for (size_t i = 0; i < own.not_checked_count; i++) {
        keep_reason(comparison, (struct reason){.text = own.not_checked[i], .index = index, .place = i});
    }
    (void)pthread_mutex_unlock(&comparison->lock);
    verify_sink_free(&own);
    base_meter_add(&comparison->compared, 1);
}

static void compare_each(struct comparison *comparison, struct verify_sink *sink)
{
    const struct verify_options *options = comparison->set.subject->options;
    base_meter_begin(&comparison->compared, options->task, BASE_PHASE_COMPARING, BASE_UNIT_ASSETS,
                     comparison->set.registry->count);
    base_parallel_each(options->task, base_workers_count(options->jobs, VERIFY_WORKERS_MAX),
                       comparison->set.registry->count, compare_indexed, comparison, &sink->findings);
    base_meter_end(&comparison->compared);
    qsort(comparison->reasons, comparison->reason_count, sizeof *comparison->reasons, compare_reasons);
    for (size_t r = 0; r < comparison->reason_count; r++) {
        verify_report_not_checked(sink, comparison->reasons[r].text);
    }
    verify_check_between(&comparison->set, sink);
}

/* The build set against the pack. */
static void compare_all(struct comparison *comparison, struct verify_sink *sink)
{
    size_t count = comparison->set.registry->count;
    struct verify_member *members =
        verify_check_membership(comparison->set.subject, comparison->set.facts, comparison->set.registry, sink);
    comparison->summaries = calloc(count + 1, sizeof *comparison->summaries);
    comparison->set.summaries = comparison->summaries;
    comparison->members = members;
    if (comparison->summaries == NULL) {
        base_report_out_of_memory(&sink->findings, comparison->set.assets_path);
    } else if (members != NULL) {
        compare_each(comparison, sink);
    }
    for (size_t i = 0; comparison->summaries != NULL && i < count; i++) {
        free(comparison->summaries[i].name);
    }
    free(comparison->summaries);
    free(members);
}

static void compare_with_registry(const struct verify_subject *subject, const struct verify_facts *facts,
                                  struct verify_sink *sink, int assets_fd, const char *assets_path)
{
    struct verify_registry registry;
    uint64_t bytes = 0;
    struct comparison comparison = {
        .set = {.subject = subject, .facts = facts, .registry = &registry, .assets_path = assets_path},
        .assets_fd = assets_fd,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .checked = &sink->checked,
    };
    if (verify_registry_read(&registry, assets_fd, assets_path, subject->options->task, &sink->findings, &bytes)) {
        compare_all(&comparison, sink);
    } else {
        verify_report_not_checked(sink, "sources: the registry cannot be used");
    }
    sink->checked.bytes += bytes;
    verify_registry_free(&registry);
}

/* A project without a directory `assets` has no registry either. */
static void report_no_assets(struct verify_sink *sink, const char *assets_path, int problem)
{
    char *registry = base_path_join(assets_path, ".prometeu/index.json");
    const struct base_details details = {.place = {.file = registry}};
    const struct base_details outside = {
        .place = {.file = assets_path, .request_field = VERIFY_FIELD_ASSETS},
        .expected = "a directory of the project",
    };
    if (problem == BASE_FILE_OUTSIDE_ROOT) {
        base_report(&sink->findings, DIAG_PATH_OUTSIDE, &outside,
                    "the path is a link that is absolute or leads out of the project");
        verify_report_not_checked(sink, "sources: assets/ leads out of the project");
    } else if (problem == ENOENT || problem == ENOTDIR) {
        base_report(&sink->findings, DIAG_WORKSPACE_MISSING, &details, "there is no registry");
        verify_report_not_checked(sink, "sources: there is no registry");
    } else {
        verify_report_read_failure(&sink->findings, assets_path, 0, problem);
    }
    free(registry);
}

void verify_check_sources(const struct verify_subject *subject, const struct verify_facts *facts,
                          struct verify_sink *sink)
{
    if (subject->options->sources == NULL) {
        verify_report_not_checked(
            sink, "sources, and what the companions record of registry, declarations and inputs: not asked for");
        return;
    }
    sink->compared = true;
    if (facts->record == NULL || !facts->header_is_usable) {
        verify_report_not_checked(sink, "sources: no usable header and asset_table_metadata.json");
        return;
    }
    char *path = verify_assets_path(subject->options);
    int fd = -1;
    int problem = path != NULL ? verify_assets_open(subject->options, path, &fd) : ENOMEM;
    if (problem != 0) {
        report_no_assets(sink, path != NULL ? path : subject->options->sources, problem);
    } else {
        compare_with_registry(subject, facts, sink, fd, path);
        (void)close(fd);
    }
    free(path);
}
