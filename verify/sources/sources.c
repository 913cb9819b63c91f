#include "verify/sources/sources.h"

#include "base/directory.h"
#include "base/parallel.h"
#include "base/path.h"
#include "base/workers.h"
#include "verify/core/findings.h"
#include "verify/sources/asset.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Several workers compare the assets. Each asset gets a sink of its own: its findings and its reasons for what was not
 * checked are joined in table order, so they do not depend on which worker was first; its counts are added at once.
 * Subject and facts are only read. */

/* ---- One asset ---- */

/* A reason for something that was not checked, and the first asset that has it. */
struct reason {
    const char *text; /* static */
    size_t index;
    size_t place; /* among the reasons of that asset */
};

/* What the workers share. */
struct comparison {
    const struct verify_subject *subject;
    const struct verify_facts *facts;
    int assets_fd;
    const char *assets_path;
    pthread_mutex_t lock; /* of everything below */
    struct verify_checked *checked;
    struct reason reasons[VERIFY_NOT_CHECKED_MAX];
    size_t reason_count;
};

/* Compares the asset with this index; the sink is its own. */
static void compare_one(const struct comparison *comparison, size_t index, struct verify_sink *sink)
{
    const struct verify_facts *facts = comparison->facts;
    const struct verify_record *record = facts->record;
    struct json_token element = {
        .kind = JSON_OBJECT_BEGIN, .begin = record->assets[index].at, .end = record->text.size};
    char *root = json_token_string(record->text, json_object_member(record->text, element, "asset_root"));
    char *path = root != NULL ? base_path_join(comparison->assets_path, root) : NULL;
    struct verify_source_asset asset = {.subject = comparison->subject,
                                        .facts = facts,
                                        .sink = sink,
                                        .known = &facts->entries[index],
                                        .index = index,
                                        .root_fd = -1,
                                        .root_path = path};
    if (path == NULL) {
        base_report_out_of_memory(&sink->findings, comparison->assets_path);
    } else {
        int problem = base_directory_open_below(&asset.root_fd, comparison->assets_fd, root);
        if (problem != 0) {
            verify_report_source_problem(&asset, path, problem);
        } else {
            verify_compare_asset(&asset, json_object_member(record->text, element, "inputs"));
            (void)close(asset.root_fd);
        }
    }
    free(path);
    free(root);
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
}

static void compare_all(const struct verify_subject *subject, const struct verify_facts *facts,
                        struct verify_sink *sink, int assets_fd, const char *assets_path)
{
    size_t recorded = facts->record->asset_count;
    size_t count = facts->entry_count < recorded ? facts->entry_count : recorded;
    struct comparison comparison = {
        .subject = subject,
        .facts = facts,
        .assets_fd = assets_fd,
        .assets_path = assets_path,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .checked = &sink->checked,
    };
    base_parallel_each(subject->options->task, base_workers_count(subject->options->jobs, VERIFY_WORKERS_MAX), count,
                       compare_indexed, &comparison, &sink->findings);
    qsort(comparison.reasons, comparison.reason_count, sizeof *comparison.reasons, compare_reasons);
    for (size_t r = 0; r < comparison.reason_count; r++) {
        verify_report_not_checked(sink, comparison.reasons[r].text);
    }
}

/* The directory as findings name it: "assets" when the project is the current directory. */
static char *assets_path_of(const char *project)
{
    return base_path_join(strcmp(project, ".") == 0 ? NULL : project, "assets");
}

void verify_check_sources(const struct verify_subject *subject, const struct verify_facts *facts,
                          struct verify_sink *sink)
{
    const char *project = subject->options->sources;
    if (project == NULL) {
        verify_report_not_checked(sink, "sources: not asked for");
        return;
    }
    if (facts->record == NULL || !facts->header_is_usable) {
        verify_report_not_checked(sink, "sources: no usable header and asset_table_metadata.json");
        return;
    }
    char *opened = base_path_join(project, "assets");
    char *shown = assets_path_of(project);
    int fd = -1;
    int problem = opened == NULL || shown == NULL
                      ? ENOMEM
                      : base_directory_open(&fd, base_task_directory(subject->options->task), opened);
    if (problem != 0) {
        verify_report_read_failure(&sink->findings, shown, 0, problem);
    } else {
        compare_all(subject, facts, sink, fd, shown);
        (void)close(fd);
    }
    free(opened);
    free(shown);
}
