#include "workspace/edit/adopting_check.h"

#include <stdlib.h>
#include <string.h>

/* ---- Copies ---- */

/* Refuses all roots that have one uuid; `first` is the first of them. */
static void refuse_twins(struct workspace_adopting_all *work, size_t first)
{
    struct base_names paths = BASE_NAMES_EMPTY;
    size_t i = first;
    do {
        bool taken = base_names_take(&paths, strdup(work->roots[i].add.root_display));
        work->findings->out_of_memory = !taken || work->findings->out_of_memory;
        i = work->roots[i].next;
    } while (i != 0);
    i = first;
    do {
        workspace_refuse_twice(&work->refusals, &work->roots[i].add, &work->roots[i].identity, &paths);
        work->roots[i].refused = true;
        i = work->roots[i].next;
    } while (i != 0);
    base_names_free(&paths);
}

void workspace_adopting_check_copies(struct workspace_adopting_all *work)
{
    for (size_t i = 0; !work->as_copy && i < work->count && workspace_adopting_goes_on(work); i++) {
        struct workspace_adopting *root = &work->roots[i];
        if (root->as != WORKSPACE_ADOPTED_COPY || root->refused) {
            continue;
        }
        if (work->roots[root->first].as == WORKSPACE_ADOPTED_COPY) {
            workspace_refuse_copy(&work->refusals, &root->add, &root->identity, root->record);
            root->refused = true;
        } else {
            refuse_twins(work, root->first);
        }
    }
}

/* ---- Where they are ---- */

static bool takes_root(enum workspace_adopted_as as)
{
    return as == WORKSPACE_ADOPTED_MOVED || as == WORKSPACE_ADOPTED_COPY || as == WORKSPACE_ADOPTED_NEW;
}

/* Whether a root is free when all others of the request are where they are to be. */
static bool check_place(struct workspace_adopting_all *work, struct workspace_roots *roots,
                        const struct workspace_adopting *root)
{
    const struct workspace_record *record = root->as == WORKSPACE_ADOPTED_MOVED ? root->record : NULL;
    int32_t other = 0;
    enum workspace_root_relation relation = workspace_roots_find(roots, root->add.root, &other);
    switch (relation) {
    case WORKSPACE_ROOT_SAME:
        workspace_refuse_taken(&work->refusals, &root->add, workspace_registry_find(&work->workspace->registry, other),
                               record);
        return true;
    case WORKSPACE_ROOT_INSIDE:
    case WORKSPACE_ROOT_AROUND:
        workspace_refuse_nested(&work->refusals, &root->add, relation == WORKSPACE_ROOT_INSIDE,
                                workspace_registry_find(&work->workspace->registry, other));
        return true;
    case WORKSPACE_ROOT_FREE:
        break;
    }
    return workspace_roots_add(roots, root->add.root, record != NULL ? record->asset_id : 0);
}

/* The records that keep their roots. */
static bool take_others(const struct workspace_adopting_all *work, const bool *moves, struct workspace_roots *roots)
{
    const struct workspace_registry *registry = &work->workspace->registry;
    bool fine = true;
    for (size_t i = 0; fine && i < registry->count; i++) {
        fine = moves[i] || workspace_roots_add(roots, registry->records[i].root, registry->records[i].asset_id);
    }
    return fine;
}

bool workspace_adopting_check_places(struct workspace_adopting_all *work)
{
    const struct workspace_registry *registry = &work->workspace->registry;
    struct workspace_roots roots = WORKSPACE_ROOTS_EMPTY;
    bool *moves = calloc(registry->count + 1, sizeof *moves);
    for (size_t i = 0; moves != NULL && i < work->count; i++) {
        if (work->roots[i].as == WORKSPACE_ADOPTED_MOVED) {
            moves[work->roots[i].record - registry->records] = true;
        }
    }
    bool fine = moves != NULL && take_others(work, moves, &roots);
    for (size_t i = 0; fine && i < work->count; i++) {
        fine = !takes_root(work->roots[i].as) || check_place(work, &roots, &work->roots[i]);
    }
    free(moves);
    workspace_roots_free(&roots);
    return fine ? true : workspace_adopting_no_memory(work);
}
