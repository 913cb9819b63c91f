/* merge-registry: docs/contracts/workspace.md, 8.13. */
#include "base/directory.h"
#include "base/file.h"
#include "base/report.h"
#include "service/service.h"
#include "service/step.h"
#include "service/transaction/atomic.h"
#include "workspace/document/document.h"
#include "workspace/document/problem.h"
#include "workspace/merge/merge.h"
#include "workspace/merge/print.h"
#include "workspace/merge/read_base.h"
#include "workspace/registry/registry.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One call. */
struct merging {
    struct base_task *task;
    const struct service_merge_request *request;
    struct service_merge_result *result;
    struct base_findings *findings;
    struct base_bytes ours; /* as it was read */
    mode_t mode;            /* its rights */
    struct workspace_merge merge;
    struct base_text text;
};

/* ---- The three files ---- */

static void report_reading(const struct merging *merging, const char *path, int problem)
{
    const struct base_place place = {.file = path};
    char expected[64];
    if (problem == BASE_FILE_TOO_LARGE) {
        (void)snprintf(expected, sizeof expected, "at most %" PRIu64 " bytes", workspace_document_registry.limit);
        base_report(merging->findings, DIAG_INPUT_TOO_LARGE,
                    &(struct base_details){.place = place, .expected = expected}, "the file is too large");
    } else {
        workspace_report_read_problem(merging->findings, &place, problem, DIAG_ENVIRONMENT_READ,
                                      "there is no such file");
    }
}

/* Reads a regular file. *data is for the caller to free; NULL after a failure. */
static bool read_file(const struct merging *merging, const char *path, uint8_t **data, struct base_bytes *bytes)
{
    struct base_file file;
    size_t size = 0;
    *data = NULL;
    int problem = base_file_open_at(&file, base_task_directory(merging->task), path);
    if (problem == 0) {
        problem = base_file_read_all(&file, workspace_document_registry.limit, data, &size);
        base_file_close(&file);
    }
    if (problem != 0) {
        report_reading(merging, path, problem);
    }
    *bytes = base_bytes_make(*data, size);
    return problem == 0;
}

/* The file that is replaced is no link: the file that a link leads to would not be the one that changes. */
static bool look_at_ours(struct merging *merging)
{
    struct stat status;
    int directory = base_task_directory(merging->task);
    int fd = directory == BASE_CURRENT_DIRECTORY ? AT_FDCWD : directory;
    int problem = fstatat(fd, merging->request->ours, &status, AT_SYMLINK_NOFOLLOW) == 0 ? 0 : errno;
    if (problem == 0 && !S_ISREG(status.st_mode)) {
        problem = BASE_FILE_NOT_REGULAR;
    }
    if (problem != 0) {
        report_reading(merging, merging->request->ours, problem);
        return false;
    }
    merging->mode = status.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO);
    return true;
}

/* ---- The result ---- */

static bool copy_side(const struct workspace_record *record, bool *in, int32_t *id, char **root)
{
    *in = record != NULL;
    if (record == NULL) {
        return true;
    }
    *id = record->asset_id;
    *root = strdup(record->root);
    return *root != NULL;
}

static bool add_asset(struct service_merged_assets *list, const struct workspace_merge_row *row)
{
    static const char *const conflicts[] = {
        [WORKSPACE_MERGE_MOVED] = "moved", [WORKSPACE_MERGE_REMOVED] = "removed", [WORKSPACE_MERGE_ROOT] = "root"};
    struct service_merged_asset *asset = &list->items[list->count++];
    asset->asset_id = row->merged.asset_id;
    (void)snprintf(asset->asset_uuid, sizeof asset->asset_uuid, "%s", row->asset_uuid);
    asset->root = strdup(row->merged.root);
    asset->conflict = conflicts[row->conflict];
    return asset->root != NULL &&
           copy_side(row->sides[WORKSPACE_MERGE_OURS], &asset->in_ours, &asset->ours_id, &asset->ours_root) &&
           copy_side(row->sides[WORKSPACE_MERGE_THEIRS], &asset->in_theirs, &asset->theirs_id, &asset->theirs_root);
}

static bool list_assets(const struct workspace_merge *merge, struct service_merge_result *result)
{
    result->renumbered.items = calloc(merge->kept_count + 1, sizeof *result->renumbered.items);
    result->conflicts.items = calloc(merge->conflicts + 1, sizeof *result->conflicts.items);
    bool fine = result->renumbered.items != NULL && result->conflicts.items != NULL;
    for (size_t i = 0; fine && i < merge->kept_count; i++) {
        const struct workspace_merge_row *row = merge->kept[i];
        fine = (row->conflict == WORKSPACE_MERGE_NO_CONFLICT || add_asset(&result->conflicts, row)) &&
               (!workspace_merge_is_renumbered(row) || add_asset(&result->renumbered, row));
    }
    result->asset_count = merge->kept_count;
    result->next_asset_id = merge->next_asset_id;
    return fine;
}

/* One step, unless ours has this content already. */
static bool list_plan(const struct merging *merging)
{
    struct service_planned *plan = &merging->result->plan;
    plan->files = calloc(1, sizeof *plan->files);
    if (plan->files == NULL || base_text_out_of_memory(&merging->text)) {
        return false;
    }
    if (!base_bytes_equal(base_text_bytes(&merging->text), merging->ours)) {
        plan->files[0] = (struct service_planned_file){
            .action = "write", .to = strdup(merging->request->ours), .reason = "it gets what both sides have"};
        plan->count = plan->files[0].to != NULL ? 1 : 0;
        return plan->count == 1;
    }
    return true;
}

static void free_assets(struct service_merged_assets *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].root);
        free(list->items[i].ours_root);
        free(list->items[i].theirs_root);
    }
    free(list->items);
    *list = (struct service_merged_assets){.items = NULL};
}

/* ---- Writing ---- */

static void report_writing(const struct merging *merging, int problem)
{
    const struct base_place place = {.file = merging->request->ours};
    base_report_write_failure(merging->findings, &place, "write the merged registry", problem);
}

static bool write_ours(const struct merging *merging)
{
    const char *path = merging->request->ours;
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    char *directory = slash != NULL ? strndup(path, (size_t)(name - path)) : strdup(".");
    int fd = -1;
    int problem = directory == NULL ? ENOMEM : base_directory_open(&fd, base_task_directory(merging->task), directory);
    if (problem == 0) {
        problem = service_rewrite_product(fd, name, base_text_bytes(&merging->text), merging->mode);
        (void)close(fd);
    }
    free(directory);
    if (problem != 0) {
        report_writing(merging, problem);
    }
    return problem == 0;
}

/* ---- All together ---- */

static bool merge(struct merging *merging, const struct workspace_merge_input *input)
{
    struct base_findings *findings = merging->findings;
    if (!workspace_merge_make(input, merging->task, &merging->merge, findings)) {
        return false;
    }
    workspace_merge_print(&merging->merge, &merging->text);
    if (merging->text.size > workspace_document_registry.limit) {
        report_writing(merging, EFBIG);
        return false;
    }
    if (!list_assets(&merging->merge, merging->result) || !list_plan(merging)) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    workspace_merge_report(&merging->merge, NULL, findings);
    return !findings->out_of_memory && !base_task_cancelled(merging->task) &&
           (merging->request->dry_run || merging->result->plan.count == 0 || write_ours(merging));
}

static bool parse(const struct merging *merging, const char *path, struct base_bytes text,
                  struct workspace_registry *registry)
{
    const struct base_place place = {.file = path};
    return workspace_registry_parse(text, merging->task, &place, registry, merging->findings);
}

/* Every fault of ours and theirs is reported. */
static bool parse_and_merge(struct merging *merging, struct base_bytes base_text, struct base_bytes theirs_text)
{
    struct workspace_registry base = {.records = NULL};
    struct workspace_registry ours;
    struct workspace_registry theirs;
    bool fine = parse(merging, merging->request->ours, merging->ours, &ours);
    fine = parse(merging, merging->request->theirs, theirs_text, &theirs) && fine;
    if (fine && workspace_merge_read_base(base_text, merging->task, &base, merging->findings)) {
        const struct workspace_merge_input input = {.base = &base, .sides = {&ours, &theirs}};
        fine = merge(merging, &input);
        workspace_merge_free(&merging->merge);
    } else {
        fine = false;
    }
    workspace_registry_free(&base);
    workspace_registry_free(&ours);
    workspace_registry_free(&theirs);
    return fine;
}

static bool run(struct merging *merging)
{
    uint8_t *base = NULL;
    uint8_t *ours = NULL;
    uint8_t *theirs = NULL;
    struct base_bytes base_text;
    struct base_bytes theirs_text;
    bool fine = look_at_ours(merging) && read_file(merging, merging->request->ours, &ours, &merging->ours);
    fine = read_file(merging, merging->request->theirs, &theirs, &theirs_text) && fine;
    fine = read_file(merging, merging->request->base, &base, &base_text) && fine;
    fine = fine && parse_and_merge(merging, base_text, theirs_text);
    free(base);
    free(ours);
    free(theirs);
    return fine;
}

enum service_status service_merge_registry(struct base_task *task, const struct service_merge_request *request,
                                           struct service_merge_result *result, struct base_findings *findings)
{
    struct base_findings step;
    base_findings_init(&step);
    *result = (struct service_merge_result){.file = request->ours, .dry_run = request->dry_run};
    struct merging merging = {.task = task, .request = request, .result = result, .findings = &step};
    result->merged = run(&merging);
    base_text_free(&merging.text);
    service_step_end_last(task, findings, &step, result->merged);
    if (!result->merged) {
        service_merge_result_free(result);
        service_report_cancelled(task, findings, "nothing was merged");
    }
    return service_status_of_findings(findings);
}

void service_merge_result_free(struct service_merge_result *result)
{
    free_assets(&result->renumbered);
    free_assets(&result->conflicts);
    if (result->plan.files != NULL) {
        free(result->plan.files[0].to);
    }
    free(result->plan.files);
    result->plan = (struct service_planned){.files = NULL};
    result->merged = false;
    result->asset_count = 0;
    result->next_asset_id = 0;
}
