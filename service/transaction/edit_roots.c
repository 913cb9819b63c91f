#include "service/transaction/edit_roots.h"

#include "base/file.h"
#include "service/transaction/names.h"
#include "workspace/document/document.h"
#include "workspace/registry/registry.h"

#include <errno.h>
#include <stdlib.h>

/* Returns 0, ENOENT, EBADMSG or another errno value. */
static int read_registry(struct workspace_registry *registry, int registry_fd, const char *name)
{
    struct base_file file;
    struct base_findings findings;
    uint8_t *data = NULL;
    size_t size = 0;
    int problem = base_file_open_below(&file, registry_fd, name);
    if (problem == 0) {
        problem = base_file_read_all(&file, workspace_document_registry.limit, &data, &size);
        base_file_close(&file);
    }
    if (problem != 0) {
        return problem >= BASE_FILE_NOT_REGULAR ? EBADMSG : problem;
    }
    base_findings_init(&findings);
    if (!workspace_registry_parse(base_bytes_make(data, size), NULL, &BASE_NOWHERE, registry, &findings)) {
        problem = findings.out_of_memory ? ENOMEM : EBADMSG;
    }
    base_findings_free(&findings);
    free(data);
    return problem;
}

int service_edit_roots_read(struct service_edit_roots *roots, int registry_fd)
{
    *roots = (struct service_edit_roots){.staged = {.records = NULL}};
    int problem = read_registry(&roots->staged, registry_fd, SERVICE_REGISTRY_STAGE_NAME);
    if (problem == ENOENT) {
        problem = read_registry(&roots->staged, registry_fd, WORKSPACE_REGISTRY_NAME);
        return problem == ENOENT ? EBADMSG : problem;
    }
    if (problem == 0) {
        problem = read_registry(&roots->old, registry_fd, WORKSPACE_REGISTRY_NAME);
        problem = problem == ENOENT || problem == EBADMSG ? 0 : problem;
    }
    return problem;
}

void service_edit_roots_free(struct service_edit_roots *roots)
{
    workspace_registry_free(&roots->staged);
    workspace_registry_free(&roots->old);
}

static int by_id(const void *key, const void *element)
{
    int32_t id = *(const int32_t *)key;
    const struct workspace_record *record = element;
    return (id > record->asset_id) - (id < record->asset_id);
}

static const char *root_in(const struct workspace_registry *registry, int32_t asset_id)
{
    if (registry->count == 0) {
        return NULL;
    }
    const struct workspace_record *record =
        bsearch(&asset_id, registry->records, registry->count, sizeof *registry->records, by_id);
    return record != NULL ? record->root : NULL;
}

const char *service_edit_root(const struct service_edit_roots *roots, int32_t asset_id)
{
    const char *root = root_in(&roots->staged, asset_id);
    return root != NULL ? root : root_in(&roots->old, asset_id);
}

bool service_edit_root_leaves(const struct service_edit_roots *roots, int32_t asset_id)
{
    return root_in(&roots->staged, asset_id) == NULL && root_in(&roots->old, asset_id) != NULL;
}
