#include "service/doctor/files.h"

#include "base/index.h"
#include "base/report.h"
#include "workspace/path.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Roots of the registry: with the index of their asset in the subject, or -1 when its declaration was not accepted. */
static bool index_roots(const struct service_doctor_subject *subject, struct base_index *roots)
{
    const struct workspace_registry *registry = &subject->workspace->registry;
    bool fine = true;
    for (size_t i = 0; fine && i < subject->count; i++) {
        fine = base_index_add(roots, base_bytes_of_string(subject->assets[i]->record->root), (int64_t)i);
    }
    for (size_t i = 0; fine && i < registry->count; i++) {
        fine = base_index_add(roots, base_bytes_of_string(registry->records[i].root), -1);
    }
    return fine;
}

/* Whether a path lies in a root; *asset is then as above. */
static bool find_root(const struct base_index *roots, const char *path, int64_t *asset)
{
    for (const char *end = strchr(path, '/'); end != NULL; end = strchr(end + 1, '/')) {
        if (base_index_find(roots, base_bytes_make((const uint8_t *)path, (size_t)(end - path)), asset)) {
            return true;
        }
    }
    return false;
}

static void report(const struct service_doctor_subject *subject, const struct workspace_large *large, int64_t asset)
{
    char *file = workspace_assets_path(subject->workspace->assets_path, large->path, NULL);
    const struct base_details details = {
        .place = {.file = file,
                  .has_asset_id = asset >= 0,
                  .asset_id = asset >= 0 ? subject->assets[asset]->record->asset_id : 0},
        .severity = BASE_WARNING,
    };
    subject->findings->out_of_memory = subject->findings->out_of_memory || file == NULL;
    base_report(subject->findings, DIAG_FILE_UNUSED, &details, "no asset.json names this file of %" PRIu64 " bytes",
                large->size);
    free(file);
}

void service_doctor_files(const struct service_doctor_inputs *inputs)
{
    const struct service_doctor_subject *subject = inputs->subject;
    const struct workspace *workspace = subject->workspace;
    struct base_index roots = BASE_INDEX_EMPTY;
    if (!index_roots(subject, &roots)) {
        subject->findings->out_of_memory = true;
    }
    for (size_t i = 0; i < workspace->large_count && !base_task_cancelled_in(subject->task, i); i++) {
        const struct workspace_large *large = &workspace->large[i];
        int64_t asset = -1;
        bool in_root = find_root(&roots, large->path, &asset);
        if ((!in_root || asset >= 0) && !service_doctor_inputs_have(inputs, large->device, large->inode)) {
            report(subject, large, asset);
        }
    }
    base_index_free(&roots);
}
