#include "workspace/moved.h"

#include "base/text.h"
#include "workspace/path.h"

#include <string.h>

bool workspace_moved_make(struct workspace_moved *moved, const struct workspace *workspace)
{
    const struct workspace_registry *registry = &workspace->registry;
    bool fine = true;
    *moved = (struct workspace_moved){.workspace = workspace};
    for (size_t i = 0; fine && i < registry->count; i++) {
        const struct workspace_record *record = &registry->records[i];
        fine = base_index_add(&moved->roots, base_bytes_of_string(record->root), (int64_t)i) &&
               base_index_add(&moved->uuids, base_bytes_of_string(record->asset_uuid), (int64_t)i);
    }
    return fine && workspace_whereabouts_make(&moved->whereabouts, workspace);
}

void workspace_moved_free(struct workspace_moved *moved)
{
    workspace_whereabouts_free(&moved->whereabouts);
    base_index_free(&moved->roots);
    base_index_free(&moved->uuids);
}

static const struct workspace_record *find(const struct workspace_moved *moved, const struct base_index *index,
                                           const char *string)
{
    int64_t position;
    bool found = base_index_find(index, base_bytes_of_string(string), &position);
    return found ? &moved->workspace->registry.records[position] : NULL;
}

const struct workspace_record *workspace_moved_by_root(const struct workspace_moved *moved, const char *root)
{
    return find(moved, &moved->roots, root);
}

const struct workspace_record *workspace_moved_by_uuid(const struct workspace_moved *moved, const char *uuid)
{
    return find(moved, &moved->uuids, uuid);
}

enum workspace_chain_end workspace_moved_chain(const struct workspace_moved *moved,
                                               const struct workspace_record *record, const char *place,
                                               struct base_names *paths, const struct workspace_record **stuck,
                                               bool *out_of_memory)
{
    *stuck = NULL;
    /* A place has one uuid and a root has one record, so the chain can only come back to where it began. */
    for (;;) {
        size_t count;
        char *path = workspace_assets_path(moved->workspace->assets_path, place, NULL);
        *out_of_memory = !base_names_take(paths, path) || *out_of_memory;
        const struct workspace_record *next = workspace_moved_by_root(moved, place);
        if (next == NULL || next == record) {
            return WORKSPACE_CHAIN_COMPLETE;
        }
        const struct workspace_sighting *places =
            workspace_whereabouts_of(&moved->whereabouts, next->asset_uuid, &count);
        if (count != 1) {
            *stuck = next;
            return count == 0 ? WORKSPACE_CHAIN_GONE : WORKSPACE_CHAIN_SEVERAL;
        }
        place = places->root;
    }
}

void workspace_moved_subject(const struct base_names *paths, struct base_text *subject)
{
    for (size_t i = 0; i < paths->count; i++) {
        if (strchr(paths->items[i], '\n') != NULL) {
            return;
        }
    }
    for (size_t i = 0; i < paths->count; i++) {
        base_text_add_string(subject, i > 0 ? "\n" : "");
        base_text_add_string(subject, paths->items[i]);
    }
}
