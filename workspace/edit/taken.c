#include "workspace/edit/taken.h"

#include <string.h>

static bool add(struct base_index *index, const char *string, int32_t asset_id)
{
    return base_index_add(index, base_bytes_of_string(string), asset_id);
}

static int32_t find(const struct base_index *index, struct base_bytes string)
{
    int64_t number;
    return base_index_find(index, string, &number) ? (int32_t)number : 0;
}

bool workspace_taken_begin(struct workspace_taken *taken, const struct workspace_registry *registry)
{
    *taken = (struct workspace_taken){.roots = WORKSPACE_ROOTS_EMPTY};
    bool fine = true;
    for (size_t i = 0; fine && i < registry->count; i++) {
        const struct workspace_record *record = &registry->records[i];
        fine = workspace_roots_add(&taken->roots, record->root, record->asset_id) &&
               add(&taken->uuids, record->asset_uuid, record->asset_id);
    }
    return fine;
}

void workspace_taken_free(struct workspace_taken *taken)
{
    workspace_roots_free(&taken->roots);
    base_index_free(&taken->uuids);
    base_index_free(&taken->names);
}

bool workspace_taken_add(struct workspace_taken *taken, int32_t asset_id, const char *root, const char *uuid,
                         const char *name)
{
    return workspace_roots_add(&taken->roots, root, asset_id) && add(&taken->uuids, uuid, asset_id) &&
           add(&taken->names, name, asset_id);
}

int32_t workspace_taken_uuid(const struct workspace_taken *taken, const char *uuid)
{
    return find(&taken->uuids, base_bytes_of_string(uuid));
}

/* What else is wrong with the declaration of a record is not asked here. False when memory ran out. */
static bool read_name(struct workspace_taken *taken, const struct workspace *workspace,
                      const struct workspace_record *record)
{
    struct workspace_declaration declaration;
    struct base_findings ignored;
    base_findings_init(&ignored);
    bool loaded = workspace_load_record(workspace, record, &declaration, &ignored);
    bool fine = !ignored.out_of_memory && (!loaded || add(&taken->names, declaration.name, record->asset_id));
    workspace_declaration_free(&declaration);
    base_findings_free(&ignored);
    return fine;
}

bool workspace_taken_name(struct workspace_taken *taken, const struct workspace *workspace, const char *name,
                          int32_t *asset_id)
{
    const struct workspace_registry *registry = &workspace->registry;
    bool fine = true;
    for (size_t i = 0; fine && !taken->names_read && i < registry->count; i++) {
        if (registry->records[i].included_in_build) {
            fine = read_name(taken, workspace, &registry->records[i]);
        }
    }
    taken->names_read = fine;
    *asset_id = find(&taken->names, base_bytes_of_string(name));
    return fine;
}
